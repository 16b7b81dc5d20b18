package nlp

import (
	"strings"
	"unicode"

	"tribu/data"
)

// acts returns what d, the post p, does where people ask and help each other; in holds the sentence
// of each need. The title of an answer is somebody else's, and what reports pass on asks and offers nothing.
func (a *Analyzer) acts(p data.Post, d *document, readings []reading, needs []data.Need, in []*reading) data.Acts {
	var out data.Acts
	answers := !p.Parent.IsZero() || a.reader.saysAnswer(p.Title)
	if a.offers(d, readings, answers) {
		out = data.Offering
	}
	if settles(d, readings) {
		out |= data.Settling
	}
	if len(needs) > 0 && needs[0].Voice == byRole || a.reports(d) {
		return out | data.Relaying
	}
	called, wonders := callsFor(d, readings)
	if wonders {
		out |= data.Wondering
	}
	if sells(readings) {
		return out
	}
	best, at := 0, 0
	quoting := !answers && repeats(p)
	answers = answers || quoting
	for i, r := range in {
		if r.sec.inTitle && answers || !needs[i].Type.Wanting() || called == fromAll {
			continue
		}
		if s := asking(d, r, &needs[i], answers); s > best && (s > troubles || called > 0) && (s == pleads || !quoting) {
			best, at = s, i
		}
	}
	switch {
	case best == pleads:
		out |= data.Pleading
	case best > 0 && (!p.Parent.IsZero() || !answers):
		out |= data.Asking
	default:
		return out
	}
	return data.ActsIn(out, at)
}

// sells reports whether a post offers things for money, and does not look for any.
func sells(readings []reading) bool {
	points := 0
	for i := range readings {
		points += max(0, readings[i].score[sale])
	}
	return points >= fires
}

// How surely a sentence asks others for something.
const (
	troubles = 1 + iota // tells of trouble of one's own
	queries             // puts a question
	pleads              // asks in the first person
)

const (
	rhetoric = -3  // points of a plea at which a question is none
	manyAsks = 5   // questions that a list of questions has
	longList = 600 // words of one
	fromAll  = -1
)

// isUpper reports whether s has no letter that could be a capital and is none.
func isUpper(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.ToUpper(r) != r }) < 0
}

// callsFor returns how many sentences of d's body ask anything, whether one ends as a question, and
// fromAll for a list of questions, which answers them itself.
func callsFor(d *document, readings []reading) (asked int, question bool) {
	for i := range readings {
		r := &readings[i]
		if r.sec.inTitle {
			continue
		}
		ends := endsAsking(d, r.sentence)
		question = question || ends
		if r.score[plea] > 0 || ends {
			asked++
		}
	}
	if asked >= manyAsks && len(d.tokens) > longList {
		return fromAll, question
	}
	return asked, question
}

// asking returns how surely r, which voices need, asks. Whoever answers somebody and speaks to them
// asks back.
func asking(d *document, r *reading, need *data.Need, answers bool) int {
	own, you, cited := addresses(d, r.sentence)
	question := endsAsking(d, r.sentence)
	switch {
	case cited || need.Type == data.Complaint && !r.sec.inTitle:
		return 0
	case r.score[plea] >= fires && !(answers && (you && question || r.strongest(plea) < fires)):
		return pleads
	case r.score[plea] <= rhetoric:
		return 0
	case answers:
		if question && (need.Type == data.HowTo || need.Type == data.Recommendation) {
			return queries
		}
		return 0
	case question && own && !you && r.score[plea] >= 0:
		return pleads
	case question && (need.Type == data.HowTo || need.Type == data.Recommendation):
		return queries
	case r.sec.inTitle && need.Type != data.Wish, need.Type == data.Problem && own:
		return troubles
	}
	return 0
}

// addresses tells whether x speaks of its writer and to its reader, and whether it begins with what
// somebody else said.
func addresses(d *document, x *sentence) (own, you, cited bool) {
	for i := x.from; i < x.to; i++ {
		t := &d.tokens[i]
		if t.kind == mark {
			cited = cited || i == x.from && strings.Contains("\"“«”'|", t.key)
			continue
		}
		own, you = own || t.opens&writer != 0, you || t.opens&toReader != 0
	}
	return own, you, cited
}

// endsAsking reports whether x ends as a question.
func endsAsking(d *document, x *sentence) bool {
	for i := x.to - 1; i >= max(x.from, x.to-3); i-- {
		if t := &d.tokens[i]; t.kind != mark || t.key == "?" {
			return t.kind == mark
		}
	}
	return false
}

// repeats reports whether p begins with whom it quotes, although its source names nobody.
func repeats(p data.Post) bool {
	if p.Format == data.FormatHTML {
		return strings.HasPrefix(p.Body, "<blockquote")
	}
	head := p.Body[:min(len(p.Body), 300)]
	return strings.HasPrefix(head, ">") || strings.Contains(head, "writes:") || strings.Contains(head, "wrote:") || strings.Contains(head, "scritto:")
}

// settles reports whether a sentence of d's body says that what its writer asked for needs no answer any more.
func settles(d *document, readings []reading) bool {
	for i := range readings {
		if r := &readings[i]; r.score[settled] >= fires && !r.sec.inTitle && !endsAsking(d, r.sentence) {
			return true
		}
	}
	return false
}

// offers reports whether d gives a reader something to know or to do: enough sentences that say
// what is so, what to do, what helped, or one that surely does.
func (a *Analyzer) offers(d *document, readings []reading, answers bool) bool {
	sum, last := 0, 0
	for i := range d.sentences {
		x := &d.sentences[i]
		var r reading
		if len(readings) > 0 && readings[0].sentence == x {
			r, readings = readings[0], readings[1:]
		}
		if !x.sec.inTitle || !answers {
			last = offered(d, x, &r)
			sum += last
			if _, you, _ := addresses(d, x); endsAsking(d, x) && !you && last == 0 {
				last = endsOnQuestion
			}
		}
	}
	return sum >= fires && last != endsOnQuestion
}

// endsOnQuestion is what a post offers that ends by asking whoever knows.
const endsOnQuestion = -1

// leastTold is how many words a sentence has that tells anything by itself.
const leastTold = 4

// offered returns how surely x offers something; r is its reading, empty where it has no cue.
func offered(d *document, x *sentence, r *reading) int {
	words, shouted, figures, links := 0, 0, 0, 0
	own := false
	for i := x.from; i < x.to; i++ {
		switch t := &d.tokens[i]; t.kind {
		case link:
			links = fires
		case number:
			figures = 1
		case word:
			words++
			own = own || t.opens&(writer|ours) != 0
			if s := x.sec.text[t.start:t.end]; len(s) > 3 && isUpper(s) {
				shouted++
			}
		}
	}
	lacks := r.score[complaint] >= fires || own && (r.score[wish] >= fires || r.score[problem] >= fires || r.score[trouble] >= fires)
	switch {
	case lacks, r.score[plea] >= fires, r.score[offer] < 0, 2*shouted > words && links == 0:
		return 0
	case endsAsking(d, x):
		return r.score[offer] / fires * fires
	}
	sum := links + figures + r.score[offer]
	if r.score[tip] >= fires {
		sum++
	}
	if !own && words >= leastTold {
		sum++
	}
	return sum
}
