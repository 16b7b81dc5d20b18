package gauge

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"tribu/data"
)

// TestHandChecks holds every figure that can be worked out with a pencil.
func TestHandChecks(t *testing.T) {
	_, low, high := wilson(8, 40)
	node := returnOf(29, 93, 20) // a real NodeXL report, graph 177658
	s, z := mannKendall([]float64{10, 12, 11, 15, 18})
	plain, corrected := habit(5, 7, []float64{0.7, 0.3})
	tests := []struct {
		what      string
		got, want float64
	}{
		{"Wilson 8/40, low", low, 0.105}, {"Wilson 8/40, high", high, 0.348},
		{"Theil-Sen of 10,12,11,15,18", theilSen([]float64{10, 12, 11, 15, 18}), 2},
		{"Mann-Kendall S", float64(s), 8}, {"Mann-Kendall Z", z, 1.715},
		{"lift (12/40)/(30/400)", Lift(12, 40, 30, 400), 4},
		{"herding index 4.0/2.5", herdingIndex(4, []float64{2.5, 2.5}), 1.6},
		{"assortativity", Assortativity([][]float64{{.40, .05}, {.05, .50}}), 0.798},
		{"assortativity where all are of one group", Assortativity([][]float64{{1.0000000000000002}}), 0},
		{"E-I index of E 3, I 9", EI(3, 9), -0.5},
		{"habit 5/7", plain, 0.714}, {"habit 5/7, corrected", corrected, 0.320},
		{"reciprocated edges", node.Edges, 0.43011}, {"reciprocated pairs", node.Pairs, 0.27397},
		{"density", node.Density, 0.11453}, {"Garlaschelli-Loffredo rho", node.Rho, 0.3564},
		{"weighted reciprocity 8/15", weightedReturn(map[[2]int]float64{{1, 2}: 5, {2, 1}: 3, {1, 3}: 4, {3, 1}: 0, {2, 3}: 1, {3, 2}: 2}), 0.533},
		{"trust (30/60)/(10/40)", trustRatio(30, 60, 10, 40), 2},
		{"Gini of 0,1,1,2,6", gini([]int{0, 1, 1, 2, 6}), 0.52},
		{"bus factor of 0,1,1,2,6", float64(busFactor([]int{0, 1, 1, 2, 6})), 1},
		{"deference of in 9, out 3", deference(9, 3), 0.5},
		{"AUC of all above", auc([]float64{2, 3}, []float64{0, 1}), 1},
		{"AUC of ties", auc([]float64{1, 1}, []float64{1}), 0.5},
		{"AUC of one in four below", auc([]float64{1, 3}, []float64{0, 2}), 0.75},
		{"nobody turned to anybody", returnOf(10, 0, 0).Rho, 0},
	}
	for _, test := range tests {
		if math.Abs(test.got-test.want) > 0.0005 {
			t.Errorf("%s: got %.5f, want %.5f", test.what, test.got, test.want)
		}
	}
}

var start = time.Date(2026, 10, 5, 9, 0, 0, 0, time.UTC)

// A scene builds a world of n people in tribe ta.
type scene struct {
	n      int
	posts  []data.AnalyzedPost
	ties   []data.Interaction
	makers map[data.AuthorID]bool
	random *rand.Rand
}

func newScene(n int) *scene {
	return &scene{n: n, makers: map[data.AuthorID]bool{}, random: rand.New(rand.NewPCG(1, 2))}
}

func who(i int) data.AuthorID { return data.NewAuthorID("g", fmt.Sprint(i)) }

func (s *scene) post(author int, hours float64, topics ...string) *data.AnalyzedPost {
	p := data.AnalyzedPost{PostMeta: data.PostMeta{ID: data.NewPostID("g", fmt.Sprint(len(s.posts))), Source: "g", Author: who(author), CreatedAt: start.Add(time.Duration(hours * float64(time.Hour)))}}
	for _, topic := range topics {
		p.Topics = append(p.Topics, data.Term{Key: topic, Form: topic, Count: 1})
	}
	s.posts = append(s.posts, p)
	return &s.posts[len(s.posts)-1]
}

func (s *scene) turn(from, to int, hours float64) {
	s.ties = append(s.ties, data.Interaction{Post: data.NewPostID("g", fmt.Sprint("t", len(s.ties))), Kind: data.Reply, From: who(from), To: who(to), At: start.Add(time.Duration(hours * float64(time.Hour)))})
}

// world puts everybody into ta, or into what tribe says, before and after.
func (s *scene) world(tribe func(i int) data.TribeID) World {
	if tribe == nil {
		tribe = func(int) data.TribeID { return "ta" }
	}
	r := data.RunRecord{}
	for i := range s.n {
		s.post(i, -1)
		r.Members = append(r.Members, data.Member{Author: who(i), Tribe: tribe(i)})
	}
	before := r
	before.AsOf = start.Add(14 * 24 * time.Hour)
	return NewWorld(s.posts, s.ties, r, before, s.makers, 1)
}

func TestReciprocityKnowsReturnsFromChance(t *testing.T) {
	fair, cold := newScene(30), newScene(30)
	for i := range 30 {
		for k := 1; k <= 3; k++ {
			fair.turn(i, (i+k)%30, 1)
			fair.turn((i+k)%30, i, 2)
			cold.turn(i, (i+k)%30, 1)
		}
	}
	w, v := fair.world(nil), cold.world(nil)
	if r := reciprocity(&w, "ta"); r.P > 0.01 || r.Value < 0.9 {
		t.Errorf("everything returned: got %+v, want ρ near 1, p ≤ .01", r)
	}
	if r := reciprocity(&v, "ta"); r.P < 0.5 || r.Value > 0 {
		t.Errorf("nothing returned: got %+v, want ρ at most 0 and no significance", r)
	}
}

// TestHerdingNeedsMoreThanLikes: a ring in which signals travel from neighbour to neighbour herds; one
// in which friends like the same at moments of their own does not.
func TestHerdingNeedsMoreThanLikes(t *testing.T) {
	herd, likes := newScene(60), newScene(60)
	for i := range 60 {
		herd.turn(i, (i+1)%60, 0)
		likes.turn(i, (i+1)%60, 0)
	}
	for s := range 24 {
		topic, at := fmt.Sprint("topic", s), float64(s)
		for step := range 10 {
			v := (s*7 + step) % 60
			herd.post(v, at+float64(step)*100, topic)
			likes.post(v, at+1000*likes.random.Float64(), topic)
		}
	}
	w, v := herd.world(nil), likes.world(nil)
	if r := herding(&w, "ta"); r.State != "" || r.Low <= 1 || r.P > 0.01 {
		t.Errorf("signals that travel: got %+v, want an index whose interval is above 1", r)
	}
	if r := herding(&v, "ta"); r.State != "" || r.Low > 1 || !strings.Contains(r.Says, "likes") {
		t.Errorf("likes meeting likes: got %+v, want it explained by that", r)
	}
}

func TestHomophilyLooksAtNewTiesOnly(t *testing.T) {
	alike, mixed := newScene(40), newScene(40)
	for _, s := range []*scene{alike, mixed} {
		for i := range 40 {
			s.post(i, 1, []string{"bread", "bikes"}[i%2])
		}
	}
	for i := range 40 {
		alike.turn(i, (i+2)%40, 400)
		alike.turn(i, (i+4)%40, 400)
		mixed.turn(i, mixed.random.IntN(39)%40, 400)
		mixed.turn(i, (i+1+mixed.random.IntN(38))%40, 400)
	}
	w, v := alike.world(nil), mixed.world(nil)
	if r := homophily(&w, "ta"); r.P > 0.01 || r.Value < 1.5 {
		t.Errorf("new ties to the like: got %+v, want about 2, p ≤ .01", r)
	}
	if r := homophily(&v, "ta"); r.P < 0.05 {
		t.Errorf("new ties at random: got %+v, want no significance", r)
	}
	old := newScene(40)
	for i := range 40 {
		old.turn(i, (i+2)%40, 1)
		old.turn(i, (i+2)%40, 400)
	}
	x := old.world(nil)
	if r := homophily(&x, "ta"); r.State != "insufficient data (n=0)" {
		t.Errorf("pairs that met before: got %+v, want no data", r)
	}
}

func TestStagedTribesAreTold(t *testing.T) {
	staged, free := newScene(20), newScene(20)
	for k := range 6 {
		for i := range 20 {
			staged.post(i, float64(24*k)+float64(i)/600).Fingerprint = uint64(k+1) * 0x9e3779b97f4a7c15
			free.post(i, 24*float64(free.random.IntN(20))+14*free.random.Float64()).Fingerprint = free.random.Uint64()
		}
	}
	w, v := staged.world(nil), free.world(nil)
	if s := Staged(&w, "ta"); !s.Staged || s.Copies.Value < 0.8 || s.Synchrony.P > 0.01 {
		t.Errorf("the same words within seconds: got %+v, want possibly staged", s)
	}
	if s := Staged(&v, "ta"); s.Staged || s.Copies.Value > 0 {
		t.Errorf("own words at own hours: got %+v, want nothing staged", s)
	}
}

func TestHelpIsWhatMembersGive(t *testing.T) {
	s := newScene(25)
	for i := range 24 {
		p := s.post(i, float64(i))
		p.PostMeta.Acts = data.Asking
		asked := p.ID
		answer := s.post(24, float64(i)+float64(2+i%2*100)) // every other one too late
		answer.Parent, answer.PostMeta.Acts = asked, data.Offering
		reply := answer.ID
		thanks := s.post(i, float64(i)+200)
		thanks.Parent = reply
		if i < 6 {
			thanks.Needs = []data.Need{{Type: data.Praise, Object: "answer"}}
		}
	}
	w := s.world(nil)
	a := aidOf(&w, "ta")
	if a.Help.Value != 0.5 || a.Hours != 2 || a.BusFactor != 1 || a.Trust.Value != 0.25 {
		t.Errorf("aid: got %+v, want half helped, 2 hours, one helper, a quarter thanked", a)
	}
	if r := peersAgainstMakers(&w, "ta"); !strings.HasPrefix(r.State, "insufficient data (n=0)") {
		t.Errorf("no makers: got %+v, want insufficient data", r)
	}
}

func TestShowdownSaysWhoTellsBest(t *testing.T) {
	tests := []struct {
		name   string
		tribe  func(i int) data.TribeID
		seg    func(i int) string
		winner string
		says   string
	}{
		{"tribes know", func(i int) data.TribeID { return data.TribeID(fmt.Sprint("t", i%4)) }, func(i int) string { return fmt.Sprint(i % 3) }, "tribes", "tribes win"},
		{"segments know", func(i int) data.TribeID { return data.TribeID(fmt.Sprint("t", i%3)) }, func(i int) string { return fmt.Sprint(i % 4) }, "your segments", "tribes lose"},
	}
	for _, test := range tests {
		s := newScene(80)
		for range 200 { // people meet within their fourth
			a := s.random.IntN(80)
			s.turn(a, (a+4*(1+s.random.IntN(18)))%80, 400)
		}
		w := s.world(test.tribe)
		segments := map[data.AuthorID]string{}
		for i := range 80 {
			segments[who(i)] = test.seg(i)
		}
		got := Face(&w, segments)
		if got.Winner != test.winner || !strings.HasPrefix(got.Verdict, test.says) {
			t.Errorf("%s: got winner %q, %q, want %q, %q", test.name, got.Winner, got.Verdict, test.winner, test.says)
		}
		for _, c := range got.Ways {
			if alike := c.Assortativity == 1 && c.EI == -1; alike != (c.Name == test.winner) && c.Groups > 1 {
				t.Errorf("%s: %s has assortativity %.2f, E-I %.2f; only the winner's keep to themselves", test.name, c.Name, c.Assortativity, c.EI)
			}
		}
	}
}

// TestFewPeopleGiveNoFigure: below its least n no gauge gives a value, and each says how much there was.
func TestFewPeopleGiveNoFigure(t *testing.T) {
	s := newScene(6)
	for i := range 6 {
		s.turn(i, (i+1)%6, 1)
		s.post(i, 2, "bread")
	}
	w := s.world(nil)
	g := Measure(&w, "ta")
	for _, r := range append(g.Readings, g.Aid.Recognition, g.Aid.Help, g.Aid.Trust, g.Stage.Copies, g.Stage.Synchrony) {
		if !strings.HasPrefix(r.State, fmt.Sprintf("insufficient data (n=%d)", r.N)) || r.Value != 0 || r.Least <= r.N {
			t.Errorf("%s of six people: got %+v, want insufficient data", r.Gauge, r)
		}
	}
	if got := Face(&w, nil); !strings.HasPrefix(got.Verdict, "insufficient data") {
		t.Errorf("showdown of six people: got %q", got.Verdict)
	}
	if !reflect.DeepEqual(g, Measure(&w, "ta")) {
		t.Error("two readings of one world differ")
	}
}

func TestHabitsAndWhatBreaksThem(t *testing.T) {
	s := newScene(25)
	for i := range 25 {
		for k := range 6 {
			object := fmt.Sprint("brand", i%2)
			if k >= 4 && i < 10 {
				object = "other"
			}
			s.post(i, float64(24*k+i)).Needs = []data.Need{{Type: data.Praise, Object: object}}
			if k == 3 && i < 4 {
				s.post(i, float64(24*k+i)+1).Needs = []data.Need{{Type: data.Complaint, Object: "price"}}
			}
		}
	}
	w := s.world(nil)
	if r, got := breaks(&w, "ta"); got != (Triggers{Unfairness: 4, None: 6}) || r.State != "" {
		t.Errorf("breaks: got %+v, %+v, want 10, of them 4 after a complaint", got, r)
	}
	if h := selfHerding(&w, "ta"); h.P > 0.01 || h.Value < 0.5 {
		t.Errorf("self-herding: got %+v, want strong and significant", h)
	}
}

func TestHomogenisation(t *testing.T) {
	s := newScene(12)
	for week := range 6 {
		for i := range 12 {
			topic := fmt.Sprint("own", i)
			if i < 2*week+1 {
				topic = "shared"
			}
			s.post(i, float64(168*week+i), topic)
		}
	}
	w := s.world(nil)
	if r := homogenisation(&w, "ta"); r.Value >= 0 || r.P > 0.05 || r.Says != "members grow alike" {
		t.Errorf("ever more write the same: got %+v, want a falling distance", r)
	}
}

func TestStatusMap(t *testing.T) {
	s := newScene(41)
	for i := 1; i <= 40; i++ { // two stars of twenty, joined by 0
		s.turn(i, 1+(i-1)/20*20, 1)
	}
	s.turn(1, 0, 1)
	s.turn(0, 21, 1)
	w := s.world(nil)
	_, all := statusMap(&w, "ta")
	class := map[string]string{}
	for _, m := range all {
		class[m.ID] = m.Class
	}
	if class[who(21).String()] != "leader" || class[who(30).String()] != "member" {
		t.Errorf("status: got %q for the centre and %q for a leaf, want leader and member", class[who(21).String()], class[who(30).String()])
	}
	sum := 0.0
	for _, m := range all {
		sum += m.Rank
	}
	if math.Abs(sum-1) > 1e-4 {
		t.Errorf("PageRank: sums to %v, want 1", sum)
	}
}
