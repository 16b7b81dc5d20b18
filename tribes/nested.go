package tribes

import (
	"slices"
	"strings"
)

const (
	beginsOnly = 2.0 / 3 // of a phrase's people, from whom on it is but the beginning of longer ones
	endsOnly   = 0.9     // from whom on it is but their end: words in front leave most phrases whole
)

// wholes returns parts without the phrases that are mostly pieces of longer ones: linear mixed, of linear
// mixed models. Phrases are kept in twos, so one goes on where the same post holds another that begins with
// its last word, or ends with its first. As for a C-value (Frantzi, Ananiadou and Mima 2000), uses inside of
// longer phrases are no uses of the phrase; here both are counted in people of g.
func (t *teller) wholes(g int, parts []part) []part {
	phrases := make(map[uint32]*nesting)
	for _, p := range parts {
		if first, last, two := strings.Cut(p.key, " "); two {
			phrases[uint32(p.word)] = &nesting{first: " " + first, last: last + " "}
		}
	}
	if len(phrases) == 0 {
		return parts
	}
	for _, m := range t.members[g] {
		for _, i := range t.byAuthor[m.author] {
			t.nest(t.in.posts[i].features, phrases)
		}
		for _, n := range phrases {
			n.people, n.begins, n.ends = n.people+n.here.people, n.begins+n.here.begins, n.ends+n.here.ends
			n.here = nested{}
		}
	}
	return slices.DeleteFunc(parts, func(p part) bool {
		n := phrases[uint32(p.word)]
		return n != nil && n.piece()
	})
}

// A nesting counts the people who write a phrase, and those who write it within longer ones.
type nesting struct {
	first, last string // stems, behind and before a space
	nested
	here nested // of the person at hand, 0 or 1
}

type nested struct{ people, begins, ends int }

// piece reports whether a phrase is hardly written but within longer ones.
func (n nested) piece() bool {
	all := float64(n.people)
	return n.people > 0 && (float64(n.begins) >= beginsOnly*all || float64(n.ends) >= endsOnly*all)
}

// nest notes which phrases a post holds, and which of them within longer ones.
func (t *teller) nest(said []feature, phrases map[uint32]*nesting) {
	for _, f := range said {
		n := phrases[f.word]
		if n == nil || f.kind != isTopic {
			continue
		}
		n.here.people = 1
		for _, o := range said {
			if o.kind != isTopic || o.word == f.word {
				continue
			}
			if strings.HasPrefix(t.in.words[o.word], n.last) {
				n.here.begins = 1
			}
			if strings.HasSuffix(t.in.words[o.word], n.first) {
				n.here.ends = 1
			}
		}
	}
}
