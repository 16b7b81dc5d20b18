package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/nlp/lexicon"
	"tribu/reports/figures"
)

// wordLists are those whose words are anybody's, also where somebody is called like one.
func wordLists() []string {
	return []string{"stop", "concepts", "aspect", "actions", "facet", "trouble", "problem", "role", "part", "vague", "hollow", "good", "bad", "wish", "plea"}
}

// ordinary returns the words of the lists, in every language needs are heard in.
func ordinary() (map[string]bool, error) {
	words, lists := map[string]bool{}, lexicon.Own()
	langs, err := lists.Languages()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, lang := range langs {
		for _, list := range wordLists() {
			entries, err := lists.Load(fmt.Sprintf("%s/%s.txt", lang, list))
			if err != nil {
				return nil, err
			}
			for _, e := range entries {
				for _, w := range data.Words(e.Phrase) {
					words[w] = true
				}
			}
		}
		people, err := lists.Load(fmt.Sprintf("%s/name.txt", lang))
		if err != nil {
			return nil, err
		}
		for _, e := range people {
			names = append(names, e.Phrase)
		}
	}
	for _, name := range names {
		delete(words, name)
	}
	return words, nil
}

// away tells what those who were let go were called, but for ordinary words; nil where nobody was let go.
func (a *app) away(ctx context.Context, db *sqlite.DB) (figures.Named, error) {
	out, err := db.Gone(ctx, a.keyHash())
	if err != nil || out == nil {
		return nil, err
	}
	words, err := ordinary()
	return func(phrase string) bool { return !words[phrase] && out(phrase) }, err
}

// anybody tells what anybody of the project is or was called, but for ordinary words.
func (a *app) anybody(ctx context.Context, db *sqlite.DB) (figures.Named, error) {
	words, err := ordinary()
	if err != nil {
		return nil, err
	}
	gone, err := a.away(ctx, db)
	if err != nil {
		return nil, err
	}
	names := map[string]bool{}
	for author, err := range db.Authors(ctx) {
		if err != nil {
			return nil, err
		}
		for _, phrase := range author.Called() {
			names[phrase] = names[phrase] || !words[phrase]
		}
	}
	return func(phrase string) bool { return names[phrase] || gone != nil && gone(phrase) }, nil
}

// problems returns the canonical problems, called in the project's first language where they have a name there, and
// by nobody's name who was let go: by what they are about instead, and not at all where that is a name.
func (a *app) problems(ctx context.Context, db *sqlite.DB) ([]data.SharedProblem, error) {
	hidden, err := a.away(ctx, db)
	if err != nil {
		return nil, err
	}
	all, err := db.Problems(ctx)
	for _, p := range all {
		if phrase := p.Phrases[a.lang()]; phrase != "" {
			p.Phrases[data.LangUnd] = phrase
		}
	}
	if err != nil || hidden == nil {
		return all, err
	}
	for i := range all {
		p := &all[i]
		if hidden.In(p.Name) {
			p.Name = ""
		}
		for lang, phrase := range p.Phrases {
			if hidden.In(phrase) {
				p.Phrases[lang] = p.Head
			}
		}
	}
	return slices.DeleteFunc(all, func(p data.SharedProblem) bool { return hidden.In(p.Head) && hidden.In(p.Call(data.LangUnd)) }), nil
}

// nameNeeds calls the needs of the tribes of r as needs list does.
func (a *app) nameNeeds(ctx context.Context, db *sqlite.DB, r data.RunRecord) (data.RunRecord, error) {
	all, err := a.problems(ctx, db)
	names := make(map[data.ProblemID]string, len(all))
	for _, p := range all {
		names[p.ID] = p.Call(data.LangUnd)
	}
	for i := range r.Tribes {
		t := &r.Tribes[i]
		t.Needs = slices.Clone(t.Needs)
		for k := range t.Needs {
			t.Needs[k].Topic = cmp.Or(names[t.Needs[k].Problem], t.Needs[k].Topic)
		}
	}
	return r, err
}

// telling returns the database as outputs tell it: as people decided, and without the names of those
// who were let go, or with anonymous of anybody.
func (a *app) telling(ctx context.Context, db *sqlite.DB, anonymous bool) (decided, error) {
	named := a.away
	if anonymous {
		named = a.anybody
	}
	hidden, err := named(ctx, db)
	if err != nil {
		return decided{}, err
	}
	gone, err := db.Gone(ctx, a.keyHash())
	return decided{db, hidden, a.lang(), figures.Named(gone).Unlink()}, err
}
