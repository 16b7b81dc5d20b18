package reports

import (
	"tribu/data"
	"tribu/reports/figures"
	"tribu/reports/measure"
	"tribu/reports/measure/lives"
	"tribu/reports/measure/uses"
	"tribu/reports/measure/ways"
)

// A Scene is what surrounds the needs of a story: how each tribe goes about it, what its talk can be
// used for, who solves needs and how, and which part things play in people's lives.
type Scene struct {
	Profiles  []ways.Profile
	Cases     []uses.Cell
	Digests   []uses.Digest
	Beyond    *uses.Beyond // nil where the project names no scope
	Roles     []lives.TribeRoles
	Contexts  []lives.Context // of the needs that enough people voice, in their order
	Carried   map[data.AuthorID]Carried
	Crossings map[data.AuthorID]Crossing // of each bridge
}

// A Carried is how a bridge helped somebody of another tribe, or a voice anybody: the newest of the answers that help most surely.
type Carried struct {
	Post  data.PostMeta
	To    data.AuthorID
	Said  string // the sentence that helps
	helps int    // how surely
}

// Surround reads the scene of what v tells.
func Surround(r *measure.Reading, v View) *Scene {
	s := &Scene{
		Profiles: ways.Read(r, ways.Params{Location: v.Options.Location, NoHours: !v.Figures.Hours, Released: v.Figures.Released()}),
		Cases:    uses.Spare(uses.Matrix(r), v.tender), Digests: uses.Digests(r), Roles: lives.Roles(r),
	}
	if b, ok := uses.OffScope(r, v.Options.Scope); ok {
		s.Beyond = &b
	}
	var keys []string
	for i, n := range v.Figures.Needs {
		if i < toldNeeds || n.People >= v.Options.MinNeed {
			keys = append(keys, n.Key)
		}
	}
	s.Contexts, s.Carried, s.Crossings = lives.Contexts(r, keys), carried(r, v), crossings(r, v)
	return s
}

// carried returns what each bridge of v carried across, and what each voice told.
func carried(r *measure.Reading, v View) map[data.AuthorID]Carried {
	out, voice := make(map[data.AuthorID]Carried), make(map[data.AuthorID]bool)
	voices, _ := v.voices()
	for _, p := range voices {
		if home := v.Figures.Home[p.Author]; home != figures.None && v.tender(v.Figures.Tribes[home].ID) {
			continue // people weigh there what others hold
		}
		out[p.Author], voice[p.Author] = Carried{}, true
	}
	for _, p := range v.bridges() {
		out[p.Author], voice[p.Author] = Carried{}, false
	}
	together := figures.Together(v.Story.Members)
	for _, in := range v.Story.Interactions {
		was, bridge := out[in.From]
		post, known := r.Post(in.Post)
		to, homed := v.Figures.Home[in.To]
		if !bridge || !known || in.Kind == data.Boost || !homed || !voice[in.From] && (to == figures.None || together(in.From, in.To)) || !v.Story.Window.Contains(post.CreatedAt) {
			continue
		}
		asked, _ := r.Post(in.ToPost)
		if !data.Helps(r.Remark(post), r.Remark(asked)) {
			continue
		}
		c := Carried{Post: post, To: in.To}
		said, worth := v.help(r.Answers(), r.Said(in.Post), r.Said(in.ToPost), v.Story.Threads[post.Thread].Title)
		c.Said, c.helps = said, worth.helps
		if c.helps > was.helps || c.helps > 0 && c.helps == was.helps && post.CreatedAt.After(was.Post.CreatedAt) {
			out[in.From] = c
		}
	}
	return out
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
