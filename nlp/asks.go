package nlp

import "tribu/data"

// questions answers whether the post asks for something, with or without a question mark.
func (a *Analyzer) questions(d *document) ([]string, int) {
	best := 0
	for _, r := range a.cues.readings(d) {
		best = max(best, r.score[question], r.score[howto], r.score[seek])
		if len(d.sentences) == 1 {
			best = max(best, r.score[problem])
		}
	}
	if best < fires && a.looksUp(d) {
		best = fires
	}
	return yes(best >= fires), best
}

const maxQuery = 9 // words of a query typed as if into a search box

// looksUp reports whether d is a bare query: one short Italian phrase that opens with an
// infinitive or with the name of a procedure or of a paper, and says nothing of anybody.
func (a *Analyzer) looksUp(d *document) bool {
	if len(d.sentences) != 1 || d.sentences[0].lang != data.LangIT {
		return false
	}
	x := &d.sentences[0]
	words, told := 0, false
	tags := a.italianTags(d, x)
	first := other
	for i := x.from; i < x.to; i++ {
		t := &d.tokens[i]
		if t.kind == mark {
			if t.key != "/" && t.key != "'" && t.key != "." && t.key != "-" {
				return false
			}
			continue
		}
		if words == 0 {
			first = tags[i-x.from]
		}
		words++
		if tags[i-x.from] == verb || t.roles&said != 0 {
			return false
		}
		told = told || a.procedure[a.stems.stem(data.LangIT, t.key)]
	}
	return words > 0 && words <= maxQuery && (told || first == infinitive)
}

// newProcedures reads the stems of words that open an Italian query.
func newProcedures(w wordLists, stems stemmer) (map[string]bool, error) {
	words := stopWords{"": {}}
	if err := words.read(w, "", "it/procedure.txt"); err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for w := range words[""] {
		out[stems.stem(data.LangIT, w)] = true
	}
	return out, nil
}
