package cpi

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/stats"
)

// Books are the customer's own files; any may be empty.
type Books struct {
	Clients   []customer.Client
	Sales     []customer.Sale
	Scores    []customer.Score
	Delivered []customer.Delivery
	Rivals    []string                          // handles and names of competitors
	Known     map[data.AuthorID]customer.Client // the clients who write in public
}

// A Practice is how an outcome fares beside what people say: in the customer's files, and between
// people. A figure without a source has a state, or is nil.
type Practice struct {
	Met      stats.Share      // observations that met what is expected
	Segments []SegmentMet     // the same by segment of the clients
	Won      []Bucket         // TIME: requests won, by how long they waited; nil where no client was observed
	Strayed  stats.Share      // TIME: of the open requests for it, those whose asker names a competitor before a maker answers
	Asking   int              // OPTIONS: people who ask for more to choose from
	Offered  *float64         // OPTIONS: the number last observed
	Broken   *float64         // INTEGRITY: incidents per 1000 observations
	Worth    *Worth           // what all customers got of it; nil where the files tell nothing
	Proof    Proof            // who of one's own peers has it
	Touched  []data.AuthorID  // the clients among those who state it, by id
	Evidence measure.Evidence // the requests behind Strayed
}

// A SegmentMet is how often the clients of one segment got what their like expect.
type SegmentMet struct {
	Segment  string
	Expected Expectation // of the people of the segment who write in public
	Met      stats.Share
}

// A Proof is how many of somebody's own peers have what they lack.
type Proof struct {
	Lacking, WithPeer int // people who lack it, and those of them one or more of whose peers have it
	Peers             stats.Summary
}

// PracticeOf returns the practice of o.
func PracticeOf(r *measure.Reading, o Outcome, b Books, params Params) Practice {
	p := params.filled()
	ms := mentions(r, p, r.Window)[o.Key]
	out := Practice{Met: Within(b.Scores, o.String(), o.Limit()), Proof: proofOf(r, ms), Touched: touched(ms, b.Known)}
	out.Segments = segments(ms, o, b, p)
	if delivered := Worths(of(b.Delivered, o.String()), nil); len(delivered) > 0 {
		sum := Worth{}
		for _, w := range delivered {
			sum.Delivered += w.Delivered
			sum.Customers++
		}
		out.Worth = &sum
	}
	switch o.Increment {
	case Time:
		if waits := waitsOf(b, o.String()); len(waits) > 0 {
			out.Won = defection(waits)
		}
		out.Strayed, out.Evidence = strayed(r, ms, b.Rivals, p)
	case Options:
		for _, i := range o.Increments {
			if i.Increment == Options {
				out.Asking = i.Authors
			}
		}
		out.Offered = lastValue(b.Scores, o.String())
	case Integrity:
		if n, failed := incidents(b.Scores, o.String()); n > 0 {
			perThousand, _ := broken(failed, n)
			out.Broken = &perThousand
		}
	}
	return out
}

// Limit returns what people call good enough, at most, in the unit of the outcome; −1 where it is
// not known, or more is better.
func (o Outcome) Limit() float64 {
	if o.Expected.State != stats.Known || o.Increment != Time && o.Increment != Money {
		return -1
	}
	return o.Expected.Median
}

func of(all []customer.Delivery, outcome string) []customer.Delivery {
	var out []customer.Delivery
	for _, d := range all {
		if d.Outcome == outcome {
			out = append(out, d)
		}
	}
	return out
}

func touched(ms []mention, known map[data.AuthorID]customer.Client) []data.AuthorID {
	var out []data.AuthorID
	for _, m := range ms {
		if _, ok := known[m.row.Author]; ok {
			out = append(out, m.row.Author)
		}
	}
	slices.SortFunc(out, func(a, b data.AuthorID) int { return slices.Compare(a[:], b[:]) })
	return slices.Compact(out)
}

// segments returns the share met by each segment of the clients, by name, against what its own
// people call good enough, else what everybody does.
func segments(ms []mention, o Outcome, b Books, p Params) []SegmentMet {
	segment, said := make(map[string]string), make(map[string][]mention)
	for _, c := range b.Clients {
		segment[c.ID] = c.Segment
	}
	for _, m := range ms {
		if s := b.Known[m.row.Author].Segment; s != "" {
			said[s] = append(said[s], m)
		}
	}
	scores := make(map[string][]customer.Score)
	for _, s := range b.Scores {
		if name := segment[s.Unit]; name != "" && s.CPI == o.String() {
			scores[name] = append(scores[name], s)
		}
	}
	var out []SegmentMet
	for name, seen := range scores {
		x := SegmentMet{Segment: name, Expected: expected(p, o.Increment, said[name])}
		limit := o.Limit()
		if x.Expected.State == stats.Known && limit >= 0 {
			limit = x.Expected.Median
		}
		x.Met = Within(seen, o.String(), limit)
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b SegmentMet) int { return strings.Compare(a.Segment, b.Segment) })
	return out
}

// waitsOf returns how long clients waited whose request is decided: won, or lost.
func waitsOf(b Books, outcome string) []Wait {
	stage := make(map[string]string)
	for _, c := range b.Clients {
		stage[c.ID] = c.Stage
	}
	var out []Wait
	for _, s := range b.Scores {
		if s.CPI == outcome && s.Value != nil && (stage[s.Unit] == "customer" || stage[s.Unit] == "lost") {
			out = append(out, Wait{time.Duration(*s.Value * float64(time.Second)), stage[s.Unit] == "customer"})
		}
	}
	return out
}

// strayed returns the share of the open requests behind ms in which the asker names a competitor
// before a maker answers.
func strayed(r *measure.Reading, ms []mention, rivals []string, p Params) (stats.Share, measure.Evidence) {
	var evidence measure.Evidence
	if len(r.Makers) == 0 || len(rivals) == 0 {
		return stats.Share{State: "no makers or no competitors are named"}, nil
	}
	asks := make(map[data.PostID]bool)
	for _, m := range ms {
		asks[m.row.ID] = true
	}
	k, n := 0, 0
	for _, q := range r.Requests(r.Window, p.RepeatWithin) {
		if !asks[q.Post.ID] {
			continue
		}
		n++
		evidence = evidence.Add(q.Post.ID)
		if namesRival(r, q.Post, rivals) {
			k++
		}
	}
	return stats.ShareOf(k, n), evidence
}

func namesRival(r *measure.Reading, first data.PostMeta, rivals []string) bool {
	for _, m := range r.Thread(first.Thread) {
		if r.Makers[m.Author] {
			return false
		}
		said := strings.ToLower(r.Said(m.ID))
		if m.Author == first.Author && slices.ContainsFunc(rivals, func(name string) bool { return holdsWord(said, strings.ToLower(strings.TrimPrefix(name, "@"))) }) {
			return true
		}
	}
	return false
}

// holdsWord reports whether text holds word with no letter or digit on either side.
func holdsWord(text, word string) bool {
	for rest := text; word != ""; {
		k := strings.Index(rest, word)
		if k < 0 {
			return false
		}
		before, after := rest[:k], rest[k+len(word):]
		if !strings.ContainsFunc(before[max(0, len(before)-1):], letter) && !strings.ContainsFunc(after[:min(1, len(after))], letter) {
			return true
		}
		rest = after
	}
	return false
}

func letter(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127 }

// lastValue returns the newest value observed of a CPI.
func lastValue(scores []customer.Score, cpi string) *float64 {
	var last *customer.Score
	for i, s := range scores {
		if s.CPI == cpi && s.Value != nil && (last == nil || s.Day.After(last.Day)) {
			last = &scores[i]
		}
	}
	if last == nil {
		return nil
	}
	return last.Value
}

// incidents counts the observations of a CPI that are marked, and those that did not meet what was expected.
func incidents(scores []customer.Score, cpi string) (n, failed int) {
	for _, s := range scores {
		if s.CPI != cpi || s.Met == "" {
			continue
		}
		n++
		if s.Met == "0" {
			failed++
		}
	}
	return n, failed
}

// proofOf counts, for everybody who lacks an outcome or asks for it, the peers who say they have it.
func proofOf(r *measure.Reading, ms []mention) Proof {
	have, lack := make(map[data.AuthorID]bool), make(map[data.AuthorID]bool)
	for _, m := range ms {
		have[m.row.Author] = have[m.row.Author] || m.direction > 0
		lack[m.row.Author] = lack[m.row.Author] || m.direction <= 0
	}
	for a := range have {
		if !have[a] {
			delete(have, a)
		} else {
			delete(lack, a)
		}
	}
	for a := range lack {
		if !lack[a] {
			delete(lack, a)
		}
	}
	var out Proof
	var counts []float64
	for _, peers := range peers(r, lack) {
		n := socialProof(peers, have)
		counts = append(counts, float64(n))
		out.WithPeer += min(n, 1)
	}
	out.Lacking = len(lack)
	slices.SortFunc(counts, cmp.Compare[float64])
	out.Peers = stats.Summarise(counts, 5)
	return out
}
