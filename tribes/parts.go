package tribes

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"tribu/data"
)

// nameParts returns the distinctive words and phrases of a group in a speech of it, the best for a
// name first: those that many of its people use and few others, things rather than acts.
func (t *teller) nameParts(s *speech) []part {
	repeats, usual := t.repeats(s.group)
	about := t.subjectOf(s.group)
	var parts []part
	for _, d := range t.words[s.group] {
		form, own := t.form(s, d)
		if !t.written[d.word] || !own && !s.main || t.isHandle(s.group, form) {
			continue
		}
		if many := t.in.plurals[wordIn{d.word, s.lang}]; own && many != "" {
			form = many
		}
		share := float64(s.people(d)) / float64(s.of)
		score := d.z * math.Sqrt(min(share, 0.5)) * distinctness(d.people, t.users[d.word])
		if t.nouns[d.word] {
			score *= nounBonus
		}
		phrase := strings.Contains(form, " ")
		if phrase {
			score *= phraseBonus
		}
		score *= about.spread(int(d.word)) * about.lacked(&t.in.small, form, d.people)
		if t.in.acts[d.word] && !phrase {
			score /= describes
		}
		if t.heads[d.word] < headShare {
			score /= describes
		}
		if usual >= repeated && fixed*t.comesAgain(d.word, repeats) < usual {
			score /= foreign
		}
		if t.in.proper[d.word] {
			score /= proper
		}
		if saysLittle(form) {
			score /= describes
		}
		if t.isPiece(form) {
			score /= foreign
		}
		telling := score
		if t.in.small.people(form) {
			score /= describes
		}
		if share < nameReach || t.saidBetter(s.group, d) {
			score /= 4
		}
		if !own {
			score /= foreign
		}
		parts = append(parts, part{int(d.word), t.in.words[d.word], strings.TrimPrefix(form, "#"), own, t.heads[d.word], s.people(d), score, telling})
	}
	parts = t.wholes(s.group, parts)
	parts = append(parts, t.joined(s, &about, parts)...)
	parts = append(parts, t.inPhrases(s, parts)...)
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(b.score, a.score) })
	return parts
}

// telling returns the words and phrases that tell a group best, of its language alone where own; a
// word does not stand beside a phrase that holds it.
func telling(parts []part, own bool) []part {
	told := slices.DeleteFunc(slices.Clone(parts), func(p part) bool { return p.word < 0 || own && !p.own })
	slices.SortStableFunc(told, func(a, b part) int { return cmp.Compare(b.telling, a.telling) })
	best := slices.Clone(told[:min(len(told), mostWords)])
	told = slices.DeleteFunc(told, func(p part) bool {
		return slices.ContainsFunc(best, func(o part) bool {
			return o.phrase() && !p.phrase() && slices.Contains(strings.Fields(o.key), p.key)
		})
	})
	return told[:min(len(told), mostWords)]
}

// tellingWords returns these as words of people.
func tellingWords(parts []part, own bool) (out []data.Term) {
	for _, p := range telling(parts, own) {
		out = append(out, data.Term{Key: p.key, Form: p.form, Count: p.people})
	}
	return out
}

// saysLittle reports whether a form is so short that it may be anything: what does say something (oil, gas) comes
// behind longer words.
func saysLittle(form string) bool {
	return utf8.RuneCountInString(form) <= shortWord && form != strings.ToUpper(form)
}

// isPiece reports whether a word of a form stands in titles mostly as a piece of what is written as one: Wi of Wi-Fi.
func (t *teller) isPiece(form string) bool {
	for word := range strings.FieldsSeq(strings.ToLower(form)) {
		if t.pieces()[word] > len(t.titled(word)) {
			return true
		}
	}
	return false
}

// isHandle reports whether a form is what somebody of g writes under.
func (t *teller) isHandle(g int, form string) bool {
	low := strings.ToLower(form)
	return slices.ContainsFunc(t.members[g], func(m membership) bool { return t.in.handles[m.author] == low })
}

// joined returns the phrases in titles that g's people wrote under which hold two of its distinctive
// words together, next to each other or by a smaller word. Their people are those who use both; they
// say the more the more of these wrote the phrase, or under it.
func (t *teller) joined(s *speech, about *subject, words []part) []part {
	singles := slices.DeleteFunc(slices.Clone(words), func(p part) bool { return p.phrase() || !p.own })
	threads, met := t.meetings(s.group)
	found := make(map[string]*joint)
	for i, thread := range threads {
		for _, stretch := range t.titles()[thread] {
			for at := range stretch {
				for end := at + 1; end < min(len(stretch), at+4); end++ {
					if j := t.joint(s, about, singles, stretch, at, end); j.form != "" {
						if found[j.form] == nil {
							found[j.form] = &j
						}
						found[j.form].wrote += met[i]
						found[j.form].most = max(found[j.form].most, met[i])
					}
				}
			}
		}
	}
	var out []part
	for _, j := range found {
		for _, p := range words {
			if p.key == j.key {
				j.wrote, j.form = j.wrote+p.people, p.form
			}
		}
		j.score *= math.Pow(min(1, float64(j.wrote)/float64(j.people)), written) *
			max(oneTalk, min(j.wide, 1-float64(j.most)/float64(j.wrote))) * about.lacked(&t.in.small, j.part.form, j.people)
		out = append(out, j.part)
	}
	slices.SortFunc(out, func(a, b part) int { return cmp.Compare(a.form, b.form) })
	return out
}

// A joint is a phrase with how many people wrote it, or under a title that holds it, and how many of them in the conversation
// in which most did.
type joint struct {
	part
	wrote, most int
	wide        float64 // of its words
}

// joint returns the phrase from at to end of a stretch of a title, none where it is no whole one.
func (t *teller) joint(s *speech, about *subject, words []part, stretch []string, at, end int) (none joint) {
	i, j := t.wordAt(words, stretch[at]), t.wordAt(words, stretch[end])
	if i < 0 || j < 0 || i == j || words[i].alike(words[j]) || !t.oneThing(s, stretch, at, end) {
		return none
	}
	d, users := t.both(s.group, words[i].word, words[j].word)
	form := strings.ReplaceAll(strings.Join(stretch[at:end+1], " "), "' ", "'")
	if d.people < leastPeople || t.in.small.demographic(form) || utf8.RuneCountInString(form) > longest {
		return none
	}
	score := t.worth(s, d, users) * phraseBonus * nounBonus
	if t.in.proper[words[i].word] || t.in.proper[words[j].word] {
		score /= proper
	}
	return joint{part{word: -1, key: words[i].key + " " + words[j].key, form: form, own: true, people: d.people, score: score}, 0, 0, about.spread(words[i].word, words[j].word)}
}

// oneThing reports whether the words from at to end of a stretch say one thing and all of it: two words
// next to each other, in Italian also with a smaller one between. What a thing is comes first there, in
// other languages last.
func (t *teller) oneThing(s *speech, stretch []string, at, end int) bool {
	if t.in.langs[s.lang] != data.LangIT {
		return end == at+1 && (end+1 == len(stretch) || t.in.small.parts(stretch[end+1]))
	}
	if at > 0 && !t.in.small.parts(stretch[at-1]) {
		return false
	}
	return end == at+1 || t.in.small.joins(stretch[end-1]) && (end == at+2 || !t.in.small.parts(stretch[at+1]))
}

// wordAt returns the place of the word that a token of a title, in small letters, is a form of; -1
// where it is of none.
func (t *teller) wordAt(words []part, token string) int {
	return slices.IndexFunc(words, func(p part) bool { return slices.Contains(t.in.titleWords[token], uint32(p.word)) })
}

// both returns how many people of g use two words, and how many of all.
func (t *teller) both(g, a, b int) (d distinct, users int) {
	inside, everywhere := 0, t.spoken
	for _, m := range t.members[g] {
		inside += len(t.uses[m.author])
	}
	in := t.usersOf(b)
	for _, v := range t.usersOf(a) {
		if _, too := slices.BinarySearch(in, v); too {
			users++
			if slices.ContainsFunc(t.belongs[v], func(m membership) bool { return m.group == g }) {
				d.people++
			}
		}
	}
	d.z = logOdds(d.people, inside, users-d.people, everywhere-inside, priorPerWord*float64(users), priorPerWord*float64(everywhere))
	return d, users
}

// repeats returns for each distinctive word of g the share of its posts that write it more than once,
// and the median of these. What people talk about comes again in a post; signatures, forms, headers
// and those addressed do not (Katz 1996).
func (t *teller) repeats(g int) (map[uint32]float64, float64) {
	type tally struct{ posts, again int }
	count := make(map[uint32]*tally, len(t.words[g]))
	for _, d := range t.words[g] {
		count[d.word] = &tally{}
	}
	for _, m := range t.members[g] {
		for _, i := range t.byAuthor[m.author] {
			for _, f := range t.in.posts[i].features {
				if c := count[f.word]; c != nil && f.kind != isNeed {
					c.posts++
					if f.count > 1 {
						c.again++
					}
				}
			}
		}
	}
	shares, sorted := make(map[uint32]float64, len(count)), make([]float64, 0, len(count))
	for _, d := range t.words[g] {
		c := count[d.word]
		shares[d.word] = float64(c.again) / float64(max(c.posts, 1))
		sorted = append(sorted, shares[d.word])
	}
	slices.Sort(sorted)
	if len(sorted) == 0 {
		return shares, 0
	}
	return shares, sorted[len(sorted)/2]
}

// usersOf returns who uses a distinctive word, ascending.
func (t *teller) usersOf(word int) []uint32 {
	if t.said == nil {
		t.said = make(map[uint32][]uint32)
		for _, g := range t.shown {
			for _, d := range t.words[g] {
				t.said[d.word] = nil
			}
		}
		for v, uses := range t.uses {
			for _, w := range uses {
				if list, asked := t.said[w]; asked {
					t.said[w] = append(list, uint32(v))
				}
			}
		}
	}
	return t.said[uint32(word)]
}

// comesAgain returns the share of posts that write a word more than once; of a phrase, which few repeat,
// that of the word in it that comes again least.
func (t *teller) comesAgain(word uint32, repeats map[uint32]float64) float64 {
	least := math.Inf(1)
	for key := range strings.FieldsSeq(t.in.words[word]) {
		if at, found := slices.BinarySearch(t.in.words, key); found {
			if share, known := repeats[uint32(at)]; known {
				least = min(least, share)
			}
		}
	}
	if math.IsInf(least, 1) {
		return repeats[word]
	}
	return least
}
