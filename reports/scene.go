package reports

import (
	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/lives"
	"tribu/reports/measure/uses"
	"tribu/reports/measure/ways"
)

// A Scene is what surrounds the needs of a story: how each tribe goes about it, what its talk can be
// used for, who solves needs and how, and which part things play in people's lives.
type Scene struct {
	Profiles []ways.Profile
	Cases    []uses.Cell
	Digests  []uses.Digest
	Beyond   *uses.Beyond // nil where the project names no scope
	Roles    []lives.TribeRoles
	Contexts []lives.Context // of the needs a report tells, in their order
}

// Surround reads the scene of what v tells.
func Surround(r *measure.Reading, v View) *Scene {
	s := &Scene{
		Profiles: ways.Read(r, ways.Params{Location: v.Options.Location, NoHours: !v.Figures.Hours}),
		Cases:    uses.Matrix(r), Digests: uses.Digests(r), Roles: lives.Roles(r),
	}
	if b, ok := uses.OffScope(r, v.Options.Scope); ok {
		s.Beyond = &b
	}
	var keys []string
	for _, n := range v.Figures.Needs[:min(len(v.Figures.Needs), toldNeeds)] {
		keys = append(keys, n.Key)
	}
	s.Contexts = lives.Contexts(r, keys)
	return s
}

// profile returns how a tribe goes about it; false where that was not measured.
func (v View) profile(t data.TribeID) (ways.Profile, bool) {
	if v.Scene == nil {
		return ways.Profile{}, false
	}
	for _, p := range v.Scene.Profiles {
		if p.Tribe == t {
			return p, true
		}
	}
	return ways.Profile{}, false
}
