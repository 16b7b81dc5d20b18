package tribes

import (
	"cmp"
	"slices"

	"tribu/data"
)

// bondOfFew is of how many members one at least must voice a need, that the bond of all is known.
const bondOfFew = 10

// topicNeeds gathers what members say about one topic.
type topicNeeds struct {
	topic  uint32
	people int
	types  map[data.NeedType]int
	best   voicedNeed
	score  float64
}

// needs returns what most members of g lack, each with the post that says it best.
func (t *teller) needs(g int) []data.TribeNeed {
	list := t.lacked(g)
	byTopic := make(map[uint32]*topicNeeds, len(list))
	for i := range list {
		byTopic[list[i].topic] = &list[i]
	}
	t.eachLacked(g, func(m membership, need voicedNeed) {
		n := byTopic[need.topic]
		if n == nil {
			return
		}
		n.types[t.in.types[need.need]]++
		if score := evidenceScore(need) * (0.5 + m.strength); score > n.score {
			n.best, n.score = need, score
		}
	})
	var out []data.TribeNeed
	for _, n := range list {
		need := data.TribeNeed{Topic: t.in.words[n.topic], Type: mostFrequent(n.types), People: n.people, Evidence: t.in.posts[n.best.post].id}
		if n.best.shared {
			need.Topic, need.Problem = t.in.forms[n.topic], data.ProblemID(need.Topic)
		}
		out = append(out, need)
	}
	return out
}

// lacked returns the topics of what most members of g lack.
func (t *teller) lacked(g int) []topicNeeds {
	type voices struct{ people, last int }
	byTopic := make(map[uint32]voices)
	t.eachLacked(g, func(m membership, need voicedNeed) {
		if v := byTopic[need.topic]; v.last != m.author+1 {
			byTopic[need.topic] = voices{v.people + 1, m.author + 1}
		}
	})
	list := make([]topicNeeds, 0, len(byTopic))
	for topic, v := range byTopic {
		list = append(list, topicNeeds{topic: topic, people: v.people, score: -1})
	}
	distinctive := make(map[uint32]float64)
	for _, d := range t.words[g] {
		distinctive[d.word] = d.z
	}
	slices.SortFunc(list, func(a, b topicNeeds) int {
		return cmp.Or(cmp.Compare(b.people, a.people), cmp.Compare(distinctive[b.topic], distinctive[a.topic]), cmp.Compare(a.topic, b.topic))
	})
	list = list[:min(mostNeeds, len(list))]
	for i := range list {
		list[i].types = make(map[data.NeedType]int)
	}
	return list
}

// eachLacked visits what members of g lack, member by member.
func (t *teller) eachLacked(g int, visit func(m membership, need voicedNeed)) {
	for _, m := range t.members[g] {
		for _, n := range t.needsOf[m.author] {
			if need := t.in.needs[n]; need.lacks {
				visit(m, need)
			}
		}
	}
}

// evidenceScore prefers needs that are surely needs, in sentences neither clipped nor endless.
func evidenceScore(n voicedNeed) float64 {
	score := n.trust
	switch {
	case n.quote == 0:
		score *= 0.2
	case n.quote < 30:
		score *= 0.6
	case n.quote > 220:
		score *= 0.7
	}
	return score
}

func mostFrequent(types map[data.NeedType]int) data.NeedType {
	var best data.NeedType
	for t, n := range types {
		if n > types[best] || n == types[best] && t < best {
			best = t
		}
	}
	return best
}

// bond says what holds g together: the kind of need whose share among its members' needs is most
// above its share among everybody's; nothing where too few of them voice any.
func (t *teller) bond(g int) data.Bond {
	inside, all := make(map[data.Bond]float64), t.bonds
	everything, total, voicing := 0.0, 0.0, 0
	for _, n := range all {
		everything += n // whole numbers: their sum has no order
	}
	for _, m := range t.members[g] {
		before := total
		for _, n := range t.needsOf[m.author] {
			if b := bondOf(t.in.types[t.in.needs[n].need]); b != "" {
				inside[b]++
				total++
			}
		}
		if total > before {
			voicing++
		}
	}
	if voicing < leastPeople || voicing*bondOfFew < len(t.members[g]) {
		return ""
	}
	best, top := data.Bond(""), 0.0
	for _, b := range []data.Bond{data.BondProblem, data.BondNeed, data.BondPassion, data.BondBelonging} {
		if all[b] == 0 || inside[b] < 2 {
			continue
		}
		share, expected := inside[b]/total, all[b]/everything
		if score := share * (share + 0.1) / (expected + 0.1); score > top {
			best, top = b, score
		}
	}
	return best
}

// bondOf returns the bond that a need speaks of; a tip answers a need and speaks of none.
func bondOf(t data.NeedType) data.Bond {
	switch t {
	case data.Wish, data.Recommendation:
		return data.BondNeed
	case data.Passion, data.Praise:
		return data.BondPassion
	case data.Tip:
		return ""
	case data.Belonging:
		return data.BondBelonging
	}
	return data.BondProblem
}

// exemplars returns the posts that speak for g, by different authors: rich in its words, with a
// need in them where possible.
func (t *teller) exemplars(g int) []data.PostID {
	weight := make(map[uint32]float64)
	for _, d := range t.words[g] {
		weight[d.word] = d.z
	}
	type candidate struct {
		post  uint32
		score float64
	}
	var best []candidate
	for _, m := range t.members[g] {
		voiced := make(map[uint32]float64)
		for _, n := range t.needsOf[m.author] {
			need := t.in.needs[n]
			voiced[need.post] = max(voiced[need.post], evidenceScore(need))
		}
		top := candidate{score: -1}
		for _, i := range t.byAuthor[m.author] {
			if score := t.speaksFor(i, weight) * (0.3 + voiced[i]) * (0.5 + m.strength); score > top.score {
				top = candidate{i, score}
			}
		}
		best = append(best, top)
	}
	slices.SortStableFunc(best, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	var out []data.PostID
	for _, c := range best[:min(mostExemplars, len(best))] {
		if c.score > 0 {
			out = append(out, t.in.posts[c.post].id)
		}
	}
	return out
}

// speaksFor returns how much of a post is words of the group; long posts do not win by length.
func (t *teller) speaksFor(i uint32, weight map[uint32]float64) float64 {
	sum, last := 0.0, ^uint32(0)
	for _, f := range t.in.posts[i].features {
		if f.word != last {
			sum += weight[f.word]
		}
		last = f.word
	}
	return sum / (12 + float64(len(t.in.posts[i].features)))
}
