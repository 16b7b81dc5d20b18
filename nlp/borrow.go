package nlp

import (
	"slices"

	"tribu/data"
)

// borrow gives needs that name nothing the object of the post's own title, else that of the need
// before or behind, else that of the thread's title, else what the sentence before tells of; in holds the sentence of each.
func (a *Analyzer) borrow(d, title *document, needs []data.Need, in []*reading) {
	lacks := func(n data.Need) bool { return n.Object == "" }
	if !slices.ContainsFunc(needs, lacks) {
		return
	}
	from, titled := a.titleOf(d)
	if k := slices.IndexFunc(needs, func(n data.Need) bool { return !lacks(n) }); !titled && k >= 0 {
		from = object{lemma: needs[k].Object, concept: needs[k].Concept}
	} else if !titled {
		if from, titled = a.titleOf(title); !titled {
			from, _ = a.toldBefore(d, in[0].sentence)
		}
	}
	for i := range needs {
		switch n := &needs[i]; {
		case lacks(*n):
			n.Object, n.Concept = from.lemma, from.concept
		case !titled:
			from.lemma, from.concept = n.Object, n.Concept
		}
	}
}

// titleOf returns what the title of d is about, if it has one.
func (a *Analyzer) titleOf(d *document) (object, bool) {
	if len(d.sentences) == 0 || !d.sentences[0].sec.inTitle {
		return object{}, false
	}
	r := reading{sentence: &d.sentences[0]}
	var best object
	for _, o := range a.nounPhrases(d, &r, a.tagsOf(d, &r)) {
		if best.lemma == "" || best.concept == "" && o.concept != "" || !best.solid && o.solid {
			best = o
		}
	}
	return best, best.lemma != ""
}

// toldBefore returns the first thing of which the sentence before x tells: the visor fogs up; what do you put on it?
func (a *Analyzer) toldBefore(d *document, x *sentence) (object, bool) {
	for i := 1; i < len(d.sentences); i++ {
		if before := &d.sentences[i-1]; &d.sentences[i] == x && !before.sec.inTitle {
			r := reading{sentence: before}
			for _, o := range a.nounPhrases(d, &r, a.tagsOf(d, &r)) {
				if o.solid {
					return o, true
				}
			}
		}
	}
	return object{}, false
}
