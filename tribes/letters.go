package tribes

import (
	"slices"
	"strconv"
	"strings"

	"tribu/data"
)

// restsFor is how many runs back a letter that no tribe has any more was had, up to which it is given to no other: a report
// shows so many before its own.
const restsFor = 7

// letterAll gives tribes their letters. One that carries on another, as heirOf has it, has that one's; who is new gets the
// first that no tribe has or had of late: by size, tribes before the groups that are none, which readers meet less.
func (p *priorRun) letterAll(tribes []data.Tribe, heirOf []int) {
	given := make(map[string]bool)
	for from, to := range heirOf {
		if to == nowhere {
			continue
		}
		if l := p.tribes[from].Letter; !given[l] {
			tribes[to].Letter, given[l] = l, true
		}
	}
	for _, t := range p.tribes {
		given[t.Letter] = true
	}
	for l := range p.rests {
		given[l] = true
	}
	next := 0
	for _, tribe := range []bool{true, false} {
		for i := range tribes {
			if t := &tribes[i]; t.Letter == "" && t.IsTribe() == tribe {
				for given[letter(next)] {
					next++
				}
				t.Letter = letter(next)
				next++
			}
		}
	}
}

// worn returns which letters that no tribe of a run has were lately those of others, and how many runs ago.
func (p *priorRun) worn(tribes []data.Tribe) map[string]int {
	if p == nil {
		return nil
	}
	out := make(map[string]int)
	for l, ago := range p.rests {
		if ago+1 < restsFor {
			out[l] = ago + 1
		}
	}
	for _, t := range p.tribes[:p.awake] {
		out[t.Letter] = 1
	}
	for _, t := range tribes {
		delete(out, t.Letter)
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// letter names the i-th tribe: A … Z, AA, AB, …
func letter(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return letter(i/26-1) + string(rune('A'+i%26))
}

// partOf returns the letter of a part of the tribe with that letter: with the first number, from 2, that none has or had.
func (o *overlay) partOf(letter string) string {
	whole := strings.TrimRight(letter, "0123456789")
	for n := 2; ; n++ {
		part := whole + strconv.Itoa(n)
		if !slices.Contains(o.parts, part) && !slices.ContainsFunc(o.r.Tribes, func(t data.Tribe) bool { return t.Letter == part }) {
			o.parts = append(o.parts, part)
			return part
		}
	}
}
