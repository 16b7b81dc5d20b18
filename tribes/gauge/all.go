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
	Triggers Triggers  `json:"habit_triggers"` // of Breaks
}

// Measure reads every gauge of one tribe.
func Measure(w *World, t data.TribeID) Gauges {
	g := Gauges{Aid: aidOf(w, t), Stage: Staged(w, t)}
	influence, leaders := influence(w, t)
	breaks, triggers := breaks(w, t)
	status, places := statusMap(w, t)
	g.Leaders, g.Status = append([]Leader{}, leaders...), append([]Status{}, places...)
	g.Breaks, g.Triggers = triggers.all(), triggers
	g.Readings = []Reading{herding(w, t), homophily(w, t), homogenisation(w, t), newcomerAffinity(w, t), selfHerding(w, t), breaks, reciprocity(w, t), peersAgainstMakers(w, t), influence, status}
	return g
}
