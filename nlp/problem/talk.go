package problem

import (
	"slices"

	"tribu/data"
)

// converse puts needs that found no others together with those of their conversation, where they
// speak of what its title names: a title is what everybody there needs. Groups that lie wholly
// within the conversation are part of it.
func (g *grouping) converse(groups [][]int) [][]int {
	type key struct {
		thread data.ThreadID
		giving bool
	}
	size := map[data.ThreadID]int{}
	for i := range g.voices {
		size[g.need(i).Thread]++
	}
	parts := map[key][][]int{}
	var keys []key
	var out [][]int
	for _, group := range groups {
		first := g.need(group[0])
		k := key{first.Thread, !first.Type.Wanting()}
		if k.thread.IsZero() || !g.within(group, k.thread, size[k.thread]) {
			out = append(out, group)
			continue
		}
		if parts[k] == nil {
			keys = append(keys, k)
		}
		parts[k] = append(parts[k], group)
	}
	for _, k := range keys {
		all := slices.Concat(parts[k]...)
		slices.Sort(all)
		out = append(out, all)
	}
	return out
}

// within reports whether all of group speak in thread, of what its title names.
func (g *grouping) within(group []int, thread data.ThreadID, size int) bool {
	asked := float32(titleShare)
	if size <= shortTalk {
		asked = 0
	}
	for _, v := range group {
		if g.need(v).Thread != thread || !g.onTopic(&g.voices[v], asked) {
			return false
		}
	}
	return true
}

const (
	titleShare = 0.4 // of a title's weight that a sentence must say to speak of it
	shortTalk  = 25  // needs up to which a conversation strays little: any word of the title will do
)

// onTopic reports whether v says what the title of its conversation says, or begins it.
func (g *grouping) onTopic(v *voice, asked float32) bool {
	said, all := float32(0), float32(0)
	for _, f := range v.said {
		said += g.idf[f]
	}
	for _, f := range v.title {
		all += g.idf[f]
	}
	all += said
	return v.opening || said > 0 && said >= asked*all || v.titled && asked == 0
}
