package data

import "testing"

func TestHelps(t *testing.T) {
	for _, c := range []struct {
		name            string
		request, reply  Acts
		between, advert bool // the request answers somebody else; the reply is an advert
		by              string
		want            bool
	}{
		{"an offer", Asking, Offering, false, false, "bo", true},
		{"chatter", Asking, 0, false, false, "bo", false},
		{"an offer to what asks for nothing", Offering, Offering, false, false, "bo", false},
		{"to oneself", Asking, Offering, false, false, "ada", false},
		{"a plea of one's own", Asking, Pleading | Offering, false, false, "bo", false},
		{"an offer with a question back", Asking, Asking | Offering, false, false, "bo", true},
		{"an advert", Asking, Offering, false, true, "bo", false},
		{"to a question back, or trouble told while answering another", Asking, Offering, true, false, "bo", false},
		{"to a plea while answering another", Pleading, Offering, true, false, "bo", true},
	} {
		request := Remark{Author: NewAuthorID("x", "ada"), Answers: c.between, Acts: c.request}
		reply := Remark{Author: NewAuthorID("x", c.by), Answers: true, Advert: c.advert, Acts: ActsIn(c.reply, 3)}
		if got := Helps(reply, request); got != c.want {
			t.Errorf("%s (%b to %b): helps %v, want %v", c.name, c.reply, c.request, got, c.want)
		}
	}
}

func TestActsIn(t *testing.T) {
	a := ActsIn(Pleading|Relaying|Wondering|Settling, 11)
	if a.Ord() != 11 || !a.Has(Pleading) || a.Has(Asking|Offering) {
		t.Errorf("acts %b: ord %d, want 11 and a plea that is passed on", a, a.Ord())
	}
}

func TestGuestbooks(t *testing.T) {
	book := func(id string, answers int, named bool) (posts []PostMeta, links []Interaction) {
		first := PostMeta{ID: NewPostID("x", id), Thread: NewThreadID("x", id)}
		posts = append(posts, first)
		for i := range answers {
			p := PostMeta{ID: NewPostID("x", id+string(rune('A'+i))), Thread: first.Thread, Parent: first.ID}
			posts = append(posts, p)
			kind := Topic
			if named && i == answers-1 {
				kind = Reply
			}
			links = append(links, Interaction{Post: p.ID, Kind: kind})
		}
		return posts, links
	}
	for _, c := range []struct {
		name    string
		answers int
		named   bool
		want    bool
	}{
		{"a page that everybody writes on", 60, false, true},
		{"a long talk in which somebody answers somebody", 60, true, false},
		{"a talk like others", 20, false, false},
	} {
		posts, links := book(c.name, c.answers, c.named)
		all := func(yield func(*PostMeta) bool) {
			for i := range posts {
				if !yield(&posts[i]) {
					return
				}
			}
		}
		if got := Guestbooks(all, links)[posts[0].Thread]; got != c.want {
			t.Errorf("%s (%d answers): guestbook %v, want %v", c.name, c.answers, got, c.want)
		}
	}
}

func TestJoins(t *testing.T) {
	for _, c := range []struct {
		does         string
		acts         Acts
		wants, asked ProblemID
		want         bool
	}{
		{"asks for the same", Pleading, "pwater", "pwater", true},
		{"asks for the same and offers a turn", Pleading | Offering, "pwater", "pwater", false},
		{"asks for something else", Pleading, "psoil", "pwater", false},
		{"asks for what nobody has a name for", Pleading, "", "", false},
	} {
		if got := Joins(c.acts, c.wants, c.asked); got != c.want {
			t.Errorf("a reply that %s: joins %v, want %v", c.does, got, c.want)
		}
	}
}
