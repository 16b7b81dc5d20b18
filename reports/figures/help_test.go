package figures

import (
	"slices"
	"testing"

	"tribu/data"
)

func TestHelpIsAReplyToARequest(t *testing.T) {
	lines := []line{
		{"1", "ada", 500, "t1", "", "water"},
		{"2", "bo", 499, "t1", "1", ""},      // helps ada
		{"3", "cy", 498, "t1", "2", ""},      // answers bo, who asked nothing
		{"4", "shop", 497, "t1", "1", ""},    // an advert
		{"5", "dee", 496, "t1", "1", "soil"}, // asks for herself
		{"6", "eva", 495, "t1", "", ""},      // the source does not say whom she answers
		{"7", "ada", 494, "t1", "2", ""},
	}
	s := tell(lines, map[string][]string{"t1": {"ada", "bo", "cy", "dee", "eva", "shop"}})
	for i := range s.Needs {
		if s.Needs[i].Author == author("dee") {
			s.Needs[i].Type = data.Wish
		}
	}
	s.Interactions = append(s.Interactions, data.Interaction{Post: data.NewPostID("x", "6"), Kind: data.Name, From: author("eva"), To: author("ada"), At: s.Activity[5].CreatedAt})
	f := Count(s, Params{Makers: map[data.AuthorID]bool{author("shop"): true}})
	for who, want := range map[string]int{"ada": 0, "bo": 1, "cy": 0, "shop": 0, "dee": 0, "eva": 1} {
		if got := f.People[author(who)].Helped; got != want {
			t.Errorf("%s helped %d, want %d", who, got, want)
		}
	}
	if got := f.People[author("ada")].HelpedBy; got != 2 {
		t.Errorf("ada was helped by %d, want 2", got)
	}
	if slices.ContainsFunc(f.Tribes[0].Helpers, func(v Voice) bool { return v.Author == author("shop") }) {
		t.Errorf("a company helps: %v", f.Tribes[0].Helpers)
	}
}

func TestVoicesAreMembersInEarnest(t *testing.T) {
	for _, c := range []struct {
		role data.Role
		want bool
	}{{data.RoleCore, true}, {data.RoleMember, true}, {data.RoleBridge, true}, {data.RoleEdge, false}} {
		s := tell([]line{{"1", "ada", 500, "t1", "", "water"}, {"2", "bo", 499, "t1", "1", ""}}, map[string][]string{"t1": {"ada", "bo"}})
		for i := range s.Members {
			s.Members[i].Role = c.role
		}
		if _, got := Count(s, Params{}).Tribes[0].Voice(); got != c.want {
			t.Errorf("%s: a voice %v, want %v", c.role, got, c.want)
		}
	}
}

func TestWhoNeedsItTooHasNotReplied(t *testing.T) {
	for _, c := range []struct {
		does string
		acts data.Acts
		lack data.ProblemID
		want int // replied in time
	}{
		{"asks for the same", data.Pleading, "pwater", 0},
		{"asks for the same and offers a turn", data.Pleading | data.Offering, "pwater", 1},
		{"asks for something else", data.Pleading, "psoil", 1},
		{"asks nothing", data.Offering, "", 1},
	} {
		s := tell([]line{{"1", "ada", 500, "t1", "", "water"}, {"2", "bo", 499, "t1", "1", "water"}}, map[string][]string{"t1": {"ada", "bo"}})
		s.Activity[0].Acts, s.Activity[1].Acts = data.Pleading, c.acts
		for i, problem := range []data.ProblemID{"pwater", c.lack} {
			s.Needs[i].Problem, s.Needs[i].Type = problem, data.Wish
		}
		if got := Count(s, Params{}).Tribes[0]; got.ByTribe+got.ByOthers != c.want {
			t.Errorf("bo %s: %d of %d replied, want %d", c.does, got.ByTribe+got.ByOthers, got.Asked, c.want)
		}
	}
}

// TestSettled: who says that it is solved before anybody answers no longer waits, and their request is none without
// a reply; who says so after two days had waited.
func TestSettled(t *testing.T) {
	for _, c := range []struct {
		does                string
		lines               []line
		asked, missed, open int
	}{
		{"says nothing more", nil, 1, 1, 1},
		{"says that it is solved", []line{{"2", "ada", 499, "t1", "1", ""}}, 0, 0, 0},
		{"says so after two days", []line{{"2", "ada", 400, "t1", "1", ""}}, 1, 1, 0},
		{"says so after an answer", []line{{"3", "bo", 499, "t1", "1", ""}, {"2", "ada", 498, "t1", "3", ""}}, 1, 0, 0},
	} {
		s := tell(append([]line{{"1", "ada", 500, "t1", "", "water"}}, c.lines...), map[string][]string{"t1": {"ada", "bo"}})
		for i := range s.Activity {
			if s.Activity[i].ID == data.NewPostID("x", "2") {
				s.Activity[i].Acts = data.Offering | data.Settling
			}
		}
		f := Count(s, Params{})
		tr, n := f.Tribes[0], f.Needs[0]
		if tr.Asked != c.asked || tr.Unanswered() != c.missed || len(tr.Open) != c.open || n.Old != c.asked || n.Unanswered != c.missed {
			t.Errorf("ada %s: asked %d, %d missed, %d open, need %d of %d; want %d, %d, %d", c.does, tr.Asked, tr.Unanswered(), len(tr.Open), n.Unanswered, n.Old, c.asked, c.missed, c.open)
		}
	}
}
