package cpi

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/stats"
)

func seen(cpi, unit string, value float64, met string) customer.Score {
	return customer.Score{CPI: cpi, Unit: unit, Day: monday, Value: &value, Met: met}
}

func mined(t *testing.T, r *measure.Reading, key string) Outcome {
	t.Helper()
	all := Mine(r, Params{})
	i := slices.IndexFunc(all, func(o Outcome) bool { return o.String() == key })
	if i < 0 {
		t.Fatalf("no outcome %s among %d", key, len(all))
	}
	return all[i]
}

// TestQuotesBySegment: shops expect an answer within a day, people at home within an hour; each is
// held against what its own say.
func TestQuotesBySegment(t *testing.T) {
	c := newCommunity()
	c.say("shop", 12, "quote", "Speed", "I need a quote within 24 hours, it is essential")
	c.say("home", 12, "quote", "Speed", "I need a quote within 1 hour, it is essential")
	b := Books{Known: map[data.AuthorID]customer.Client{}}
	for i := range 12 {
		for _, who := range []struct{ name, segment string }{{"shop", "B2B"}, {"home", "B2C"}} {
			id := fmt.Sprint(who.name, i)
			x := customer.Client{ID: id, Handle: id, Segment: who.segment, Stage: []string{"customer", "lost", "lead"}[i%3]}
			b.Clients = append(b.Clients, x)
			b.Known[data.NewAuthorID("t", id)] = x
			for range 2 { // two quotes each, all after five hours
				b.Scores = append(b.Scores, seen("Speed/quote", id, 5*3600, ""))
			}
		}
	}
	r := measure.Read(c.in)
	got := PracticeOf(r, mined(t, r, "Speed/quote"), b, Params{})
	if len(got.Segments) != 2 || got.Segments[0].Met.String() != "100 % [86.2 %, 100.0 %] (24/24)" || got.Segments[1].Met.K != 0 || got.Segments[1].Met.N != 24 {
		t.Errorf("segments = %+v; want all of B2B met and none of B2C", got.Segments)
	}
	if x := got.Won[2]; x.Under != 24*time.Hour || x.Won.K != 16 || x.Won.N != 32 {
		t.Errorf("won within a day = %+v; want 16 of the 32 that are decided", x)
	}
	if len(got.Touched) != 24 || got.Strayed.State == stats.Known {
		t.Errorf("practice = %+v; want 24 clients, and no word of competitors that nobody named", got)
	}
}

// TestStrayed: of 24 open requests, six askers name a competitor before the maker answers, three after.
func TestStrayed(t *testing.T) {
	c := newCommunity()
	c.in.Makers = map[data.AuthorID]bool{data.NewAuthorID("t", "maker"): true}
	for i := range 24 {
		who, thread, at := fmt.Sprint("a", i), fmt.Sprint("th", i), monday.Add(time.Duration(i)*time.Hour)
		first := c.post(who, thread, data.PostID{}, at, "I need a quote within 2 hours", wish("quote", "Speed", "I need a quote within 2 hours"))
		if i < 6 {
			c.post(who, thread, first, at.Add(time.Minute), "Rivalco has sent me one.")
		}
		c.post("maker", thread, first, at.Add(2*time.Minute), "here it is")
		if i >= 6 && i < 9 {
			c.post(who, thread, first, at.Add(3*time.Minute), "rivalco was cheaper")
		}
	}
	r := measure.Read(c.in)
	got := PracticeOf(r, mined(t, r, "Speed/quote"), Books{Rivals: []string{"@rivalco"}}, Params{})
	if got.Strayed.K != 6 || got.Strayed.N != 24 || len(got.Evidence) != 24 {
		t.Errorf("strayed = %v of %d requests, want 6 of 24", got.Strayed, len(got.Evidence))
	}
}

func TestHoldsWord(t *testing.T) {
	for _, c := range []struct {
		text, word string
		want       bool
	}{{"i asked acme.", "acme", true}, {"acmes", "acme", false}, {"pacme acme", "acme", true}, {"x", "", false}} {
		if got := holdsWord(c.text, c.word); got != c.want {
			t.Errorf("holdsWord(%q, %q) = %v, want %v", c.text, c.word, got, c.want)
		}
	}
}

// TestPracticeByIncrement: options are counted as offered and asked for, what must not break by
// incidents per thousand, money by what was delivered.
func TestPracticeByIncrement(t *testing.T) {
	c := newCommunity()
	c.say("o", 12, "plan", "Choice", "I wish there were more options for the plan")
	c.say("i", 12, "eggs", "Reliability", "eggs in one piece, that is so important")
	r := measure.Read(c.in)
	b := Books{Scores: []customer.Score{seen("Choice/plan", "shop", 3, ""), seen("Reliability/eggs", "d0", 1, "0")},
		Delivered: []customer.Delivery{{Customer: "c1", Outcome: "Choice/plan", Units: 2, Value: 5}, {Customer: "c2", Outcome: "Choice/plan", Units: 1, Value: 5}, {Customer: "c2", Outcome: "x", Units: 9, Value: 9}}}
	for i := range 499 {
		b.Scores = append(b.Scores, seen("Reliability/eggs", fmt.Sprint("d", i), 0, "1"))
	}
	plan := PracticeOf(r, mined(t, r, "Choice/plan"), b, Params{})
	if plan.Asking != 12 || plan.Offered == nil || *plan.Offered != 3 || plan.Worth == nil || plan.Worth.Delivered != 15 || plan.Worth.Customers != 2 {
		t.Errorf("plan = %+v; want 12 who ask, 3 offered, 15 delivered to 2", plan)
	}
	eggs := PracticeOf(r, mined(t, r, "Reliability/eggs"), b, Params{})
	if eggs.Broken == nil || *eggs.Broken != 2 {
		t.Errorf("eggs = %+v; want 2 broken per 1000", eggs)
	}
}

// TestProof: of nine people turned to by one who lacks it, four have it.
func TestProof(t *testing.T) {
	c := newCommunity()
	c.say("me", 10, "song", "Choice", "I wish there were more options for the song")
	for i := range 9 {
		who := fmt.Sprint("peer", i)
		if i < 4 {
			n := wish("song", "Choice", "the song has more options, great")
			n.Type, n.Facets[0].Direction = data.Praise, 1
			c.post(who, who, data.PostID{}, monday, n.Quote, n)
		}
		c.in.Interactions = append(c.in.Interactions, data.Interaction{From: data.NewAuthorID("t", "me0"), To: data.NewAuthorID("t", who)})
	}
	r := measure.Read(c.in)
	if got := PracticeOf(r, mined(t, r, "Choice/song"), Books{}, Params{}).Proof; got.Lacking != 10 || got.WithPeer != 1 || got.Peers.N != 1 {
		t.Errorf("proof = %+v; want 10 who lack it, one of them with peers who have it", got)
	}
}

// TestWorths: 3 h saved at half of EUR 20, and EUR 15, make EUR 45.
func TestWorths(t *testing.T) {
	margin := 90.0
	got := Worths([]customer.Delivery{{Customer: "c1", Units: 3 * 0.5, Value: 20}, {Customer: "c1", Units: 15, Value: 1}, {Customer: "b1", Units: 1, Value: 2}},
		[]customer.Sale{{Customer: "c1", Revenue: 200, Margin: &margin}, {Customer: "b1", Revenue: 3}})
	if len(got) != 2 || got[0].Customer != "b1" || got[1].Delivered != 45 {
		t.Fatalf("Worths = %+v, want b1, then c1 with 45", got)
	}
	if ratio, state := got[1].Ratio(); ratio != 0.5 || state != stats.Known {
		t.Errorf("ratio of c1 = %v, %q; want half of what it brought", ratio, state)
	}
	if _, state := got[0].Ratio(); state != stats.Undefined {
		t.Errorf("ratio of b1 = %q; no margin is told, want %q", state, stats.Undefined)
	}
}

// TestWorthByTribe: ten customers of a tribe are told as a sum, nine are not.
func TestWorthByTribe(t *testing.T) {
	in := measure.Input{Tribes: []data.Tribe{{ID: "ta"}, {ID: "tb"}}}
	known := map[data.AuthorID]customer.Client{}
	var worths []Worth
	for i := range byte(19) {
		id, tribe := data.AuthorID{i + 1}, data.TribeID("ta")
		if i >= 10 {
			tribe = "tb"
		}
		name := fmt.Sprint("c", i)
		in.Members = append(in.Members, data.Member{Author: id, Tribe: tribe})
		known[id] = customer.Client{ID: name}
		worths = append(worths, Worth{Customer: name, Customers: 1, Delivered: 2, Brought: 4, Told: true})
	}
	got := WorthByTribe(measure.Read(in), worths, known)
	if len(got) != 1 || got[0].Tribe != "ta" || got[0].Customers != 10 || got[0].Delivered != 20 || got[0].Brought != 40 {
		t.Errorf("WorthByTribe = %+v; want the ten of ta alone, 20 beside 40", got)
	}
}

func TestStretch(t *testing.T) {
	gap := math.NaN()
	for _, c := range []struct {
		x, y []float64
		want int
	}{{[]float64{1, 2, 3}, []float64{9, 2, 3}, 3}, {[]float64{1, gap, 3, 4}, []float64{3, 4}, 2}, {[]float64{1, 2}, []float64{1, gap}, 1}} {
		if a, b := Stretch(c.x, c.y); len(a) != c.want || len(b) != c.want {
			t.Errorf("Stretch(%v, %v) = %v, %v; want %d", c.x, c.y, a, b, c.want)
		}
	}
}

// TestDivergences: sales rise for eight weeks while fewer get their quote in time.
func TestDivergences(t *testing.T) {
	r := measure.Read(measure.Input{AsOf: monday.AddDate(0, 0, 56)})
	var b Books
	served := Performance{Name: "Speed/quote"}
	for i, w := range r.Weeks(8) {
		for range i + 1 {
			b.Sales = append(b.Sales, customer.Sale{Customer: "c", Day: w.From.AddDate(0, 0, 1), Revenue: 10})
		}
		served.Weeks = append(served.Weeks, WeekValue{Week: w, Value: 1 - float64(i)/10})
	}
	got := Divergences(r, b, []Performance{served}, nil, Params{})
	if len(got) != 2 || got[0].KPI.Name != "sales" || got[1].KPI.Name != "revenue" || got[0].CPI.Name != "Speed/quote" {
		t.Errorf("Divergences = %+v; want sales and revenue against the quote", got)
	}
	for i, w := range r.Weeks(8) { // what the firm saw goes before what people tell
		met := "1"
		if i%2 == 0 {
			met = "0"
		}
		b.Scores = append(b.Scores, customer.Score{CPI: "Speed/quote", Unit: "u", Day: w.From.AddDate(0, 0, 1), Met: met})
	}
	if got := Divergences(r, b, []Performance{served}, nil, Params{}); got != nil {
		t.Errorf("Divergences with steady observations = %+v, want none", got)
	}
	if got := Divergences(r, Books{}, []Performance{served}, nil, Params{}); got != nil {
		t.Errorf("Divergences without sales = %+v, want none", got)
	}
}

// TestSinceAdopted: people who wanted quick quotes cheer up after it was taken up, others do not.
func TestSinceAdopted(t *testing.T) {
	c := newCommunity()
	adopted := monday.AddDate(0, 0, 10)
	c.post("early", "early", data.PostID{}, monday, "hello")
	for i := range 12 {
		for _, who := range []struct {
			name, topic string
			before, now int
		}{{"me", "quote", -1, 1}, {"other", "garden", -1, -1}} {
			name := fmt.Sprint(who.name, i)
			for k, polarity := range []int{who.before, who.now} {
				n := wish(who.topic, "Speed", "a "+who.topic+" within 2 hours is essential")
				n.Polarity = polarity
				c.post(name, fmt.Sprint(name, k), data.PostID{}, monday.AddDate(0, 0, 3+11*k), n.Quote, n)
			}
		}
	}
	for k := range 2 {
		c.post("teller", fmt.Sprint("teller", k), data.PostID{}, monday.AddDate(0, 0, 3+11*k), "The quote took nine days.")
	}
	r := measure.Read(c.in)
	o := mined(t, r, "Speed/quote")
	got := SinceAdopted(r, o, adopted, 1)
	if got.Stayed.N != 12 {
		t.Errorf("%d people state it, want 12: who tells how long it took does not", got.Stayed.N)
	}
	if got.Mood.People != 12 || got.Mood.Net != 2 || got.Mood.Change.P > 0.01 || got.Posts.Change.Diff != 0 {
		t.Errorf("since = %+v; want a mood up by 2 beside the others, and as many posts", got)
	}
	if later := SinceAdopted(r, o, r.AsOf.AddDate(0, 0, 9), 1); later.Span != 0 || later.Mood.State != stats.FewWeeks {
		t.Errorf("adopted after the run = %+v, want no span and too few weeks", later)
	}
	if short := SinceAdopted(r, o, r.AsOf, 1); short.Mood.State != stats.FewWeeks {
		t.Errorf("adopted today: %q, want %q", short.Mood.State, stats.FewWeeks)
	}
}
