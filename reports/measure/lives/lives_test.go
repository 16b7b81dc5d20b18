package lives

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/measure"
)

// TestFrames reads what things are for.
func TestFrames(t *testing.T) {
	find := newFinder()
	for _, c := range []struct{ text, want string }{
		{"I use the old bath to keep the seedlings damp.", "old bath|for|keep the seedlings damp"},
		{"We always use coffee grounds for the blueberries on the roof.", "coffee grounds|for|the blueberries on the roof"},
		{"I use the shade net when August gets serious.", "shade net|when|August gets serious"},
		{"Thanks to the timer I can leave for two weeks.", "timer|through|leave for two weeks"},
		{"The calendar helps me remember who waters what.", "calendar|through|remember who waters what"},
		{"Uso la pacciamatura per non annaffiare ogni sera.", "pacciamatura|for|non annaffiare ogni sera"},
		{"Grazie alla cisterna riesco a stare via una settimana.", "cisterna|through|stare via una settimana"},
		{"Il gruppo mi aiuta a non mollare.", "gruppo|through|non mollare"},
		{"Because of this. We USE the hose for the lower beds.", "hose|for|the lower beds"},
		{"I use it to dig.", ""},
		{"How do I use a net to keep birds out?", ""},
		{"Nothing of the kind.", ""},
	} {
		got := ""
		for _, f := range find.frames(data.PostMeta{}, c.text) {
			got += f.Object + "|" + f.Kind + "|" + f.Purpose
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestContexts(t *testing.T) {
	end := time.Date(2026, 6, 28, 22, 0, 0, 0, time.UTC)
	asker, peer, maker := data.NewAuthorID("s", "asker"), data.NewAuthorID("s", "peer"), data.NewAuthorID("s", "maker")
	in := measure.Input{AsOf: end, Window: data.Window{From: end.AddDate(0, 0, -28), To: end}, Words: map[data.PostID]string{}, Makers: map[data.AuthorID]bool{maker: true}}
	for i, thread := range [][]struct {
		by   data.AuthorID
		says string
	}{
		{{asker, "My tap drips."}, {peer, "New washer: put one in where it drips."}, {asker, "That worked!"}},
		{{asker, "My tap drips."}, {maker, "We send one: put it in where it drips."}, {asker, "Problem solved, it works now."}},
		{{asker, "My tap drips."}, {asker, "Problem solved."}, {peer, "Good."}},
		{{asker, "My tap drips."}, {peer, "Mine too."}},
		{{asker, "My tap drips."}},
		{{asker, "My tap drips."}, {peer, "Thanks for asking. Which tap?"}, {asker, "That worked!"}},
		{{asker, "My tap drips."}, {peer, "An embedded and charset-unspecified text was scrubbed...\nName: not available"}, {asker, "That worked!"}},
		{{asker, "My tap drips."}, {peer, "New valve: which tap is it?"}, {asker, "That worked!"}},
		{{asker, "My tap drips."}, {peer, "Poor you."}, {asker, "That worked!"}},
		{{asker, "My tap drips."}, {peer, "New seat: grind it."}, {asker, "Thanks for the suggestions. By no means is it dry."}},
	} {
		for k, p := range thread {
			m := data.PostMeta{ID: data.NewPostID("s", fmt.Sprint(i, k)), Author: p.by, Thread: data.NewThreadID("s", fmt.Sprint(i)), CreatedAt: end.Add(time.Duration(i*10+k-200) * time.Hour)}
			if m.Acts = data.Asking; k > 0 {
				m.Parent = data.NewPostID("s", fmt.Sprint(i, k-1))
			}
			if strings.HasPrefix(p.says, "New ") || strings.HasPrefix(p.says, "We send") {
				m.Acts |= data.Offering
			}
			if strings.HasSuffix(p.says, "?") {
				m.Acts |= data.Wondering
			}
			in.Posts = append(in.Posts, m)
			in.Words[m.ID] = p.says
			if k == 0 {
				in.Needs = append(in.Needs, data.NeedRow{PostMeta: m, Need: data.Need{Type: data.Problem, Object: "tap", Quote: p.says}})
			}
		}
	}
	c := Contexts(measure.Read(in), []string{"tap", "shade"})
	if got, want := fmt.Sprint(c[0].Conversations, c[0].By), "10 map[maker:1 nobody:1 peer:5 self:1 silent:2]"; got != want {
		t.Errorf("contexts %s, want %s", got, want)
	}
	if got := c[0].Solved; len(got) != 3 || !strings.HasPrefix(got[0].How, "We send") || !strings.HasPrefix(got[1].How, "New washer") || got[2].How != "" {
		t.Errorf("solved %+v, want the maker's, then the new washer, then one without words", got)
	}
	if c[1].Conversations != 0 {
		t.Errorf("shade: %+v, want nothing", c[1])
	}
}

// TestHow: what is shown of an answer tells what to do about what was asked, in sentences that stand together.
func TestHow(t *testing.T) {
	g := newGuide(measure.Read(measure.Input{}))
	for _, c := range []struct{ asked, answer, want string }{
		{"How do I stop the gutter from leaking?", "Mine did too. You can seal the gutter with a strip of zinc. Let it dry.", "You can seal the gutter with a strip of zinc. Let it dry."},
		{"How do I stop the gutter from leaking?", "A strip of zinc is enough. It only needs glue, so use some on the gutter.", "A strip of zinc is enough. It only needs glue, so use some on the gutter."},
		{"How do I stop the gutter from leaking?", "Probably a gutter is not something you want to mess with. Gutters are tricky.", ""},
		{"How do I stop the gutter from leaking?", "Very useful example of a gutter, try to keep it.", ""},
		{"How do I stop the gutter from leaking?", "You should see my ladder.", ""},
		{"How do I stop the gutter from leaking?", "It needs glue, so use some on the gutter.", ""},
		{"Who can hold my ladder?", "Three of us asked the same. We drew up a list on a tin lid, two evenings each. Nobody fell.", "We drew up a list on a tin lid, two evenings each."},
		{"Chi mi tiene la scala?", "Capita. Abbiamo diviso le sere in due, con un foglio appeso.", "Abbiamo diviso le sere in due, con un foglio appeso."},
		{"Come si chiude una grondaia che perde?", "Capita. Metta una striscia di zinco sulla grondaia.", "Metta una striscia di zinco sulla grondaia."},
		{"Come si chiude una grondaia che perde?", "Sconsiglio di toccare la grondaia: conviene aspettare.", ""},
	} {
		if got := g.how(c.asked, c.answer); got != c.want {
			t.Errorf("how of %q = %q, want %q", c.answer, got, c.want)
		}
	}
}

func TestOwn(t *testing.T) {
	for said, want := range map[string]bool{
		"I use the old bath for my worms.":           true,
		"Uso la cisterna per i miei pomodori.":       true,
		"I use the following command to install.":    false,
		"I use the menu to update my library.":       false,
		"Myriam says: we use capitals for contrasts": false,
	} {
		if got := (Frame{Text: said}).Own(); got != want {
			t.Errorf("%q: own %v, want %v", said, got, want)
		}
	}
}
