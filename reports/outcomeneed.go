package reports

import (
	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure/cpi"
)

// needOf returns the place of the told need that an outcome is the measure of: the one with most of
// its posts, where most of either's posts are the other's; -1 where there is none.
func (v View) needOf(o cpi.Outcome) int {
	of := make(map[data.PostID]bool, len(o.Posts))
	for _, id := range o.Posts {
		of[id] = true
	}
	best, most := -1, 0
	for i, n := range v.Figures.Needs[:min(len(v.Figures.Needs), toldNeeds)] {
		shared := 0
		for _, id := range n.Posts {
			if of[id] {
				shared++
			}
		}
		if n.People >= v.Options.MinNeed && shared > most && 2*shared > max(len(n.Posts), len(o.Posts)) {
			best, most = i, shared
		}
	}
	return best
}

// beyondNeed returns the posts of an outcome by people who do not voice its need, and how many people they are: what else
// those say who do is not theirs alone.
func (v View) beyondNeed(o cpi.Outcome, n figures.Need) (posts map[data.PostID]bool, people int) {
	counted, voices, more := make(map[data.PostID]bool), make(map[data.AuthorID]bool), make(map[data.AuthorID]bool)
	for _, id := range n.Posts {
		counted[id] = true
	}
	stated := make(map[data.PostID]bool, len(o.Posts))
	for _, id := range o.Posts {
		stated[id] = true
	}
	for i := range v.Story.Activity {
		if p := &v.Story.Activity[i]; counted[p.ID] {
			voices[p.Author] = true
		}
	}
	posts = make(map[data.PostID]bool)
	for i := range v.Story.Activity {
		if p := &v.Story.Activity[i]; stated[p.ID] && !voices[p.Author] {
			posts[p.ID], more[p.Author] = true, true
		}
	}
	return posts, len(more)
}
