package nlp

import (
	"slices"
	"strings"

	"tribu/data"
)

const (
	fires    = 2  // points from which a class is heard in a sentence
	maxNeeds = 12 // of one post
	maxCue   = 24 // tokens from the first cue to the end of its clause
)

// A rule turns the score of a class into a kind of need.
type rule struct {
	class class
	kind  data.NeedType
	about data.NeedKind
	sure  [3]float64 // precision on labelled posts at 2, 3 and more points
}

// rules in order of strength. Precisions of wish, complaint and problem were measured on public
// labelled sets (8,500 sentences to makers, 2,391 posts to firms); those of tip there too (.92 to
// .98 in hotel reviews), lowered for talk that is not about places; the others are estimates.
var rules = [...]rule{
	{wish, data.Wish, data.KindNeed, [3]float64{.70, .86, .89}},
	{seek, data.Recommendation, data.KindIntent, [3]float64{.65, .80, .90}},
	{howto, data.HowTo, data.KindQuestion, [3]float64{.65, .80, .90}},
	{ask, data.HowTo, data.KindQuestion, [3]float64{.60, .65, .70}},
	{complaint, data.Complaint, data.KindProblem, [3]float64{.79, .90, .90}},
	{problem, data.Problem, data.KindProblem, [3]float64{.79, .83, .83}},
	{tip, data.Tip, data.KindPurpose, [3]float64{.80, .90, .95}},
	{trouble, data.Problem, data.KindProblem, [3]float64{.65, .70, .75}},
	{praise, data.Praise, data.KindPurpose, [3]float64{.65, .75, .85}},
	{belonging, data.Belonging, data.KindNeed, [3]float64{.60, .70, .80}},
	{passion, data.Passion, data.KindPurpose, [3]float64{.60, .70, .80}},
}

// byRole is the voice of whoever speaks for others.
const byRole = "role"

// needs returns what the author of d needs, in the order of its evidence, and the sentence of each. Whoever
// answers somebody tells of others' needs where they do not speak of themselves.
func (a *Analyzer) needs(d, title *document, readings []reading, answers bool) (out []data.Need, in []*reading) {
	voice, told := "person", 0
	for _, r := range readings {
		told += r.score[role]
	}
	if told >= fires || a.reports(d) {
		voice = byRole
	}
	called, _ := callsFor(d, readings)
	alone := answers && !shares(readings)
	for i := range readings {
		heard := a.sentenceNeeds(d, readings, &readings[i])
		for k := range heard {
			heard[k].Voice = voice
			if voice != byRole && heard[k].Type.Wanting() && (called == fromAll && asks(heard[k].Type) || (alone || answers && readings[i].sec.inTitle) && !a.ownNeed(d, &readings[i], heard[k].Type)) {
				heard[k].Voice = data.VoiceAside
			}
			in = append(in, &readings[i])
		}
		out = append(out, heard...)
		if len(out) >= maxNeeds {
			out, in = out[:maxNeeds], in[:maxNeeds]
			break
		}
	}
	a.borrow(d, title, out, in)
	return out, in
}

// A post of longReport words or more is a report where not one in rarely of them is somebody's who
// speaks of themselves or to somebody.
const (
	longReport = 90
	rarely     = 100
)

// reports reports whether d tells at length of others, and its author, outside of what it quotes,
// hardly ever speaks of themselves or to anybody: an article that was passed on.
func (a *Analyzer) reports(d *document) bool {
	if len(d.tokens) < longReport {
		return false
	}
	words, own, quoted := 0, 0, false
	for i := range d.tokens {
		switch t := &d.tokens[i]; {
		case t.kind == mark && (t.key == "\"" || t.key == "“" || t.key == "”" || t.key == "«" || t.key == "»"):
			quoted = t.key == "“" || t.key == "«" || t.key == "\"" && !quoted
		case t.kind != word:
		default:
			words++
			first, _, _ := strings.Cut(t.key, " ")
			if !quoted && (a.self[first] && (first != "i" || d.lang != data.LangIT) || t.opens&talks != 0 || a.cues.endings.any.of(first)&together != 0) {
				own++
			}
		}
	}
	return words >= longReport && own*rarely < words
}

// sentenceNeeds returns the needs of one sentence: at most one question, one lack, and one of each other type.
func (a *Analyzer) sentenceNeeds(d *document, all []reading, r *reading) []data.Need {
	var out []data.Need
	var tags []tag
	tagged := r.lang == data.LangUnd
	for _, u := range rules {
		if r.score[u.class] < fires || shadowed(u, out) || a.idle(d, r, u.class) || a.mild(d, all, r, u.class) {
			continue
		}
		if !tagged {
			tags, tagged = a.tagsOf(d, r), true
		}
		if n, ok := a.need(d, r, u, tags); ok {
			out = append(out, n)
		}
	}
	if u, ok := softRule(d, r); ok && len(out) == 0 {
		if n, ok := a.need(d, r, u, a.tagsOf(d, r)); ok {
			out = append(out, n)
		}
	}
	slices.SortStableFunc(out, func(a, b data.Need) int { return a.Evidence.Start - b.Evidence.Start })
	return out
}

// tagsOf returns the parts of speech in r; nil where there are none to be had.
func (a *Analyzer) tagsOf(d *document, r *reading) []tag {
	switch r.lang {
	case data.LangIT:
		return a.italianTags(d, r.sentence)
	case data.LangEN, data.LangUnd:
		tags := a.english.tags(d, r.sentence)
		for i := 2; i < len(tags); i++ { // does anyone sell
			t := r.from + i
			if tags[i] == noun && d.tokens[t-1].roles&appeals != 0 && d.tokens[t-2].roles&(finite|finiteNot|beforeInfinitive) != 0 && !a.stop[data.LangEN][d.tokens[t].key] {
				tags[i] = infinitive
			}
		}
		return tags
	}
	return a.plainTags(d, r.sentence)
}

// asks reports whether a need of type t is asked for, not told of: what fails is often told in a machine's words.
func asks(t data.NeedType) bool {
	return t == data.Wish || t == data.HowTo || t == data.Recommendation
}

// hintsTell reports whether k is heard from words that say enough only together: by themselves "since I" and
// "bought" tell a story, not what is wrong.
func hintsTell(k class) bool { return k == wish || k == problem || k == complaint }

// need builds the record of rule u in r.
func (a *Analyzer) need(d *document, r *reading, u rule, tags []tag) (data.Need, bool) {
	from, to, strongest := extent(r, u.class)
	if strongest == nil || strongest.weight < fires && hintsTell(u.class) || asks(u.kind) && quotedAt(d, r.sentence, from) {
		return data.Need{}, false
	}
	end := clauseEnd(d, r.sentence, to)
	n := data.Need{Type: u.kind, Kind: u.about, Lang: r.lang, Quote: d.quote(r.sentence, from), Rule: string(strongest.lang) + "/" + classNames[u.class] + "/" + strongest.phrase}
	n.Evidence = r.sec.span(d.tokens[from].start, d.tokens[end-1].end)
	if o, ok := a.objectOf(d, r, tags, u.class, from, to, u.kind == data.Problem || u.kind == data.Complaint); ok {
		n.Object, n.Concept, n.Aspect = o.lemma, o.concept, o.modifier
	} else if u.class == praise || u.kind == data.Tip && r.score[tip] < fires+1 {
		return n, false
	}
	n.Action = actionOf(d, r.sentence, tags, from)
	n.Facets = facets(d, r, u.kind)
	n.Motives = motives(r)
	n.Polarity = polarity(r, u.kind)
	n.Negated = negated(d, from, end)
	n.Hypothetical = r.score[hypothetical] > 0
	n.Expectation = a.grammar.expectation(d, r.sentence)
	n.Increment = a.grammar.incrementOf(d, r.sentence)
	n.Confidence = u.sure[min(2, r.score[u.class]-fires)]
	return n, true
}

// extent returns the tokens from the first to the last cue of k in r that lie close together, and
// the strongest cue.
func extent(r *reading, k class) (from, to int, strongest *cue) {
	for _, h := range r.hits {
		if h.cue.class != k || h.cue.weight <= 0 {
			continue
		}
		if strongest == nil {
			from, to, strongest = h.from, h.to, h.cue
			continue
		}
		if h.cue.weight > strongest.weight {
			strongest = h.cue
		}
		if h.to > to && h.to-from <= maxCue {
			to = h.to
		}
	}
	return from, min(to, r.to), strongest
}

// clauseEnd returns the end of the clause that holds token to-1.
func clauseEnd(d *document, x *sentence, to int) int {
	to = max(to, x.from+1)
	for to < x.to && to-x.from < 2*maxCue {
		if t := &d.tokens[to]; t.kind == mark && strings.Contains(",;:.!?()", t.key) {
			break
		}
		to++
	}
	return to
}

// facets returns the sides of an outcome that r touches, in order.
func facets(d *document, r *reading, kind data.NeedType) []data.Facet {
	var out []data.Facet
	for _, h := range r.hits {
		if h.cue.class != facet || h.cue.name == "" || sideless(r, h) {
			continue
		}
		f := data.Facet{Name: h.cue.name[:len(h.cue.name)-1]}
		switch h.cue.name[len(h.cue.name)-1] {
		case '+':
			f.Direction = 1
		case '-':
			f.Direction = -1
		}
		if f.Direction > 0 && negated(d, max(r.from, h.from-2), h.from) {
			f.Direction = -1
		}
		if f.Direction > 0 && (kind == data.Wish || kind == data.HowTo || kind == data.Recommendation) {
			f.Direction = 0
		}
		k := slices.IndexFunc(out, func(o data.Facet) bool { return o.Name == f.Name })
		if k < 0 {
			out = append(out, f)
		} else if out[k].Direction == 0 {
			out[k].Direction = f.Direction
		}
	}
	return out
}

// sideless reports whether h is part of a phrase that touches no side: "a quick question".
func sideless(r *reading, h hit) bool {
	return slices.ContainsFunc(r.hits, func(o hit) bool {
		return o.cue.class == facet && o.cue.name == "" && o.from <= h.from && h.to <= o.to
	})
}

// polarity returns the feeling of r, -1, 0 or +1, weighed by the type of its need.
func polarity(r *reading, kind data.NeedType) int {
	sum := r.score[good] - r.score[bad]
	switch kind {
	case data.Praise, data.Passion:
		sum += 2
	case data.Complaint, data.Problem:
		sum -= 2
	}
	return max(-1, min(1, sum))
}

// negated reports whether a negation stands in tokens [from, to).
func negated(d *document, from, to int) bool {
	return slices.ContainsFunc(d.tokens[from:max(from, to)], func(t token) bool { return t.roles&Negation != 0 || strings.HasSuffix(t.key, " not") })
}
