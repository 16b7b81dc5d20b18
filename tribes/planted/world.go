package planted

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"
)

// nowhere is the group of who has none.
const nowhere = -1

type world struct {
	Plan
	noise   mix
	random  *rand.Rand
	group   []int   // of each author
	recent  [][]int // latest posts of each group's people in threads that it began
	anyPost []int
	posts   []Post
	author  []int // of each post
	home    []int // of each post: the group of who began its thread
}

func (w *world) plantGroups() {
	w.group = make([]int, w.Authors)
	grouped := int(math.Round(float64(w.Authors) * (1 - w.Outliers)))
	for a := range w.group {
		w.group[a] = nowhere
	}
	order := w.random.Perm(w.Authors)
	for from, g := 0, 0; from < grouped; g++ {
		size := min(int(powerLaw(w.random, smallestPlanted, largestPlanted, sizeExponent)), grouped-from)
		if grouped-from-size < smallestPlanted {
			size = grouped - from
		}
		for _, a := range order[from : from+size] {
			w.group[a] = g
		}
		w.recent = append(w.recent, nil)
		from += size
	}
}

// write makes the posts hour by hour, so that answers come after what they answer.
func (w *world) write() []Post {
	rate := make([]float64, w.Authors)
	for a := range rate {
		rate[a] = postsPerWeek * float64(w.Weeks) * math.Exp(0.8*w.random.NormFloat64())
	}
	hours := w.Weeks * 7 * 24
	due := make([][]int, hours)
	for a, r := range rate {
		for range max(1, int(math.Round(r))) {
			h := w.random.IntN(hours)
			due[h] = append(due[h], a)
		}
	}
	start := w.End.Add(-time.Duration(hours) * time.Hour)
	for h, authors := range due {
		for i, a := range authors {
			w.post(a, start.Add(time.Duration(h)*time.Hour+time.Duration(i*3599/max(1, len(authors)))*time.Second))
		}
	}
	return w.posts
}

func (w *world) post(a int, at time.Time) {
	n := len(w.posts)
	p := Post{ID: fmt.Sprintf("post%07d", n), Author: authorName(a), CreatedAt: at, Lang: "en", Text: w.text(a)}
	home := w.group[a]
	if to := w.answered(a); to != nowhere {
		p.ParentID, p.ThreadID, home = w.posts[to].ID, w.posts[to].ThreadID, w.home[to]
	} else {
		p.ThreadID = "thread" + p.ID[4:]
		p.Title = w.word(a) + " and " + w.word(a)
	}
	w.posts, w.author, w.home = append(w.posts, p), append(w.author, a), append(w.home, home)
	w.anyPost = remember(w.anyPost, n, 400)
	if home != nowhere && home == w.group[a] {
		w.recent[home] = remember(w.recent[home], n, 12)
	}
}

// remember keeps the last most posts.
func remember(list []int, post, most int) []int {
	if len(list) == most {
		copy(list, list[1:])
		list = list[:most-1]
	}
	return append(list, post)
}

// answered draws the post that a answers; nowhere where a starts a thread.
func (w *world) answered(a int) int {
	if w.Scenario == HalfSilent && a%2 == 0 || w.random.Float64() >= answerShare {
		return nowhere
	}
	from := w.anyPost
	if g := w.group[a]; g != nowhere && w.random.Float64() >= w.noise.ties {
		from = w.recent[g]
	}
	if w.Scenario == Hubs && w.random.Float64() < 0.3 {
		from = w.byCelebrities()
	}
	if len(from) == 0 {
		return nowhere
	}
	if to := from[w.random.IntN(len(from))]; w.author[to] != a {
		return to
	}
	return nowhere
}

func (w *world) byCelebrities() []int {
	var out []int
	for _, n := range w.anyPost {
		if w.author[n] < celebrities {
			out = append(out, n)
		}
	}
	return out
}

func (w *world) text(a int) string {
	frames := []string{
		"I cannot get the %s to work with my %s.", "Has anyone tried the %s for the %s?",
		"The %s next to the %s is what I use every week.", "My %s broke again after the %s was changed.",
		"Where do people find a good %s and a %s?",
	}
	var out []string
	for range 2 + w.random.IntN(3) {
		out = append(out, fmt.Sprintf(frames[w.random.IntN(len(frames))], w.word(a), w.word(a)))
	}
	return strings.Join(out, " ")
}

// word draws a word: the group's own, or anybody's. Early words of a list are likelier.
func (w *world) word(a int) string {
	g, rank := w.group[a], int(float64(topicWords)*w.random.Float64()*w.random.Float64())
	if g == nowhere || w.random.Float64() < w.noise.words {
		topics := max(1, len(w.recent))
		g, rank = w.random.IntN(topics), w.random.IntN(topicWords)
	}
	if w.Scenario == SharedProblem {
		g /= 2
	}
	return madeUp(g*topicWords + rank)
}

// madeUp returns the n-th made-up noun.
func madeUp(n int) string {
	heads, tails := []string{"b", "br", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "tr", "v", "z"}, []string{"a", "e", "i", "o", "u"}
	n = n*2_654_435 + 97
	var word strings.Builder
	for range 4 {
		word.WriteString(heads[n%len(heads)] + tails[n/len(heads)%len(tails)])
		n /= len(heads) * len(tails)
	}
	return word.String() + "n"
}
