// Package planted makes up communities and graphs whose groups are known, to measure clustering on.
package planted

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"time"
)

// A Scenario is a planted world: what its groups show of themselves.
type Scenario string

// The scenarios. In none there are no groups at all.
const (
	BothFair        Scenario = "both-fair"        // groups show in words and in ties
	TextWeak        Scenario = "text-weak"        // hardly in words
	InteractionWeak Scenario = "interaction-weak" // hardly in ties
	HalfSilent      Scenario = "half-silent"      // half of the people answer nobody
	SharedProblem   Scenario = "shared-problem"   // every two groups share their words
	Hubs            Scenario = "hubs"             // everybody answers twenty celebrities
	None            Scenario = "none"
)

// Scenarios returns all scenarios.
func Scenarios() []Scenario {
	return []Scenario{BothFair, TextWeak, InteractionWeak, HalfSilent, SharedProblem, Hubs, None}
}

// A Plan says what to plant. The zero value of each field but Scenario takes its default.
type Plan struct {
	Scenario Scenario
	Authors  int     // 1000
	Weeks    int     // 8
	Outliers float64 // share of people in no group
	Seed     uint64
	End      time.Time // of the last week; Monday 5 January 2026 UTC
}

// A Post is one made-up post, with the keys of an input file.
type Post struct {
	ID        string    `json:"id"`
	Author    string    `json:"author"`
	ParentID  string    `json:"parent_id,omitempty"`
	ThreadID  string    `json:"thread_id"`
	CreatedAt time.Time `json:"created_at"`
	Title     string    `json:"title,omitempty"`
	Text      string    `json:"text"`
	Lang      string    `json:"lang"`
}

const (
	smallestPlanted = 10
	largestPlanted  = 120
	sizeExponent    = 2.0 // of the power law of group sizes
	postsPerWeek    = 0.8 // of the median author
	topicWords      = 40  // of a group
	celebrities     = 20
	answerShare     = 0.7 // of posts that answer one
)

// mix says how much of what people write and whom they answer is chance rather than their group's:
// so much that k-means told the number of groups gets about .6 of the information about them and the
// better layer alone about .8, means of all scenarios, and neither all that both together tell.
type mix struct{ words, ties float64 }

func (s Scenario) mix() (mix, bool) {
	switch s {
	case BothFair, HalfSilent, Hubs:
		return mix{0.81, 0.34}, true
	case TextWeak:
		return mix{0.95, 0.34}, true
	case InteractionWeak:
		return mix{0.81, 0.62}, true
	case SharedProblem:
		return mix{0.81, 0.41}, true
	case None:
		return mix{1, 1}, true
	}
	return mix{}, false
}

// Posts makes up the posts of p, oldest first, and the group of each author who has one: groups
// of power-law sizes, people of log-normal activity (after Kamiński, Prałat and Théberge, "ABCD",
// 2021). Equal plans give equal posts.
func Posts(p Plan) ([]Post, map[string]string, error) {
	noise, ok := p.Scenario.mix()
	if !ok {
		return nil, nil, fmt.Errorf("generate posts: unknown scenario %q", p.Scenario)
	}
	p = p.filled()
	w := world{Plan: p, noise: noise, random: rand.New(rand.NewPCG(p.Seed, 0x706c616e74))}
	w.plantGroups()
	posts := w.write()
	truth := make(map[string]string)
	for a, g := range w.group {
		if g != nowhere && p.Scenario != None {
			truth[authorName(a)] = fmt.Sprintf("group%03d", g)
		}
	}
	return posts, truth, nil
}

// filled returns p with the defaults of what it leaves open.
func (p Plan) filled() Plan {
	p.Authors, p.Weeks = cmp.Or(p.Authors, 1000), cmp.Or(p.Weeks, 8)
	if p.End.IsZero() {
		p.End = time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	}
	return p
}

func authorName(a int) string { return fmt.Sprintf("person%06d", a) }
