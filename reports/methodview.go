package reports

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/figures"
)

// A methodView says what can be trusted and how to do it again.
type methodView struct {
	Unseen   [][]span
	How      []span
	Strength []span
	Rights   []span
	Sources  []sourceView
	Total    sourceView
	Run      []pair
	Params   []pair
	Commands []string
}

type sourceView struct {
	Name, State   string
	Posts, People string
	Trouble       bool
}

type pair struct{ Key, Value string }

func (b *builder) method() methodView {
	s := b.Story
	m := methodView{
		How: b.rich("method.how", "window", b.dates(s.Window.From.Add(time.Second), s.Window.To), "least", b.Options.MinTribe, "total", b.Options.MinPeople),
		Strength: b.rich("method.strength", "solid", b.percent(b.Options.Strength.SolidStability), "solidn", b.Options.Strength.SolidPeople,
			"likely", b.percent(b.Options.Strength.LikelyStability), "likelyn", b.Options.Strength.LikelyPeople),
		Rights: b.rights(),
		Params: params(s.Params),
	}
	m.Unseen = b.unseen()
	b.sources(&m)
	b.run(&m)
	return m
}

// rights says how posts were read, that quotes lead to them where there are any and they do, and how somebody gets out.
func (b *builder) rights() []span {
	out := b.rich("method.rights")
	if !b.Options.Anonymise && slices.ContainsFunc(b.Story.Activity, func(p data.PostMeta) bool { return link(p.URL) != "" }) {
		out = append(out, b.rich("method.rights.links")...)
	}
	return append(out, b.rich("method.rights.out")...)
}

func (b *builder) unseen() [][]span {
	out := [][]span{b.rich("unseen.silent"), b.rich("unseen.places"), b.rich("unseen.machine")}
	if n := len(b.Figures.Params.Makers); n > 0 {
		out = append(out, b.rich("unseen.makers", "n", n))
	}
	if !b.Figures.Threads && b.Story.Posts > 0 {
		out = append(out, b.rich("unseen.threads"))
	}
	if p := b.Figures.Parts; p.Partial() {
		out = append(out, b.rich("unseen.parts", "n", p.Orphans, "replies", p.Replies, "share", b.percent(float64(p.Orphans)/float64(p.Replies))))
	}
	if b.Figures.Crowded > 0 {
		out = append(out, b.rich("unseen.crowded", "n", b.Figures.Crowded))
	}
	if len(b.Figures.Typed) > 0 {
		out = append(out, b.rich("unseen.typed"))
	}
	if !b.Figures.Hours && b.Story.Posts > 0 {
		out = append(out, b.rich("unseen.hours"))
	}
	if told := b.draw("unseen.draw"); told != nil {
		out = append(out, told)
	}
	if b.Story.Rejected > 0 {
		out = append(out, b.rich("unseen.rejected", "n", b.Story.Rejected))
	}
	if b.Story.Failed > 0 {
		out = append(out, b.rich("unseen.failed", "n", b.Story.Failed))
	}
	denied := 0
	for _, s := range b.Story.Sources {
		denied += s.Denied
	}
	if denied > 0 {
		out = append(out, b.rich("unseen.denied", "n", denied))
	}
	return out
}

func (b *builder) sources(m *methodView) {
	posts, people := inWindow(b.Story)
	names := slices.Collect(maps.Keys(posts))
	states := make(map[string]data.SourceState)
	for _, s := range b.Story.Sources {
		states[s.Name] = s
		if !slices.Contains(names, s.Name) {
			names = append(names, s.Name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		v := sourceView{Name: clean(name), Posts: b.number(posts[name]), People: b.number(len(people[name]))}
		v.State, v.Trouble = b.sourceState(name, states[name])
		m.Sources = append(m.Sources, v)
	}
	total := b.text("sources.total")
	if n := len(b.Figures.Params.Makers); n > 0 {
		total = b.text("sources.total.people", "n", n)
	}
	m.Total = sourceView{Name: total, Posts: b.number(b.Story.Posts), People: b.number(b.Story.People)}
}

func (b *builder) sourceState(name string, s data.SourceState) (string, bool) {
	var parts []string
	if s.Kind != "" {
		kind := clean(s.Kind)
		if s.Kind == "import" {
			kind = b.text("source.import")
		}
		parts = append(parts, kind)
	}
	trouble := true
	switch {
	case s.LastError != "":
		parts = append(parts, b.text("source.error", "error", collected(cut(clean(s.LastError), 120))))
	case !s.ParkedTo.IsZero() && s.ParkedTo.After(b.Story.AsOf):
		parts = append(parts, b.text("source.parked"))
	case b.Figures.Parts.Partial() && len(b.Story.Sources) == 1:
		trouble = false
		parts = append(parts, b.text("source.part"))
	default:
		trouble = false
		parts = append(parts, b.text("source.complete"))
	}
	if s.Dead > 0 {
		parts = append(parts, b.text("source.dead", "n", s.Dead))
	}
	if who := b.Options.Permissions[name]; who != "" {
		parts = append(parts, b.text("source.permitted", "who", collected(cut(clean(who), 120))))
	}
	return strings.Join(parts, " · "), trouble
}

func (b *builder) run(m *methodView) {
	s := b.Story
	parent := s.Parent
	if parent == "" {
		parent = b.text("run.first")
	}
	m.Run = []pair{{b.text("run.id"), s.ID}, {b.text("run.parent"), parent}, {b.text("run.asof"), b.date(s.AsOf)}}
	if len(s.Decisions) > 0 {
		m.Run = append(m.Run, pair{b.text("run.decisions"), clean(decisions(s.Decisions))})
	}
	about := []pair{
		{b.text("run.window"), b.dates(s.Window.From.Add(time.Second), s.Window.To)}, {b.text("run.algorithm"), s.Algorithm},
		{b.text("run.code"), s.Code + " · " + s.Annotation}, {b.text("run.inputs"), cut(s.Inputs, 24)},
	}
	if s.Stability > 0 {
		about = append(about, pair{b.text("run.stability"), b.percent(s.Stability)})
	}
	if s.Modularity > 0 {
		about = append(about, pair{b.text("run.modularity"), b.decimal(s.Modularity, 2)})
	}
	if b.Options.Version != "" {
		about = append(about, pair{b.text("run.version"), "tribu " + b.Options.Version})
	}
	m.Params = append(about, m.Params...)
	if s.Posts+collectedPosts(s.Sources) == 0 {
		m.Run = m.Run[1:] // a run of nothing is not kept: there is none to name or to do again
		return
	}
	m.Commands = []string{
		"tribu report --run " + s.ID + " --lang " + string(b.lang),
		"tribu runs replay " + s.ID,
		"tribu export members --run " + s.ID + " --to xlsx -o members.xlsx",
	}
}

// decisions names what people decided, in the words of the command line.
func decisions(all []data.TribeDecision) string {
	var out []string
	for _, d := range all {
		what := fmt.Sprintf("d%d %s %s", d.Num, d.Kind, d.Tribe)
		if d.Into != "" {
			what += " → " + string(d.Into)
		}
		out = append(out, what)
	}
	return strings.Join(out, ", ")
}

// params lists the parameters of a run, sorted by name.
func params(canonical string) []pair {
	var values map[string]any
	if json.Unmarshal([]byte(canonical), &values) != nil {
		return nil
	}
	var out []pair
	for k, v := range values {
		text := fmt.Sprint(v)
		if f, ok := v.(float64); ok {
			text = strconv.FormatFloat(f, 'f', -1, 64)
		} else if list, ok := v.([]any); ok {
			text = strconv.Itoa(len(list)) // of accounts, whose ids nothing else holds
		} else if b, err := json.Marshal(v); err == nil {
			text = strings.Trim(string(b), `"`)
		}
		if unset := text == "" || k == "k" && text == "0"; unset {
			continue
		}
		if ns, ok := v.(float64); ok && (k == "window" || k == "half_life") {
			text = figures.LengthOf(time.Duration(ns))
		}
		out = append(out, pair{clean(k), clean(text)})
	}
	slices.SortFunc(out, func(a, b pair) int { return strings.Compare(a.Key, b.Key) })
	return out
}

// Params returns the parameters of a run, sorted by name, as a reader's page has them.
func Params(canonical string) [][]string {
	var out [][]string
	for _, p := range params(canonical) {
		out = append(out, []string{p.Key, p.Value})
	}
	return out
}
