package conduct

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
)

func TestGate(t *testing.T) {
	row := func(c float64, lang data.Lang) data.NeedRow {
		return data.NeedRow{Need: data.Need{Confidence: c, Lang: lang, Quote: "=1+1", Type: data.Wish}}
	}
	sure, review := Sort([]data.NeedRow{row(0.6, data.LangEN), row(0.59, data.LangEN), row(0.9, data.LangUnd), row(0.9, data.LangIT)})
	if len(sure) != 2 || len(review) != 2 {
		t.Errorf("%d sure, %d to review; want 2, 2", len(sure), len(review))
	}
	var out strings.Builder
	if err := WriteReview(&out, Gate{Review: review}); err != nil {
		t.Fatal(err)
	}
	if lines := strings.Split(out.String(), "\n"); len(lines) != 4 || !strings.Contains(lines[1], ",0.59,'=1+1,") {
		t.Errorf("review.csv =\n%s\nwant two rows, the formula disarmed", out.String())
	}
}

// TestUnread: a post in a language nobody hears is for a person to read, one in a heard language is not.
func TestUnread(t *testing.T) {
	world := newCommunity()
	world.post("a", "1", data.PostID{}, hour, "I need a lamp", data.Need{Type: data.Wish, Lang: data.LangEN})
	world.post("b", "2", data.PostID{}, hour, "=preciso de uma lâmpada")
	for i, lang := range []data.Lang{data.LangEN, "pt"} {
		world.in.Posts[i].Lang = lang
	}
	got := Unread(measure.Read(world.in))
	if len(got) != 1 || got[0].Post.Lang != "pt" || got[0].Words != "=preciso de uma lâmpada" {
		t.Fatalf("unread = %+v, want the one in Portuguese", got)
	}
	var out strings.Builder
	if err := WriteReview(&out, Gate{Unread: got}); err != nil || !strings.Contains(out.String(), ",pt,,'=preciso") {
		t.Errorf("review.csv = %q, %v; want the post, the formula disarmed", out.String(), err)
	}
}

// TestEmotions: of twenty-four people who write in a week six are furious and twelve delighted; in the
// week before nobody wrote.
func TestEmotions(t *testing.T) {
	world := newCommunity()
	for i := range 24 {
		words := []string{"I am furious about the tap", "So proud of my beans", "I have three beans", "I love it, we are delighted"}[i%4]
		world.post(fmt.Sprint("p", i), fmt.Sprint(i), data.PostID{}, -hour, words)
	}
	world.in.AsOf = world.in.Posts[0].CreatedAt.Add(time.Hour)
	got := Emotions(measure.Read(world.in), 2)
	for i, want := range []string{"insufficient data (n=0)", "", "", ""} {
		if want != "" && got[i].Share.String() != want {
			t.Errorf("%s in a week without posts = %s, want %s", got[i].Emotion, got[i].Share, want)
		}
	}
	told := map[signs.Sign]int{}
	for _, e := range got {
		if e.Tribe == "" && e.Share.N == 24 {
			told[e.Emotion] = e.Share.K
		}
	}
	if told[signs.Joy] != 12 || told[signs.Anger] != 6 || told[signs.Fear] != 0 {
		t.Errorf("emotions = %v, want joy 12, anger 6, fear 0 of 24", told)
	}
}
