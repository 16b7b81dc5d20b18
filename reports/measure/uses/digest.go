package uses

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/measure"
)

// A Function is a part of a house that a need is work for.
type Function string

// The functions.
const (
	CRM         Function = "crm"       // turned to a maker by name: somebody waits for an answer
	Development Function = "rd"        // wishes
	Sales       Function = "sales"     // asks what to take, or for better terms of a sale
	Relations   Function = "pr"        // complaints and praise
	Promotion   Function = "market"    // passion and belonging
	Help        Function = "support"   // problems and how-to
	Research    Function = "research"  // tips: what people found out by themselves
	Community   Function = "community" // somebody is looked for: people help each other, and whoever cares for them brings them together
)

// functions are all functions, in the order in which a report tells them.
func functions() []Function {
	return []Function{CRM, Help, Development, Sales, Relations, Promotion, Research, Community}
}

// waiting returns the posts that ask a maker, and after which no maker wrote in their conversation.
func waiting(r *measure.Reading) map[data.PostID]bool {
	out := turnedToMakers(r)
	for id := range out {
		p, known := r.Post(id)
		if !known || !r.Remark(p).Acts.Has(data.Asking|data.Pleading) ||
			slices.ContainsFunc(r.Thread(p.Thread), func(x data.PostMeta) bool { return r.Makers[x.Author] && x.CreatedAt.After(p.CreatedAt) }) {
			delete(out, id)
		}
	}
	return out
}

// communal reports whether a need is for somebody, for a place or for somebody's answer: what other people can be or show.
func communal(n *data.NeedRow) bool {
	called := strings.Fields(strings.ToLower(n.Called))
	for len(called) > 1 && article(called[0]) {
		called = called[1:]
	}
	if len(called) > 0 && (somebody(called[0]) || called[0] == "somewhere" || reply(called[0]) && !fromOffice(called)) || n.Type == data.Wish && n.Concept == "jobs" {
		return true
	}
	_, cue, _ := strings.Cut(strings.TrimPrefix(n.Rule, string(n.Need.Lang)+"/"), "/")
	return n.Type == data.Recommendation && slices.ContainsFunc(slices.Concat(called, strings.Fields(strings.ToLower(cue))), somebody)
}

func article(word string) bool { return slices.Contains([]string{"a", "an", "un", "una"}, word) }

func reply(word string) bool { return word == "answer" || word == "risposta" }

// fromOffice reports whether what a need is called says of whom an answer is wanted, and that not of anybody: an answer from the council.
func fromOffice(called []string) bool {
	i := slices.IndexFunc(called, func(w string) bool {
		return slices.Contains([]string{"from", "da", "dal", "dallo", "dalla", "dai", "dagli", "dalle"}, w) || strings.HasPrefix(w, "dall'")
	})
	return i >= 0 && !slices.ContainsFunc(called[i+1:], anybody)
}

func anybody(word string) bool { return somebody(word) || word == "anyone" || word == "anybody" }

// answered reports whether a need is for the answer of some office.
func answered(n *data.NeedRow) bool {
	called := strings.Fields(strings.ToLower(n.Called))
	return slices.ContainsFunc(called, reply) && fromOffice(called)
}

// cheaper reports whether a need is for a lower price.
func cheaper(n *data.NeedRow) bool {
	return slices.ContainsFunc(n.Facets, func(f data.Facet) bool { return f.Name == "Money" }) || n.Increment != nil && n.Increment.Kind == "money"
}

func somebody(word string) bool {
	return slices.Contains([]string{"someone", "somebody", "qualcuno", "qualcuna"}, word)
}

// route returns the function of one post's need.
func route(n *data.NeedRow, toMaker bool) Function {
	if n.Lacks() && communal(n) {
		return Community
	}
	f := Route(n.Type, toMaker)
	switch {
	case f == Development && answered(n):
		return Help
	case f == Development && (trades(n.Concept) || cheaper(n)):
		return Sales
	case f == Relations && n.Type == data.Complaint && (n.Hypothetical || n.Acts.Has(data.Asking|data.Pleading)):
		return Help // who complains and asks in one post waits for help; what would be wrong is no complaint
	}
	return f
}

// trades reports whether a wish is for better terms of a sale and not for another product.
func trades(concept string) bool {
	switch concept {
	case "delivery", "orders", "refund", "price", "bills", "payment", "discount", "quote":
		return true
	}
	return false
}

// Route returns the one function a need is work for; toMaker says that its post waits for a maker.
func Route(t data.NeedType, toMaker bool) Function {
	if toMaker && t.Wanting() {
		return CRM
	}
	switch t {
	case data.Wish:
		return Development
	case data.Recommendation:
		return Sales
	case data.Complaint, data.Praise:
		return Relations
	case data.Passion, data.Belonging:
		return Promotion
	case data.Tip:
		return Research
	}
	return Help
}

// A Digest is what one function should read.
type Digest struct {
	Function Function
	Posts    int
	People   int
	Topics   []Topic // most people first
	Evidence measure.Evidence
}

// A Topic is one need of a digest.
type Topic struct {
	Key    string // data.Need.Subject
	Called string
	People int
	Newest time.Time       // when somebody last spoke of it
	Lacked bool            // people need it; else they give tips about it, praise it or are at home in it
	Needs  []*data.NeedRow // of the reading, one per author, the surest first
}

// Digests routes what people say in the window: each need as a whole to one function, that of most of
// the people who lack it; what has no name, and what nobody lacks, by itself. Functions without
// anything are left out.
func Digests(r *measure.Reading) []Digest {
	turned := waiting(r)
	rows := make([]*data.NeedRow, 0, len(r.Needs))
	voices := make(map[string]map[Function]map[data.AuthorID]bool)
	for i := range r.Needs {
		n := &r.Needs[i]
		if !r.Window.Contains(n.CreatedAt) || r.Makers[n.Author] {
			continue
		}
		rows = append(rows, n)
		if !n.Lacks() {
			continue
		}
		key, _ := n.Subject()
		f := route(n, turned[n.ID])
		if voices[key] == nil {
			voices[key] = make(map[Function]map[data.AuthorID]bool)
		}
		if voices[key][f] == nil {
			voices[key][f] = make(map[data.AuthorID]bool)
		}
		voices[key][f][n.Author] = true
	}
	by := make(map[Function][]*data.NeedRow)
	for _, n := range rows {
		f := route(n, turned[n.ID])
		if key, _ := n.Subject(); key != "" && f != CRM && n.Lacks() {
			f = primary(voices[key])
		}
		by[f] = append(by[f], n)
	}
	var out []Digest
	for _, f := range functions() {
		if len(by[f]) > 0 {
			out = append(out, digest(f, by[f]))
		}
	}
	return out
}

// primary returns the function of most people; who turned to a maker is cared for apart.
func primary(voices map[Function]map[data.AuthorID]bool) Function {
	best := Help
	for _, f := range functions() {
		if f != CRM && len(voices[f]) > len(voices[best]) {
			best = f
		}
	}
	return best
}

func digest(f Function, rows []*data.NeedRow) Digest {
	d := Digest{Function: f, Topics: topics(rows)}
	posts, people := make(map[data.PostID]bool), make(map[data.AuthorID]bool)
	for _, n := range rows {
		if !posts[n.ID] {
			posts[n.ID] = true
			d.Evidence = append(d.Evidence, n.ID)
		}
		people[n.Author] = true
	}
	d.Posts, d.People = len(posts), len(people)
	return d
}

// topics groups needs by what they are about; nameless ones stay out.
func topics(rows []*data.NeedRow) []Topic {
	by := make(map[string]*Topic)
	var keys []string
	seen := make(map[string]map[data.AuthorID]int)
	for _, n := range rows {
		key, called := n.Subject()
		if key == "" {
			continue
		}
		about := key
		if !n.Lacks() {
			key += "\x00"
		}
		t := by[key]
		if t == nil {
			t = &Topic{Key: about, Called: called, Lacked: n.Lacks()}
			by[key], seen[key] = t, make(map[data.AuthorID]int)
			keys = append(keys, key)
		}
		if n.CreatedAt.After(t.Newest) {
			t.Newest = n.CreatedAt
		}
		if at, ok := seen[key][n.Author]; !ok {
			seen[key][n.Author] = len(t.Needs)
			t.Needs = append(t.Needs, n)
		} else if n.Confidence > t.Needs[at].Confidence {
			t.Needs[at] = n
		}
	}
	out := make([]Topic, 0, len(keys))
	for _, key := range keys {
		t := by[key]
		t.People = len(t.Needs)
		slices.SortStableFunc(t.Needs, func(a, b *data.NeedRow) int { return cmp.Compare(b.Confidence, a.Confidence) })
		out = append(out, *t)
	}
	slices.SortStableFunc(out, func(a, b Topic) int { return cmp.Or(b.People-a.People, cmp.Compare(a.Key, b.Key)) })
	return out
}
