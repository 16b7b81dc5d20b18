package main

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/nlp"
	"tribu/reports/measure"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/soft"
)

// A labelledPost is one of the posts written for this project, with what a person hears in it.
type labelledPost struct{ label, text string }

func labelledPosts(t *testing.T) (all []labelledPost) {
	t.Helper()
	for _, set := range []string{"posts", "kinds", "forum"} {
		f, err := os.Open("../../nlp/testdata/" + set + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for lines := bufio.NewScanner(f); lines.Scan(); {
			if parts := strings.SplitN(lines.Text(), " | ", 3); len(parts) == 3 && lines.Text()[0] != '#' {
				all = append(all, labelledPost{parts[1], parts[2]})
			}
		}
	}
	return all
}

// readLabelled lays out the posts as the program reads them, each by an author and in a thread of its own.
func readLabelled(t *testing.T, posts []labelledPost) *measure.Reading {
	t.Helper()
	a, err := nlp.New(nlp.Config{})
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)
	in := measure.Input{AsOf: at, Window: data.Window{From: at.AddDate(0, 0, -28), To: at}, Words: map[data.PostID]string{}}
	for i, p := range posts {
		id := fmt.Sprintf("%04d", i)
		post := data.Post{ID: data.NewPostID("t", id), Body: p.text}
		heard, err := a.Analyze(post)
		if err != nil {
			t.Fatal(err)
		}
		meta := data.PostMeta{ID: post.ID, Author: data.NewAuthorID("t", id), Thread: data.NewThreadID("t", id), CreatedAt: at.Add(time.Duration(i-len(posts)) * time.Minute), Lang: heard.Lang}
		in.Posts, in.Words[post.ID] = append(in.Posts, meta), p.text
		for _, n := range heard.Needs {
			in.Needs = append(in.Needs, data.NeedRow{PostMeta: meta, Need: n})
		}
	}
	return measure.Read(in)
}

// TestWhatIsShownHolds: on the labelled posts, every motive that soft KPIs count, and every kind of
// step that outcomes count, is right in at least 80 of 100 posts, and 7 of 10 steps are heard.
func TestWhatIsShownHolds(t *testing.T) {
	posts := labelledPosts(t)
	r := readLabelled(t, posts)
	heard, right, wanted := map[string]int{}, map[string]int{}, map[string]int{}
	steps, found := 0, 0 // that labels state, and of them those heard
	count := func(name, label string, is, states, hears bool, text string) {
		if states {
			wanted[name]++
		}
		switch {
		case hears && is:
			heard[name]++
			right[name]++
		case hears:
			heard[name]++
			t.Logf("%s is not in %q | %s", name, label, text)
		case states:
			t.Logf("%s is missed in %s", name, text)
		}
	}
	said := cpi.Steps(r, cpi.Params{})
	for i, p := range r.Posts {
		label, text := posts[i].label, posts[i].text
		motives := soft.Motives(r, p)
		for _, m := range signs.Motives() {
			is := strings.Contains(label, "~"+string(m))
			count("~"+string(m), label, is, is, slices.Contains(motives, m), text)
		}
		heardSteps := said[p.ID]
		for _, inc := range cpi.Increments() {
			if strings.ContainsAny(label, "=+:") || strings.Contains(label, "- ") { // not all sets label sides
				if stated(label, inc) {
					steps++
				}
				if stated(label, inc) && slices.Contains(heardSteps, inc) {
					found++
				}
				count(string(inc), label, labelled(label, inc), stated(label, inc), slices.Contains(heardSteps, inc), text)
			}
		}
	}
	if float64(found) < 0.7*float64(steps) {
		t.Errorf("%d of the %d steps that are labelled are heard, want 7 in 10", found, steps)
	}
	t.Logf("steps heard: %d of %d", found, steps)
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for n := range heard {
			if !yield(n) {
				return
			}
		}
	}) {
		t.Logf("%-12s heard %3d right %3d of %3d", name, heard[name], right[name], wanted[name])
		if heard[name] > 0 && float64(right[name])/float64(heard[name]) < soft.GoodEnough {
			t.Errorf("%s: %d of %d posts in which it is heard are right, want 80 in 100", name, right[name], heard[name])
		}
	}
}

// stated reports whether a label names a step of kind inc: one with a unit or by comparison, or a side that is
// counted by itself.
func stated(label string, inc cpi.Increment) bool {
	return strings.Contains(label, "inc:"+strings.ToLower(string(inc))) || inc == cpi.Recognition && strings.Contains(label, "Recognition") ||
		inc == cpi.Time && strings.Contains(label, "expects:")
}

// labelled reports whether a label names a step of kind inc, or the side it is a step on.
func labelled(label string, inc cpi.Increment) bool {
	if strings.Contains(label, "inc:"+strings.ToLower(string(inc))) {
		return true
	}
	side := map[cpi.Increment]string{cpi.Time: "Speed", cpi.Ease: "Ease", cpi.Options: "Choice", cpi.Money: "Money", cpi.Recognition: "Recognition", cpi.Integrity: "Reliability"}[inc]
	return side != "" && strings.Contains(label, side) || inc == cpi.Time && strings.Contains(label, "expects:")
}
