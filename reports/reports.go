// Package reports tells a run as a weekly page that people want to read: one self-contained HTML
// file per language, the figures behind it as CSV, and an index of all weeks. Tell reads a story,
// Render writes a page from it; both are pure. Write is the thin loop around them.
package reports

import (
	"cmp"
	"context"
	"time"

	"tribu/data"
	"tribu/reports/atlas"
	"tribu/reports/figures"
	"tribu/reports/measure"
)

// A Source holds stories and posts.
type Source interface {
	// Story returns everything a report of the run tells from.
	Story(ctx context.Context, runID string) (data.Story, error)
	// Posts returns those of ids that are stored.
	Posts(ctx context.Context, ids []data.PostID) (map[data.PostID]data.Post, error)
	// NeedsIn returns the needs that a version of the analysis heard in the posts of a window.
	NeedsIn(ctx context.Context, version string, w data.Window) ([]data.NeedRow, error)
}

// Options says for whom and how carefully to tell. The zero value works.
type Options struct {
	Project   string
	About     map[data.Lang]string // what the project listens for, in one line; that of no language is for all
	Location  *time.Location       // of days and hours; UTC where nil
	Langs     []data.Lang          // English where empty; the first is the default
	Lang      data.Lang            // in which the figures' files name needs, whatever Langs is told in; the first of Langs where empty
	MinPeople int                  // below it no tribe is named: 50 where 0
	MinTribe  int                  // below it a tribe is not told: 5 where 0
	MinNeed   int                  // people that make a need worth telling: 5 where 0; three, where no need has as many and names are told
	Strength  Strength             // how many people and how much stability make a claim solid or likely
	Anonymise bool                 // no names, no quotes, no links
	Version   string               // of the program
	Scope     []string             // what the project asks about, in words people use; needs without one lie outside
	Published string               // address of the reports, for letters; none where empty
	Contact   string               // whom to ask for a report that is not published
	Against   string               // run to hold the told one against; none where empty
	Customer  Customer

	Gloss       func(word string, from, to data.Lang) string   // what a word is called in another language; empty where that is not known
	Noun        func(word string, lang data.Lang) bool         // whether a word is known to name a thing
	Insults     func(text string) bool                         // whether text calls somebody names; where nil, none does
	Tender      func(text string) bool                         // whether text speaks of faith, politics, war or violent death; where nil, none does
	Acts        func(lang data.Lang, behind, word string) bool // whether a lower-case word is, behind another, what somebody does
	Permissions map[string]string                              // by source: by whom and when it was permitted to read past robots.txt
}

// Strength says when a claim is solid or likely; anything less is tentative. Zero fields take the
// defaults: 0.80 and 30 people, 0.65 and 20 people.
type Strength struct {
	SolidStability, LikelyStability float64
	SolidPeople, LikelyPeople       int
}

// tells reports whether a need of so many people may be told by what they call it: in an anonymised
// report not where few do, whose own words that are.
func (o Options) tells(people int) bool { return !o.Anonymise || people >= o.MinNeed }

// about returns what the project listens for, in words of lang.
func (o Options) about(lang data.Lang) string {
	if own := o.About[lang]; own != "" {
		return own
	}
	return o.About[""]
}

func (o Options) filled() Options {
	o.MinPeople = orDefault(o.MinPeople, 50)
	o.MinTribe = orDefault(o.MinTribe, 5)
	o.MinNeed = orDefault(o.MinNeed, 5)
	o.Strength.SolidPeople = orDefault(o.Strength.SolidPeople, 30)
	o.Strength.LikelyPeople = orDefault(o.Strength.LikelyPeople, 20)
	o.Strength.SolidStability = orDefault(o.Strength.SolidStability, 0.80)
	o.Strength.LikelyStability = orDefault(o.Strength.LikelyStability, 0.65)
	if o.Location == nil {
		o.Location = time.UTC
	}
	if len(o.Langs) == 0 {
		o.Langs = []data.Lang{data.LangEN}
	}
	if o.Lang == "" {
		o.Lang = o.Langs[0]
	}
	return o
}

func orDefault[T int | float64](v, d T) T {
	if v == 0 {
		return d
	}
	return v
}

// A View is a story, counted and ready to be written in any language.
type View struct {
	Story    data.Story
	Figures  figures.Figures
	Measures *Measures                 // nil where nothing beyond counting was measured
	Draw     Draw                      // of what was measured
	Things   Things                    // which words of tribes name things; nil: all
	Scene    *Scene                    // what surrounds the needs; nil where it was not read
	Other    *figures.Other            // another run to hold this one against; may be nil
	Posts    map[data.PostID]data.Post // for words that no need holds
	Colours  map[data.TribeID]int
	Options  Options
}

// Tell counts a story. posts are those that Wanted names, as far as they are stored.
func Tell(story data.Story, posts map[data.PostID]data.Post, o Options) View {
	o = o.filled()
	story = figures.WithoutSmall(story, o.MinTribe)
	o.Project = cmp.Or(o.Project, figures.Titled(story.Sources))
	v := View{
		Story: story, Posts: posts, Options: o, Colours: atlas.Colours(story),
		Figures: figures.Count(story, figures.Params{Location: o.Location, Lang: o.Lang, Makers: measure.Makers(story.Authors, o.Customer.Makers)}),
	}
	if needs := v.Figures.Needs; len(needs) > 0 && needs[0].People < o.MinNeed && !o.Anonymise {
		v.Options.MinNeed = fewVoices
	}
	return v
}

// fewVoices is how many people make a need worth telling where none is voiced by more.
const fewVoices = 3

// Wanted returns the posts whose words a report of story may quote beyond those of its needs.
func Wanted(story data.Story) []data.PostID {
	seen := make(map[data.PostID]bool)
	var out []data.PostID
	for _, t := range story.Tribes {
		for _, id := range t.Exemplars[:min(len(t.Exemplars), 5)] {
			if !seen[id] {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	return out
}

// early reports whether there is too little to speak of tribes.
func (v View) early() bool {
	return v.Story.TooFew || v.Story.People < v.Options.MinPeople || len(v.Story.Tribes) == 0
}

// level returns 3 for a solid claim, 2 for a likely one, 1 for a tentative one.
func (v View) level(stability float64, people int) int {
	s := v.Options.Strength
	switch {
	case stability >= s.SolidStability && people >= s.SolidPeople:
		return 3
	case stability >= s.LikelyStability && people >= s.LikelyPeople:
		return 2
	}
	return 1
}
