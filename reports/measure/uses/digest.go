package uses

import (
	"cmp"
	"slices"

	"tribu/data"
	"tribu/reports/measure"
)

// A Function is a part of a house that a need is work for.
type Function string

// The functions.
const (
	CRM         Function = "crm"      // turned to a maker by name: somebody waits for an answer
	Development Function = "rd"       // wishes
	Sales       Function = "sales"    // asks what to take
	Relations   Function = "pr"       // complaints and praise
	Promotion   Function = "market"   // passion and belonging
	Help        Function = "support"  // problems and how-to
	Research    Function = "research" // tips: what people found out by themselves
)

// Functions are all functions, in the order in which a report tells them.
func Functions() []Function {
	return []Function{CRM, Help, Development, Sales, Relations, Promotion, Research}
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
	Needs  []*data.NeedRow // of the reading, one per author, the surest first
}

// Digests routes what people need in the window: each need as a whole to one function, that of most
// of the people who voice it; what has no name by itself. Functions without needs are left out.
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
		key, _ := n.Subject()
		f := Route(n.Type, turned[n.ID])
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
		f := Route(n.Type, turned[n.ID])
		if key, _ := n.Subject(); key != "" && f != CRM {
			f = primary(voices[key])
		}
		by[f] = append(by[f], n)
	}
	var out []Digest
	for _, f := range Functions() {
		if len(by[f]) > 0 {
			out = append(out, digest(f, by[f]))
		}
	}
	return out
}

// primary returns the function of most people; who turned to a maker is cared for apart.
func primary(voices map[Function]map[data.AuthorID]bool) Function {
	best := Help
	for _, f := range Functions() {
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
		t := by[key]
		if t == nil {
			t = &Topic{Key: key, Called: called}
			by[key], seen[key] = t, make(map[data.AuthorID]int)
			keys = append(keys, key)
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
