package soft

import (
	"maps"
	"slices"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/stats"
)

// A Recognition sets the recognition people of a tribe want against the one they get.
type Recognition struct {
	Wanted   stats.Share // of the active people, who ask for it
	Received stats.Share // of the active people, whom somebody thanked or credited
	PerPost  float64     // thanks and credits received per post
	Gap      float64     // Wanted − Received
	State    stats.State
}

func recognition(r *measure.Reading, own tally) Recognition {
	n := len(own.active)
	out := Recognition{Wanted: stats.ShareOf(len(own.authors[signs.Recognition]), n)}
	thanked, thanks := make(map[data.AuthorID]bool), 0
	for _, t := range Thanks(r) {
		if own.active[t.To] {
			thanked[t.To] = true
			thanks++
		}
	}
	out.Received, out.PerPost = stats.ShareOf(len(thanked), n), float64(thanks)/float64(max(own.posts, 1))
	if n < stats.Enough {
		out.State = stats.Insufficient
		return out
	}
	if len(own.authors[signs.Recognition]) < measure.Privacy {
		out.State, out.Wanted = Withheld, stats.Share{State: Withheld}
		return out
	}
	out.Gap = out.Wanted.Value - out.Received.Value
	return out
}

// A Thank is one author thanking or crediting another in a post.
type Thank struct {
	Post     data.PostID
	From, To data.AuthorID
}

type thanked struct{}

// Thanks returns who thanked whom in the window, each pair once per post, by time.
func Thanks(r *measure.Reading) []Thank {
	return measure.Once(r, thanked{}, func() []Thank { return turned(r, r.Thanks) })
}

// turned returns the posts of the window that show something and turn to somebody.
func turned(r *measure.Reading, shows func(data.PostID) bool) []Thank {
	to := make(map[data.PostID][]data.AuthorID)
	for _, i := range r.Interactions {
		if i.Kind != data.Boost && i.Kind != data.Topic && !slices.Contains(to[i.Post], i.To) {
			to[i.Post] = append(to[i.Post], i.To)
		}
	}
	var out []Thank
	for _, p := range r.Posts {
		if !r.Window.Contains(p.CreatedAt) || !shows(p.ID) {
			continue
		}
		targets := to[p.ID]
		if parent, ok := r.Post(p.Parent); ok && !slices.Contains(targets, parent.Author) {
			targets = append(targets, parent.Author)
		}
		for _, a := range targets {
			if a != p.Author {
				out = append(out, Thank{p.ID, p.Author, a})
			}
		}
	}
	return out
}

// An Articulator is somebody of whom others say that they put it into words.
type Articulator struct {
	Author   data.AuthorID
	Repliers int // distinct people who said so
	Evidence measure.Evidence
}

// Articulators returns those who are told so by at least two people, most first. Only people who
// agreed are named; hidden counts the others.
func Articulators(r *measure.Reading, consent map[data.AuthorID]bool) (named []Articulator, hidden int) {
	said := func(id data.PostID) bool { return r.Signs(id).Has(signs.Voice) }
	by := make(map[data.AuthorID]map[data.AuthorID]bool)
	evidence := make(map[data.AuthorID]measure.Evidence)
	for _, t := range turned(r, said) {
		if by[t.To] == nil {
			by[t.To] = map[data.AuthorID]bool{}
		}
		by[t.To][t.From] = true
		evidence[t.To] = evidence[t.To].Add(t.Post)
	}
	for _, a := range sorted(by) {
		switch {
		case len(by[a]) < 2:
		case consent[a]:
			named = append(named, Articulator{a, len(by[a]), evidence[a]})
		default:
			hidden++
		}
	}
	slices.SortStableFunc(named, func(a, b Articulator) int { return b.Repliers - a.Repliers })
	return named, hidden
}

func sorted[V any](m map[data.AuthorID]V) []data.AuthorID {
	return slices.SortedFunc(maps.Keys(m), func(a, b data.AuthorID) int { return slices.Compare(a[:], b[:]) })
}

// moverScore returns how early somebody takes things up: the mean of 1 − rank/(adopters − 1) over
// what they took up, with rank 0 for the first. Things that one person took up do not count.
func moverScore(ranks, adopters []int) (score float64, of int) {
	for i, rank := range ranks {
		if adopters[i] > 1 {
			score += 1 - float64(rank)/float64(adopters[i]-1)
			of++
		}
	}
	return score / float64(max(of, 1)), of
}

// fewestAdopters makes a topic something that people took up.
const fewestAdopters = 5

// A Pace is how early the people of a tribe take things up.
type Pace struct {
	Tribe  data.TribeID
	People int
	Median float64 // of their scores
	State  stats.State
}

// Paces returns how early each tribe takes things up: who took up at least three topics of needs has a
// score, and who named a topic first in the reading has rank 0. A tribe with fewer than
// measure.Privacy scores is withheld.
func Paces(r *measure.Reading) []Pace {
	byTribe := make(map[data.TribeID][]float64)
	for _, m := range movers(r) {
		byTribe[r.Home[m.author]] = append(byTribe[r.Home[m.author]], m.score)
	}
	var out []Pace
	for _, t := range r.Tribes {
		p := Pace{Tribe: t.ID, State: Withheld}
		if scores := byTribe[t.ID]; len(scores) >= measure.Privacy {
			p.People, p.Median, p.State = len(scores), stats.Median(scores), stats.Known
		}
		out = append(out, p)
	}
	return out
}

// A mover is how early somebody takes up what others come to talk about.
type mover struct {
	author data.AuthorID
	score  float64
}

// movers returns the score of everybody who took up at least three topics, by author.
func movers(r *measure.Reading) []mover {
	adopters, order := make(map[string][]data.AuthorID), []string{}
	for _, n := range r.Needs {
		topic := n.Topic()
		if topic == "" || slices.Contains(adopters[topic], n.Author) {
			continue
		}
		if adopters[topic] == nil {
			order = append(order, topic)
		}
		adopters[topic] = append(adopters[topic], n.Author)
	}
	ranks, counts := make(map[data.AuthorID][]int), make(map[data.AuthorID][]int)
	for _, topic := range order {
		for rank, a := range adopters[topic] {
			if len(adopters[topic]) >= fewestAdopters {
				ranks[a], counts[a] = append(ranks[a], rank), append(counts[a], len(adopters[topic]))
			}
		}
	}
	var out []mover
	for _, a := range sorted(ranks) {
		if score, of := moverScore(ranks[a], counts[a]); of >= 3 {
			out = append(out, mover{a, score})
		}
	}
	return out
}
