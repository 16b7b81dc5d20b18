package figures

import (
	"testing"
	"time"

	"tribu/data"
)

// A request that got its reply elsewhere, or by a clock that goes wrong, is not left open.
func TestAnsweredElsewhere(t *testing.T) {
	const asks = "How do I read the coefficients?"
	question := line{"1", "bo", 120, "t1", "", "coefficients"}
	for _, c := range []struct {
		name   string
		lines  []line
		titles [2]string // of the conversations t1 and t2
		open   int
	}{
		{"nobody replied", nil, [2]string{"Coefficients", ""}, 1},
		{"a reply stamped before its question", []line{{"2", "ada", 121, "t3", "1", ""}}, [2]string{"Coefficients", ""}, 0},
		{"a second thread of the same title, in which the asker says thanks", []line{{"2", "ada", 100, "t2", "", ""}, {"3", "bo", 90, "t2", "", ""}}, [2]string{"Coefficients", "Re: Fwd: coefficients"}, 0},
		{"the same title, in which the asker is not", []line{{"2", "ada", 100, "t2", "", ""}}, [2]string{"Coefficients", "Coefficients"}, 1},
		{"the same title, in answer to a post that is not known", []line{{"2", "ada", 100, "t2", "lost", ""}}, [2]string{"Coefficients", "Re: coefficients"}, 0},
		{"the same title, in answer to an earlier post that is not known", []line{{"2", "ada", 130, "t2", "lost", ""}}, [2]string{"Coefficients", "Re: coefficients"}, 1},
		{"another title, in answer to a post that is not known", []line{{"2", "ada", 100, "t2", "lost", ""}}, [2]string{"Coefficients", "Offset"}, 1},
		{"another title", []line{{"2", "ada", 100, "t2", "", ""}, {"3", "bo", 90, "t2", "", ""}}, [2]string{"Coefficients", "Offset"}, 1},
		{"posted twice, the second answered", []line{{"2", "bo", 119, "t2", "", "coefficients"}, {"3", "ada", 118, "t2", "2", ""}}, [2]string{"Coefficients", "Help"}, 0},
	} {
		s := tell(append([]line{question}, c.lines...), map[string][]string{"x": {"ada", "bo"}})
		for i, l := range c.lines {
			if l.to == "lost" {
				s.Activity[i+1].Parent = data.NewPostID("x", l.to)
			}
		}
		for i := range s.Activity { // "2" answers "1" whatever their order
			if s.Activity[i].Thread == data.NewThreadID("x", "t3") {
				s.Activity[i].Parent = data.NewPostID("x", "1")
				s.Activity[0], s.Activity[i] = s.Activity[i], s.Activity[0]
			}
		}
		s.Threads = map[data.ThreadID]data.Thread{}
		for i, title := range c.titles {
			s.Threads[data.NewThreadID("x", []string{"t1", "t2"}[i])] = data.Thread{Title: title}
		}
		for i := range s.Needs {
			s.Needs[i].Quote, s.Needs[i].Type, s.Needs[i].Acts = asks, data.HowTo, data.Asking
		}
		f := Count(s, Params{})
		if got := len(f.Tribes[0].Open); got != c.open {
			t.Errorf("%s: %d left open, want %d", c.name, got, c.open)
		}
		for _, w := range f.Pace.Weekly {
			if w.Median < 0 || w.Median > 48*time.Hour {
				t.Errorf("%s: a reply after %v", c.name, w.Median)
			}
		}
	}
}
