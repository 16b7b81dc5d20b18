package inquiry

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
)

var monday = time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)

func reading(people int) (*measure.Reading, []data.PostID) {
	in := measure.Input{AsOf: monday.AddDate(0, 0, 21), Window: data.Window{From: monday.AddDate(0, 0, -7), To: monday.AddDate(0, 0, 21)}, Words: map[data.PostID]string{}}
	words := []string{"at home the pump does not work", "in ufficio l'acqua entro un giorno", "in the shop I look for a hose", "sul treno vorrei leggere", "the hose again"}
	types := []data.NeedType{data.Problem, data.Wish, data.Recommendation, data.HowTo, data.Complaint}
	var ids []data.PostID
	for i := range people {
		for k, suffix := range []string{"before", "case", "after", "later"} {
			id := data.NewPostID("t", fmt.Sprint(i, suffix))
			p := data.PostMeta{ID: id, Source: "forum", Place: "water", Author: data.NewAuthorID("t", fmt.Sprint(i, k%2)), Thread: data.NewThreadID("t", fmt.Sprint(i)), CreatedAt: monday.Add(time.Duration(i*10+k) * time.Minute)}
			in.Posts = append(in.Posts, p)
			in.Words[id] = suffix
			if suffix == "case" {
				in.Words[id] = words[i%5]
				in.Needs = append(in.Needs, data.NeedRow{PostMeta: p, Need: data.Need{Type: types[i%5], Object: "water", Quote: words[i%5], Lang: data.LangEN}})
				ids = append(ids, id)
			}
		}
	}
	return measure.Read(in), ids
}

func TestDraw(t *testing.T) {
	r, ids := reading(60)
	p := Draw(r, ids, 7)
	if len(p.Cases) != packSize || p.Of != 60 {
		t.Fatalf("pack of %d out of %d, want %d out of 60", len(p.Cases), p.Of, packSize)
	}
	places := map[signs.Sign]int{}
	authors := map[data.AuthorID]bool{}
	for _, c := range p.Cases {
		places[c.Place]++
		authors[c.Quote.Author] = true
		if len(c.Before) != 1 || len(c.After) != 2 || !c.After[1].Asker || c.Before[0].Text != "before" || c.Community != "forum / water" {
			t.Errorf("case %s: %d before, %d after in %s; want the talk around it", c.Quote.Post, len(c.Before), len(c.After), c.Community)
		}
	}
	for _, place := range append(signs.Places(), Elsewhere) {
		if places[place] != 3 {
			t.Errorf("%d cases at %s, want 3: strata are drawn evenly", places[place], place)
		}
	}
	if len(authors) != packSize {
		t.Errorf("%d authors, want %d", len(authors), packSize)
	}
	same := func(a, b Pack) bool { return fmt.Sprint(a) == fmt.Sprint(b) }
	if !same(p, Draw(r, ids, 7)) || same(p, Draw(r, ids, 8)) {
		t.Error("the same seed must give the same pack, another seed another one")
	}
}

func TestMatrixAddsUp(t *testing.T) {
	r, ids := reading(50)
	for name, m := range map[string]Matrix{"all": Map(r, nil), "of the outcome": Map(r, ids)} {
		sum, stages, kinds := 0, 0, 0
		for _, c := range m.Cells {
			sum += c.Authors
		}
		for _, n := range m.Stages {
			stages += n
		}
		for _, n := range m.Kinds {
			kinds += n
		}
		if sum != 50 || stages != 50 || kinds != 50 || m.Total != 50 {
			t.Errorf("%s: cells %d, stages %d, kinds %d, total %d; want 50 people each", name, sum, stages, kinds, m.Total)
		}
		if got := m.Cells[m.at(signs.Problem, Frustration)].Authors; got != 20 {
			t.Errorf("%s: %d people frustrated at the problem, want 20", name, got)
		}
	}
}

func TestGuide(t *testing.T) {
	r, _ := reading(50)
	questions := Guide(Map(r, nil))
	by := map[data.Lang]int{}
	for _, q := range questions {
		by[q.Lang]++
		if err := LintQuestion(q.Text); err != nil {
			t.Error(err)
		}
		if strings.Contains(q.Text, "{") {
			t.Errorf("question %q is not filled", q.Text)
		}
	}
	if by[data.LangEN] == 0 || by[data.LangEN] != by[data.LangIT] || by[data.LangEN]%3 != 0 {
		t.Errorf("questions = %v, want three per cell in both languages", by)
	}
	few, _ := reading(10)
	if got := Guide(Map(few, nil)); len(got) != 0 {
		t.Errorf("%d questions about cells of fewer than %d people, want none", len(got), CellPeople)
	}
}

func TestLintQuestion(t *testing.T) {
	for text, open := range map[string]bool{
		"Do you like it?":             false,
		"Is it fast?":                 false,
		"Can you do it?":              false,
		"Hai mai provato?":            false,
		"È comodo?":                   false,
		"Somebody wrote x. Is it so?": false,
		"Tell me about it":            false,
		"What would be good enough?":  true,
		"Come se l’è cavata?":         true,
		"Pensando a «Aiuto. È rotto?»: come se l’è cavata?": true,
		"Somebody wrote x. What of it?":                     true,
	} {
		if err := LintQuestion(text); (err == nil) != open {
			t.Errorf("LintQuestion(%q) = %v, want open %v", text, err, open)
		}
	}
	for _, lang := range []data.Lang{data.LangEN, data.LangIT} {
		for _, k := range Kinds() {
			for _, s := range signs.Stages() {
				for _, form := range forms(lang, k) {
					if err := LintQuestion(fill(form, lang, s, "x")); err != nil {
						t.Error(err)
					}
				}
			}
			if !slices.ContainsFunc(forms(lang, k), func(f string) bool { return strings.Contains(f, "{words}") }) {
				t.Errorf("no question about %s in %s quotes a member", k, lang)
			}
		}
	}
}
