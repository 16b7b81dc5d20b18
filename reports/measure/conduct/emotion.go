package conduct

import (
	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/signs"
	"tribu/reports/measure/stats"
)

// An Emotion is how many of the people of a week show one in their words.
type Emotion struct {
	Tribe     data.TribeID // empty: everybody
	Emotion   signs.Sign
	Week      data.Window
	Share     stats.Share // of the people who wrote in the week
	Precision float64     // of the reading, on labelled posts
}

// Emotions returns the shares of the last n weeks, oldest first: of everybody, then of each tribe. They
// are read from the words of posts; without those there are none.
func Emotions(r *measure.Reading, n int) []Emotion {
	if r.Words == nil {
		return nil
	}
	tribes := []data.TribeID{""}
	for _, t := range r.Tribes {
		tribes = append(tribes, t.ID)
	}
	var out []Emotion
	for _, w := range r.Weeks(n) {
		wrote, felt := feltIn(r, w)
		people, feel := perTribe(wrote, r.Home), make(map[signs.Sign]map[data.TribeID]int)
		for e, who := range felt {
			feel[e] = perTribe(who, r.Home)
		}
		for _, t := range tribes {
			for _, e := range signs.Emotions() {
				out = append(out, Emotion{t, e, w, stats.ShareOf(feel[e][t], people[t]), signs.EmotionPrecision(e)})
			}
		}
	}
	return out
}

// feltIn returns who wrote in w, and who showed which emotion.
func feltIn(r *measure.Reading, w data.Window) (wrote map[data.AuthorID]bool, felt map[signs.Sign]map[data.AuthorID]bool) {
	wrote, felt = make(map[data.AuthorID]bool), make(map[signs.Sign]map[data.AuthorID]bool)
	for _, e := range signs.Emotions() {
		felt[e] = make(map[data.AuthorID]bool)
	}
	for _, p := range r.Posts {
		if !w.Contains(p.CreatedAt) || r.Makers[p.Author] {
			continue
		}
		wrote[p.Author] = true
		for _, e := range r.Signs(p.ID).Of(signs.Emotions()) {
			felt[e][p.Author] = true
		}
	}
	return wrote, felt
}

// perTribe counts the people of each tribe, and all of them under the empty id.
func perTribe(people map[data.AuthorID]bool, home map[data.AuthorID]data.TribeID) map[data.TribeID]int {
	out := make(map[data.TribeID]int)
	for a := range people {
		if t := home[a]; t != "" {
			out[t]++
		}
	}
	out[""] = len(people)
	return out
}
