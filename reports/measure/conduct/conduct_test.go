package conduct

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/measure"
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
		Makers: map[data.AuthorID]bool{author("acme"): true}}}
}

func author(name string) data.AuthorID { return data.NewAuthorID("t", name) }

func (c *community) post(who, thread string, parent data.PostID, after time.Duration, words string, needs ...data.Need) data.PostID {
	c.n++
	id := data.NewPostID("t", fmt.Sprint(c.n))
	p := data.PostMeta{ID: id, Source: "t", Author: author(who), Thread: data.NewThreadID("t", thread), Parent: parent, CreatedAt: monday.Add(after)}
	if p.Acts = data.Offering; len(needs) > 0 {
		p.Acts = data.Asking
	}
	c.in.Posts = append(c.in.Posts, p)
	c.in.Words[id] = words
	for _, n := range needs {
		n.Quote, n.Lang = words, data.LangEN
		c.in.Needs = append(c.in.Needs, data.NeedRow{PostMeta: p, Need: n})
	}
	return id
}

func (c *community) turn(post data.PostID, from, to string) {
	c.in.Interactions = append(c.in.Interactions, data.Interaction{Post: post, Kind: data.Mention, From: author(from), To: author(to)})
}

const hour = time.Hour

var (
	ask       = data.Need{Type: data.Wish, Object: "motor"}
	complaint = data.Need{Type: data.Complaint, Object: "motor", Polarity: -1}
)

// TestPromises: a promise is kept by another post of a maker in time: within 72 hours, or within
// what it says.
func TestPromises(t *testing.T) {
	for _, c := range []struct {
		name, words string
		by          string
		back        time.Duration // 0: never
		kept, open  bool
		none        bool
	}{
		{"back in two days", "we'll get back to you", "acme", 48 * hour, true, false, false},
		{"back after four", "we'll get back to you", "acme", 96 * hour, false, false, false},
		{"back in four, as it said", "ti aggiorniamo entro 5 giorni", "acme", 96 * hour, true, false, false},
		{"back in two days, having said one", "ti aggiorniamo entro un giorno", "acme", 48 * hour, false, false, false},
		{"never back", "keep you posted", "acme", 0, false, false, false},
		{"not due yet", "we'll get back to you within 30 days", "acme", 0, false, true, false},
		{"a peer's promise", "we'll get back to you", "peer", 0, false, false, true},
		{"no promise", "it works here", "acme", 0, false, false, true},
	} {
		world := newCommunity()
		world.post("ada", "t", data.PostID{}, 0, "help")
		world.post(c.by, "t", data.PostID{}, hour, c.words)
		world.post("ada", "t", data.PostID{}, 2*hour, "ok")
		if c.back > 0 {
			world.post(c.by, "t", data.PostID{}, hour+c.back, "here we are")
		}
		r := measure.Read(world.in)
		got, ok := promiseIn(r, Params{}.filled(), r.Thread(data.NewThreadID("t", "t")))
		if ok == c.none || got != (promise{c.kept, c.open}) {
			t.Errorf("%s: %+v, %v; want kept %v, open %v", c.name, got, ok, c.kept, c.open)
		}
	}
}

func TestPromiseShare(t *testing.T) {
	world := newCommunity()
	for i := range 25 {
		thread := fmt.Sprint(i)
		world.post("acme", thread, data.PostID{}, 0, "we will look into it")
		if i < 15 {
			world.post("acme", thread, data.PostID{}, 10*hour, "it was the fuse")
		}
	}
	if got := PromisesKept(measure.Read(world.in), Params{}); got.K != 15 || got.N != 25 || got.Value != 0.6 {
		t.Errorf("kept = %v, want 15 of 25", got)
	}
	world.in.Makers = nil
	if got := PromisesKept(measure.Read(world.in), Params{}); got.State != NoMakers {
		t.Errorf("kept without makers = %q, want %q", got.State, NoMakers)
	}
}

func TestResponses(t *testing.T) {
	world := newCommunity()
	for i := range 30 {
		thread, who := fmt.Sprint(i), fmt.Sprint("p", i)
		id := world.post(who, thread, data.PostID{}, 0, "dear acme, how?", ask)
		world.turn(id, who, "acme")
		switch {
		case i < 12:
			world.post("acme", thread, id, 2*hour, "so")
		case i < 18:
			world.post("acme", thread, id, 80*hour, "so")
		}
	}
	late := world.post("q", "late", data.PostID{}, 20*24*hour, "dear acme", ask)
	world.turn(late, "q", "acme")
	other := world.post("z", "other", data.PostID{}, 0, "how?", ask)
	world.post("acme", "other", other, hour, "like this")
	for i := range 9 {
		world.post("acme", fmt.Sprint("own", i), data.PostID{}, hour, "buy")
	}
	got := Responses(measure.Read(world.in), Params{})[0]
	if got.Addressed != 30 || got.Answered.K != 12 || got.Answered.Value != 0.4 {
		t.Errorf("response = %+v; want 12 of 30 in time, the last one not due yet", got)
	}
	if got.Delay.Median != (2 * hour).Seconds() {
		t.Errorf("delay %v s, want 2 h", got.Delay.Median)
	}
	world.in.Makers = nil
	if got := Responses(measure.Read(world.in), Params{})[0]; got.State != NoMakers {
		t.Errorf("response without makers = %q, want %q", got.State, NoMakers)
	}
}

func TestTrustRatio(t *testing.T) {
	for _, c := range []struct {
		peersAccepted, peers, makersAccepted, makers int
		want                                         float64
		state                                        stats.State
	}{
		{30, 60, 10, 40, 2, stats.Known},
		{30, 60, 5, 19, 0, stats.Insufficient},
		{5, 19, 10, 40, 0, stats.Insufficient},
		{30, 60, 0, 40, 0, stats.Undefined},
	} {
		if got := trustRatio(c.peersAccepted, c.peers, c.makersAccepted, c.makers, 20); got.Ratio != c.want || got.State != c.state {
			t.Errorf("trustRatio(%d/%d, %d/%d) = %v, %q; want %v, %q", c.peersAccepted, c.peers, c.makersAccepted, c.makers, got.Ratio, got.State, c.want, c.state)
		}
	}
}

// TestTrustOf: thanks go to the answer they reply to, else to the last one before.
func TestTrustOf(t *testing.T) {
	world := newCommunity()
	for i := range 40 {
		thread, who := fmt.Sprint(i), fmt.Sprint("p", i)
		q := world.post(who, thread, data.PostID{}, 0, "how?", ask)
		first := world.post("peer", thread, q, hour, "so")
		last := world.post("acme", thread, q, 2*hour, "or so")
		switch {
		case i < 20:
			world.post(who, thread, first, 3*hour, "thanks, that worked")
		case i < 30:
			world.post(who, thread, last, 3*hour, "grazie mille")
		}
	}
	got := TrustOf(measure.Read(world.in), Params{})
	if got.Peers.K != 20 || got.Makers.K != 10 || got.Ratio != 2 {
		t.Errorf("trust = %+v; want 20 and 10 of 40, ratio 2", got)
	}
}

func TestPowerOf(t *testing.T) {
	world := newCommunity()
	for i := range 20 {
		thread := fmt.Sprint(i)
		world.post(fmt.Sprint("p", i), thread, data.PostID{}, 0, "this is unfair", complaint)
		for k := range 6 {
			words := "same here"
			if i >= 8 {
				words = "nice weather"
			}
			if k < 5 || i > 0 {
				world.post(fmt.Sprint("q", k), thread, data.PostID{}, hour, words)
			}
		}
		switch {
		case i < 4:
			world.post("acme", thread, data.PostID{}, 10*hour, "ci scusiamo, abbiamo risolto")
		case i < 10:
			world.post("acme", thread, data.PostID{}, 20*hour, "read the manual")
		}
	}
	got := PowerOf(measure.Read(world.in), Params{})
	if got.Joint.K != 8 || got.Joint.N != 20 || got.Reacted.K != 10 || got.Conceded.K != 4 || got.Reaction.Median != (20*hour).Seconds() {
		t.Errorf("power = %v joint, %v reacted, %v conceded, %v s; want 8, 10, 4 of 20, 20 h", got.Joint, got.Reacted, got.Conceded, got.Reaction.Median)
	}
	if first := got.Complaints[slices.IndexFunc(got.Complaints, func(c Complaint) bool { return c.Post.Author == author("p0") })]; first.Agreeing != 5 || got.Unfair.K != 20 || got.Unfair.N != 26 {
		t.Errorf("agreeing %d, unfair %v; want 5, 20 of 26", first.Agreeing, got.Unfair)
	}
}

func TestMoods(t *testing.T) {
	world := newCommunity()
	world.in.Tribes = []data.Tribe{{ID: "ta"}}
	for week := range 8 {
		for i := range 6 {
			polarity := -1
			if i < week-1 {
				polarity = 1
			}
			who := fmt.Sprint("p", i)
			world.post(who, fmt.Sprint(week, i), data.PostID{}, time.Duration(week-5)*measure.Week+hour, "x", data.Need{Type: data.Praise, Polarity: polarity})
		}
	}
	world.in.Makers[author("acme")] = true
	world.post("acme", "own praise", data.PostID{}, 2*measure.Week+hour, "x", data.Need{Type: data.Praise, Polarity: 1})
	got := Moods(measure.Read(world.in), 8, 0.6)
	if got[0].Weeks[7].Median != 1 || got[0].Weeks[0].Median != -1 || !got[0].Trend.Significant || got[0].Accuracy != 0.6 {
		t.Errorf("mood = %+v; want a significant rise from −1 to 1, with its accuracy", got[0])
	}
	if len(got[0].Posts) != 6 || len(got[1].Posts) != 0 {
		t.Errorf("posts behind the mood: %d of everybody, %d of the tribe; want those of the six of the last week, and none", len(got[0].Posts), len(got[1].Posts))
	}
	if got[1].Weeks[7].State.Told(got[1].Weeks[7].N) != "not enough (n=0)" {
		t.Errorf("mood of an empty tribe = %+v, want not enough (n=0)", got[1].Weeks[7])
	}
}

// TestBalance: a maker gives by answering a question; all else came unasked, but for talk among
// makers and with those who had asked.
func TestBalance(t *testing.T) {
	c := newCommunity()
	c.in.Makers[author("bolt")] = true
	var none data.PostID
	for i := range 4 {
		thread := fmt.Sprint("asked", i)
		q := c.post("ada", thread, none, hour, "I need a motor", ask)
		c.post("acme", thread, q, 2*hour, "here is how")
	}
	for i := range 6 {
		c.post("acme", fmt.Sprint("own", i), none, hour, "new this week")
	}
	chat := c.post("bo", "chat", none, hour, "lovely weather")
	c.post("acme", "chat", chat, 2*hour, "buy ours") // nobody had asked
	c.post("acme", "talked over", none, hour, "new this week")
	c.post("bo", "talked over", c.post("ida", "other", none, 2*hour, "mine too"), 3*hour, "hello ida") // answers another
	own := c.post("bolt", "makers", none, hour, "hello")
	c.post("acme", "makers", own, 2*hour, "hello yourself") // among makers
	q := c.post("eva", "sold", none, hour, "I need a motor", ask)
	c.post("acme", "sold", q, 2*hour, "Summer is here: 10% off with code SUN") // an advert
	thanks := c.post("ada", "asked0", none, 3*hour, "it runs")
	c.post("acme", "asked0", thanks, 4*hour, "glad to hear") // to one who had asked
	c.in.Posts[len(c.in.Posts)-1].Acts = 0
	for i, held := range []string{"We are sorry. We will get back to you within two days.", "Richiesta passata al reparto tecnico. Ordina ora, sconto del 10%."} {
		thread := fmt.Sprint("held", i)
		q := c.post("leo", thread, none, hour, "I need a motor", ask)
		c.post("acme", thread, q, 2*hour, held)
	}
	r := measure.Read(c.in)
	got := BalanceOf(r)
	if got.Held != 2 || len(got.Put) != 2 || got.Given != 4 || got.Talk != 2 || got.Unasked != 10 || got.Ignored != 9 || len(got.Gave) != 4 || len(got.Pushed) != 10 {
		t.Errorf("got %+v, want 4 given, 2 put off, 2 of talk and 10 unasked, 9 of them ignored", got)
	}
	c.in.Makers = nil
	if got := BalanceOf(measure.Read(c.in)); got.State != NoMakers {
		t.Errorf("no makers: got %+v", got)
	}
	few := newCommunity()
	few.post("acme", "own", none, hour, "new this week")
	if got := BalanceOf(measure.Read(few.in)); got.State != stats.Insufficient {
		t.Errorf("one post: got %+v", got)
	}
}
