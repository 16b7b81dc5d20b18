package reports

import (
	"cmp"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/lives"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/uses"
	"tribu/reports/measure/ways"
)

// A Scene is what surrounds the needs of a story: how each tribe goes about it, what its talk can be
// used for, who solves needs and how, and which part things play in people's lives.
type Scene struct {
	Profiles  []ways.Profile
	Cases     []uses.Cell
	Digests   []uses.Digest
	Beyond    *uses.Beyond // nil where the project names no scope
	Roles     []lives.TribeRoles
	Contexts  []lives.Context // of the needs that enough people voice, in their order
	Carried   map[data.AuthorID]Carried
	Crossings map[data.AuthorID]Crossing // of each bridge
}

// A Carried is how a bridge helped somebody of another tribe, or a voice anybody: the newest answer that says a word of
// what was asked, else the newest.
type Carried struct {
	Post data.PostMeta
	To   data.AuthorID
	Said string // the sentence that tells most
	met  bool   // it says a word of what was asked
}

// Surround reads the scene of what v tells.
func Surround(r *measure.Reading, v View) *Scene {
	s := &Scene{
		Profiles: ways.Read(r, ways.Params{Location: v.Options.Location, NoHours: !v.Figures.Hours, Released: v.Figures.Released()}),
		Cases:    uses.Spare(uses.Matrix(r), v.tender), Digests: uses.Digests(r), Roles: lives.Roles(r),
	}
	if b, ok := uses.OffScope(r, v.Options.Scope); ok {
		s.Beyond = &b
	}
	var keys []string
	for i, n := range v.Figures.Needs {
		if i < toldNeeds || n.People >= v.Options.MinNeed {
			keys = append(keys, n.Key)
		}
	}
	s.Contexts, s.Carried, s.Crossings = lives.Contexts(r, keys), carried(r, v), crossings(r, v)
	return s
}

const (
	leastTold = 6   // words of a sentence that tells something
	mostTold  = 220 // letters of one that can be quoted
	longWord  = 6   // letters of a word that may say what a sentence is about
)

// carried returns what each bridge of v carried across, and what each voice told.
func carried(r *measure.Reading, v View) map[data.AuthorID]Carried {
	out, voice := make(map[data.AuthorID]Carried), make(map[data.AuthorID]bool)
	voices, _ := v.voices()
	for _, p := range voices {
		out[p.Author], voice[p.Author] = Carried{}, true
	}
	for _, p := range v.bridges() {
		out[p.Author], voice[p.Author] = Carried{}, false
	}
	together := figures.Together(v.Story.Members)
	for _, in := range v.Story.Interactions {
		was, bridge := out[in.From]
		post, known := r.Post(in.Post)
		to, homed := v.Figures.Home[in.To]
		if !bridge || !known || in.Kind == data.Boost || !homed || !voice[in.From] && (to == figures.None || together(in.From, in.To)) || !v.Story.Window.Contains(post.CreatedAt) {
			continue
		}
		asked, _ := r.Post(in.ToPost)
		if !data.Helps(r.Remark(post), r.Remark(asked)) {
			continue
		}
		c := Carried{Post: post, To: in.To}
		c.Said, c.met = telling(r.Answers(), r.Said(in.Post), r.Said(in.ToPost))
		if c.Said != "" && (c.met && !was.met || c.met == was.met && post.CreatedAt.After(was.Post.CreatedAt)) {
			out[in.From] = c
		}
	}
	return out
}

// telling returns the sentence of an answer that shows how somebody helps, and whether it says a word of what was asked: one
// that gives advice before others, of those the one that says most words of what was asked, then the longest. None that
// speaks of its writer without giving any, nor one that leans on what was said before it.
func telling(answers *signs.Book, answer, asked string) (told string, met bool) {
	type worth struct{ advises, shared, long int }
	about, best, dangling := long(asked), worth{}, signs.Dangling()
	for _, s := range sentences(answer) {
		words := signs.Words(s)
		if len(strings.Fields(s)) < leastTold || len(s) > mostTold || strings.HasSuffix(s, "?") || len(words) == 0 || slices.Contains(dangling, words[0]) {
			continue
		}
		w := worth{long: len(s)}
		for word := range long(s) {
			if about[word] {
				w.shared++
			}
		}
		if shows := answers.Read(s); shows.Has(signs.Advice) && !shows.Has(signs.Against, signs.Applause) {
			w.advises = 1
		}
		if w.advises == 0 && figures.OwnVoice(s) {
			continue
		}
		if cmp.Or(w.advises-best.advises, w.shared-best.shared, w.long-best.long) > 0 {
			told, best = s, w
		}
	}
	return told, best.shared > 0
}

// long returns the longer words of text, in small letters: most short ones are about nothing.
func long(text string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range strings.Fields(plainWords(text)) {
		if len(w) >= longWord {
			out[w] = true
		}
	}
	return out
}

// profile returns how a tribe goes about it; false where that was not measured.
func (v View) profile(t data.TribeID) (ways.Profile, bool) {
	if v.Scene == nil {
		return ways.Profile{}, false
	}
	for _, p := range v.Scene.Profiles {
		if p.Tribe == t {
			return p, true
		}
	}
	return ways.Profile{}, false
}
