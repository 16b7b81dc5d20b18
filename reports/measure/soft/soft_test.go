package soft

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/stats"
)

var monday = time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)

type community struct {
	in measure.Input
	n  int
}

func newCommunity() *community {
	to := monday.AddDate(0, 0, 21)
	return &community{in: measure.Input{AsOf: to, Window: data.Window{From: to.AddDate(0, 0, -28), To: to}, Words: map[data.PostID]string{},
		Tribes: []data.Tribe{{ID: "ta"}, {ID: "tb"}}}}
}

func author(name string) data.AuthorID { return data.NewAuthorID("t", name) }

func (c *community) post(who, place, words string, to ...string) data.PostID {
	c.n++
	id := data.NewPostID("t", fmt.Sprint(c.n))
	p := data.PostMeta{ID: id, Source: "t", Place: place, Author: author(who), Thread: data.NewThreadID("t", fmt.Sprint(c.n)), CreatedAt: monday.Add(time.Duration(c.n) * time.Minute)}
	c.in.Posts = append(c.in.Posts, p)
	c.in.Words[id] = words
	for _, name := range to {
		c.in.Interactions = append(c.in.Interactions, data.Interaction{Post: id, Kind: data.Reply, From: p.Author, To: author(name), At: p.CreatedAt})
	}
	return id
}

// tribe has people of a tribe write one post each; the first few show a motive.
func (c *community) tribe(id data.TribeID, people, showing int, words string) {
	for i := range people {
		who := fmt.Sprint(id, i)
		c.in.Members = append(c.in.Members, data.Member{Author: author(who), Tribe: id})
		if i < showing {
			c.post(who, fmt.Sprint("place", i%2), words)
		} else {
			c.post(who, "place", "it rains on the garden")
		}
	}
}

func panelOf(c *community, p Params) (Panel, map[signs.Sign]Label) {
	out := Read(measure.Read(c.in), p)[0]
	labels := map[signs.Sign]Label{}
	for _, l := range out.Labels {
		labels[l.Motive] = l
	}
	return out, labels
}

// TestFigureAndGround: a tribe's motive is a figure only where it is distinct, and told only where
// enough people show it.
func TestFigureAndGround(t *testing.T) {
	for _, c := range []struct {
		name            string
		people, showing int
		elsewhere       int
		state           stats.State
		figure          bool
	}{
		{"half of a tribe, nobody else", 60, 30, 0, stats.Known, true},
		{"as many as elsewhere", 60, 15, 100, stats.Known, false},
		{"nine people", 60, 9, 0, Withheld, false},
		{"a tribe of nineteen", 19, 15, 0, stats.Insufficient, false},
	} {
		world := newCommunity()
		world.tribe("ta", c.people, c.showing, "nobody gives us credit for it")
		world.tribe("tb", 400, c.elsewhere, "nobody gives us credit for it")
		panel, labels := panelOf(world, Params{})
		got := labels[signs.Recognition]
		if got.State != c.state || got.Figure != c.figure {
			t.Errorf("%s: %q, figure %v (z %.2f); want %q, %v", c.name, got.State, got.Figure, got.Z, c.state, c.figure)
		}
		if c.figure && (panel.Labels[0].Motive != signs.Recognition || got.Rate.K != c.showing || len(got.Quotes) != 3 || math.Abs(got.Spread-0.5) > 1e-9) {
			t.Errorf("%s: %+v; want the first label, %d people, 3 quotes, spread .5", c.name, got, c.showing)
		}
		if got.State == Withheld && (got.Authors != 0 || got.Quotes != nil || got.Evidence != nil) {
			t.Errorf("%s: %+v; want nothing told", c.name, got)
		}
		for _, l := range panel.Labels {
			if l.Figure && l.Z < stats.DistinctAt {
				t.Errorf("%s: %s is a figure with z %.2f", c.name, l.Motive, l.Z)
			}
		}
	}
}

func TestNobodyIsNamed(t *testing.T) {
	world := newCommunity()
	world.tribe("ta", 60, 30, "nobody gives us credit for it")
	world.tribe("tb", 100, 0, "")
	agreed := map[data.AuthorID]bool{author("ta0"): true}
	_, labels := panelOf(world, Params{Consent: agreed})
	for i, q := range labels[signs.Recognition].Quotes {
		if named := q.Author != (data.AuthorID{}) || q.URL != "" || !q.Post.IsZero(); named != (i == 0) {
			t.Errorf("quote %d = %+v; want only the person who agreed named", i, q)
		}
	}
}

// TestHypothesis: plain from a precision of .80, where the needs of ten people record the motive too.
func TestHypothesis(t *testing.T) {
	for _, c := range []struct {
		precision float64
		confirmed int
		want      bool
	}{{0, 30, true}, {0.79, 30, true}, {0.80, 30, false}, {0.80, 10, false}, {0.80, 9, true}} {
		world := newCommunity()
		world.tribe("ta", 60, 30, "nobody gives us credit for it")
		for _, p := range world.in.Posts[:c.confirmed] {
			world.in.Needs = append(world.in.Needs, data.NeedRow{PostMeta: p, Need: data.Need{Type: data.Complaint, Quote: world.in.Words[p.ID], Motives: []string{"recognition"}}})
		}
		_, labels := panelOf(world, Params{Precision: map[signs.Sign]float64{signs.Recognition: c.precision}})
		if got := labels[signs.Recognition]; got.Hypothesis != c.want || got.Confirmed != c.confirmed {
			t.Errorf("precision %v, %d confirmed: hypothesis %v of %d, want %v", c.precision, c.confirmed, got.Hypothesis, got.Confirmed, c.want)
		}
	}
}

func TestNoSoftSignal(t *testing.T) {
	world := newCommunity()
	world.tribe("ta", 40, 0, "")
	if panel, _ := panelOf(world, Params{}); panel.Told != "no soft signal found (n=40)" {
		t.Errorf("told %q, want no soft signal found (n=40)", panel.Told)
	}
}

func TestRoleSpeaksForNobody(t *testing.T) {
	world := newCommunity()
	world.tribe("ta", 40, 30, "as a company we want recognition for our products")
	panel, labels := panelOf(world, Params{})
	if labels[signs.Recognition].State != Withheld || panel.Soft.K != 0 {
		t.Errorf("role voice: %+v, soft share %v; want no motive of a person", labels[signs.Recognition], panel.Soft)
	}
}

func TestRecognitionGap(t *testing.T) {
	world := newCommunity()
	world.tribe("ta", 40, 20, "nobody gives us credit for it")
	for i := range 10 {
		world.post("ta39", "place", "thank you so much", fmt.Sprint("ta", i%5))
	}
	panel, _ := panelOf(world, Params{})
	got := panel.Recognition
	if got.Wanted.Value != 0.5 || got.Received.Value != 0.125 || got.Gap != 0.375 || got.PerPost != 0.2 {
		t.Errorf("recognition = %+v; want .5 wanted, .125 received, a gap of .375, .2 a post", got)
	}
}

func TestMoverScore(t *testing.T) {
	for _, c := range []struct {
		ranks, adopters []int
		want            float64
	}{
		{[]int{2}, []int{5}, 0.5},
		{[]int{0, 4}, []int{5, 5}, 0.5},
		{[]int{0}, []int{1}, 0},
	} {
		if got, _ := moverScore(c.ranks, c.adopters); got != c.want {
			t.Errorf("moverScore(%v of %v) = %v, want %v", c.ranks, c.adopters, got, c.want)
		}
	}
}

func TestMovers(t *testing.T) {
	world := newCommunity()
	for _, topic := range []string{"solar", "worms", "drip"} {
		for i := range 5 {
			world.post(fmt.Sprint("p", i), "", topic)
			world.in.Needs = append(world.in.Needs, data.NeedRow{PostMeta: world.in.Posts[len(world.in.Posts)-1], Need: data.Need{Type: data.Wish, Object: topic}})
		}
	}
	r := measure.Read(world.in)
	if paces := Paces(r); paces[0].State != Withheld || paces[0].People != 0 {
		t.Errorf("paces %+v; want small tribes withheld", paces)
	}
	got := map[data.AuthorID]float64{}
	for _, m := range movers(r) {
		got[m.author] = m.score
	}
	for i, want := range []float64{1, 0.75, 0.5, 0.25, 0} {
		if score, ok := got[author(fmt.Sprint("p", i))]; !ok || score != want {
			t.Errorf("number %d to take three topics up: score %v, want %v", i+1, score, want)
		}
	}
}

func TestArticulators(t *testing.T) {
	world := newCommunity()
	world.post("a", "", "well said!", "ada")
	world.post("b", "", "non avrei saputo dirlo meglio", "ada")
	world.post("b", "", "you put into words what we feel", "bob")
	world.post("c", "", "well said", "cleo")
	world.post("d", "", "well said", "cleo")
	named, hidden := Articulators(measure.Read(world.in), map[data.AuthorID]bool{author("ada"): true, author("bob"): true})
	if len(named) != 1 || named[0].Author != author("ada") || named[0].Repliers != 2 || len(named[0].Evidence) != 2 || hidden != 1 {
		t.Errorf("articulators = %+v, %d hidden; want ada by two people, cleo hidden", named, hidden)
	}
}

func TestCongruence(t *testing.T) {
	got := congruence([]string{"affidabile", "innovativa"}, map[string]int{"affidabile": 3, "lenta": 4})
	if math.Abs(got-0.424) > 0.0005 {
		t.Errorf("Congruence = %v, want .424", got)
	}
}

func TestImageOf(t *testing.T) {
	world := newCommunity()
	for i := range 21 {
		world.post(fmt.Sprint("p", i), "", []string{"Acme è affidabile", "la Acme è lenta, troppo", "Acme non è innovativa"}[i%3])
	}
	got := ImageOf(measure.Read(world.in), []string{"Acme"}, []string{"affidabile", "innovativa"})
	if got.State != stats.Insufficient || got.Authors != 14 {
		t.Errorf("image = %+v; want 14 authors, too few: what is denied does not count", got)
	}
	for i := range 14 {
		world.post(fmt.Sprint("q", i), "", "Acme is slow and affidabile")
	}
	got = ImageOf(measure.Read(world.in), []string{"acme"}, []string{"affidabile", "innovativa"})
	if want := 21 / (math.Sqrt2 * math.Sqrt(21*21+7*7+14*14)); got.State != stats.Known || math.Abs(got.Congruence-want) > 1e-9 {
		t.Errorf("image = %+v; want congruence %v", got, want)
	}
}

func TestImplicit(t *testing.T) {
	world := newCommunity()
	world.post("a", "", "This is ridiculous. The bus never comes.")
	world.post("b", "", "This is ridiculous. When does the bus come?")
	world.post("c", "", "Sono stufo di tutto")
	world.post("d", "", "vorrei un autobus")
	for i := range 20 {
		world.post(fmt.Sprint("e", i), "", "vorrei un autobus")
	}
	got := ImplicitNeeds(measure.Read(world.in))
	if len(got.Found) != 2 || got.Found[0].Trigger != "This is ridiculous." || got.Share.K != 2 || got.Share.N != 24 {
		t.Errorf("implicit = %+v; want 2 of 24, with their sentences", got)
	}
	if !strings.HasPrefix(got.Found[0].Inferred, "inferred") {
		t.Errorf("expectation %q is not marked as inferred", got.Found[0].Inferred)
	}
}
