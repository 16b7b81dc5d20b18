package gauge

import "tribu/data"

// Gauges is everything that is measured of one tribe.
type Gauges struct {
	Readings []Reading `json:"readings"`
	Aid      Aid       `json:"aid"`
	Stage    Stage     `json:"stage"`
	Leaders  []Leader  `json:"leaders"`
	Status   []Status  `json:"status"` // by PageRank
	Breaks   int       `json:"habit_breaks"`
}

// Measure reads every gauge of one tribe.
func Measure(w *World, t data.TribeID) Gauges {
	g := Gauges{Aid: AidOf(w, t), Stage: Staged(w, t)}
	influence, leaders := Influence(w, t)
	breaks, broken := Breaks(w, t)
	status, places := StatusMap(w, t)
	g.Leaders, g.Status, g.Breaks = append([]Leader{}, leaders...), append([]Status{}, places...), len(broken)
	g.Readings = []Reading{Herding(w, t), Homophily(w, t), Homogenisation(w, t), NewcomerAffinity(w, t), SelfHerding(w, t), breaks, Reciprocity(w, t), PeersAgainstMakers(w, t), influence, status}
	return g
}
