package lives

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tribu/data"
	"tribu/reports/measure"
)

// A Frame is somebody saying what a thing is for in their life.
type Frame struct {
	Post    data.PostMeta
	Object  string
	Purpose string
	Kind    string // for, when, through
	Text    string // the sentence
}

// A Role is one thing with everyone who says what it is for.
type Role struct {
	Object string
	People int
	Frames []Frame // one per person, by time
}

// A TribeRoles is what things are for in the lives of one tribe.
type TribeRoles struct {
	Tribe data.TribeID
	Roles []Role // most people first
}

// A pattern finds one kind of frame. Its groups are the object and the purpose.
type pattern struct {
	kind  string
	hints []string // one of them stands in every sentence it finds, from the start of a word, in letters of any case
	re    *regexp.Regexp
}

// longest is how many letters a sentence may have that is told.
const longest = 200

const thing = `([\p{L}'’-]+(?: [\p{L}'’-]+){0,2})`

// patterns are the frames heard in English and Italian.
func patterns() []pattern {
	const end = ` ([\p{L}][^.,;:!?()\n]{5,80})`
	return []pattern{
		{"for", []string{"use "}, regexp.MustCompile(`(?i)\b(?:i|we)(?: always| mostly| only| just| mainly| now| still)? use (?:the |my |our |a |an |some |this |these )?` + thing + ` (?:to|for)` + end)},
		{"when", []string{"use "}, regexp.MustCompile(`(?i)\b(?:i|we)(?: always| mostly| only| just| mainly| now| still)? use (?:the |my |our |a |an |some |this |these )?` + thing + ` (?:when|whenever|while|because)` + end)},
		{"through", []string{"thanks to "}, regexp.MustCompile(`(?i)\bthanks to (?:the |my |our |a |an |this |these )?` + thing + `,? (?:i|we) (?:can|could|managed to|am able to|no longer|finally)` + end)},
		{"through", []string{"lets me ", "helps me "}, regexp.MustCompile(`(?i)\b(?:the |my |our |a |an |this |these )` + thing + ` (?:lets me|helps me|helps me to)` + end)},
		{"for", []string{"uso ", "usiamo ", "utilizzo ", "adopero "}, regexp.MustCompile(`(?i)\b(?:uso|usiamo|utilizzo|adopero)(?: sempre| solo| anche)? (?:il |lo |la |i |gli |le |l['’]|un |uno |una |un['’])?` + thing + ` (?:per|come)` + end)},
		{"when", []string{"uso ", "usiamo ", "utilizzo ", "adopero "}, regexp.MustCompile(`(?i)\b(?:uso|usiamo|utilizzo|adopero)(?: sempre| solo| anche)? (?:il |lo |la |i |gli |le |l['’]|un |uno |una |un['’])?` + thing + ` (?:quando|mentre|perché)` + end)},
		{"through", []string{"grazie a"}, regexp.MustCompile(`(?i)\bgrazie (?:a |al |allo |alla |ai |agli |alle |all['’])` + thing + `,? (?:riesco|riusciamo|posso|possiamo|sono riuscit[oa]|siamo riusciti)(?: a)?` + end)},
		{"through", []string{"mi aiuta a "}, regexp.MustCompile(`(?i)\b(?:il |lo |la |i |gli |le |l['’]|un |una )` + thing + ` mi aiutan?o? a` + end)},
	}
}

// Roles returns what things are for in the lives of each tribe of r that says so, in the order of
// its tribes: the objects of frames by how many people name them, one frame a person.
func Roles(r *measure.Reading) []TribeRoles {
	by := make(map[data.TribeID][]Frame)
	find := newFinder()
	for _, p := range r.Posts {
		home := r.Home[p.Author]
		if home == "" || !r.Window.Contains(p.CreatedAt) || r.Makers[p.Author] {
			continue
		}
		if words, ok := r.Words[p.ID]; ok {
			by[home] = append(by[home], find.frames(p, words)...)
		}
	}
	var out []TribeRoles
	for _, t := range r.Tribes {
		if roles := rolesOf(by[t.ID]); len(roles) > 0 {
			out = append(out, TribeRoles{t.ID, roles})
		}
	}
	return out
}

// A finder finds the frames of texts.
type finder struct {
	patterns []pattern
	hints    []string // of all patterns, each once
}

func newFinder() finder {
	f := finder{patterns: patterns()}
	for _, p := range f.patterns {
		for _, h := range p.hints {
			if !slices.Contains(f.hints, h) {
				f.hints = append(f.hints, h)
			}
		}
	}
	return f
}

// frames finds the frames of one text, at most one of each pattern.
func (f finder) frames(p data.PostMeta, text string) (out []Frame) {
	var room [8]hinted
	at := f.look(room[:0], text)
	if len(at) == 0 {
		return nil
	}
	for _, by := range f.patterns {
		m := by.first(text, at)
		if m == nil {
			continue
		}
		object := strings.ToLower(text[m[2]:m[3]])
		if vague(object) {
			continue
		}
		said := sentenceAround(text, m[0], m[1])
		if utf8.RuneCountInString(said) > longest || strings.Contains(said, "?") {
			continue
		}
		out = append(out, Frame{Post: p, Object: object, Purpose: strings.TrimSpace(text[m[4]:m[5]]), Kind: by.kind, Text: said})
	}
	return out
}

// A hinted is a place of a text that starts with a hint.
type hinted struct {
	at   int
	hint string
}

// look adds the places of text that start with a hint to out, in order.
func (f finder) look(out []hinted, text string) []hinted {
	within := false
	for i := range len(text) {
		starts := !within
		within = wordByte(text[i])
		if !starts || !within {
			continue
		}
		for _, h := range f.hints {
			if text[i]|0x20 == h[0] && len(text)-i >= len(h) && strings.EqualFold(text[i:i+len(h)], h) {
				out = append(out, hinted{i, h})
			}
		}
	}
	return out
}

func wordByte(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '_'
}

// first returns where the groups of the first match in text stand; nil where there is none. No match
// reaches over the end of a sentence, so only those with a hint are looked through.
func (p pattern) first(text string, at []hinted) []int {
	done := 0
	for _, h := range at {
		if h.at < done || !slices.Contains(p.hints, h.hint) {
			continue
		}
		start := strings.LastIndexAny(text[:h.at], ends) + 1
		done = len(text)
		if i := strings.IndexAny(text[h.at:], ends); i >= 0 {
			done = h.at + i
		}
		if m := p.re.FindStringSubmatchIndex(text[start:done]); m != nil {
			for i := range m {
				m[i] += start
			}
			return m
		}
	}
	return nil
}

// ends are what ends a sentence.
const ends = ".!?\n"

// vague reports whether an object names nothing.
func vague(object string) bool {
	first, _, _ := strings.Cut(object, " ")
	switch first {
	case "it", "this", "that", "them", "these", "those", "something", "anything", "one", "what", "which", "to", "as", "primarily", "mainly", "exclusively", "both", "here", "only", "for", "lo", "la", "li", "le",
		"questo", "questa", "quello", "quella", "qualcosa", "ciò", "che", "te", "voi", "you", "everyone", "all", "tutti", "for all":
		return true
	}
	return utf8.RuneCountInString(object) < 3
}

// Own reports whether the sentence says that something is for a thing of its writer's own: a life, not
// a technique.
func (f Frame) Own() bool {
	before := ""
	for _, w := range strings.FieldsFunc(strings.ToLower(f.Text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch w {
		case "il", "la", "i", "gli", "le":
			continue
		case "my", "our", "mio", "mia", "miei", "mie", "nostro", "nostra", "nostri", "nostre":
			if before == "for" || before == "per" {
				return true
			}
		}
		before = w
	}
	return false
}

// sentenceAround returns the sentence in which text[from:to] stands.
func sentenceAround(text string, from, to int) string {
	start := strings.LastIndexAny(text[:from], ends) + 1
	end := len(text)
	if i := strings.IndexAny(text[to:], ends); i >= 0 {
		end = to + i + 1
	}
	return strings.TrimSpace(text[start:end])
}

func rolesOf(frames []Frame) []Role {
	by := make(map[string]*Role)
	var order []string
	said := make(map[data.AuthorID]map[string]bool)
	for _, f := range frames {
		if said[f.Post.Author][f.Object] {
			continue
		}
		if said[f.Post.Author] == nil {
			said[f.Post.Author] = make(map[string]bool)
		}
		said[f.Post.Author][f.Object] = true
		role := by[f.Object]
		if role == nil {
			role = &Role{Object: f.Object}
			by[f.Object] = role
			order = append(order, f.Object)
		}
		role.Frames = append(role.Frames, f)
		role.People++
	}
	out := make([]Role, 0, len(order))
	for _, o := range order {
		out = append(out, *by[o])
	}
	slices.SortStableFunc(out, func(a, b Role) int { return cmp.Or(b.People-a.People, cmp.Compare(a.Object, b.Object)) })
	return out
}
