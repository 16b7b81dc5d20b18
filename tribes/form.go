package tribes

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"tribu/data"
	"tribu/tribes/graph"
)

// A Result is a run with everything it found.
type Result = data.RunRecord

// A former carries what the steps of Form hand to each other.
type former struct {
	in      Input
	p       Params
	id      string
	l       layers
	few     bool  // too few people to tell which setting is right
	groups  []int // of each author, before any cut-off
	lens    lens  // that showed the groups
	areas   []int // of each group
	steady  steadiness
	homes   []int  // what became of the group that each author was a member of
	pulls   []pull // z of each group
	belongs [][]membership
	shown   []int // groups that are tribes, crowds or cliques, largest first
	members [][]membership
	prior   *priorRun
	past    memory
	result  Result
}

// Form groups the authors of in into tribes. Equal inputs and parameters give equal results at any
// GOMAXPROCS. Fewer than p.MinPeople authors, or no group that holds, give a run without tribes
// that says TooFew; the error is for parameters that make no sense.
func Form(in Input, p Params) (Result, error) {
	p = p.withDefaults()
	if p.Algorithm != Leiden && p.Algorithm != KMeans {
		return Result{}, fmt.Errorf("form tribes: unknown algorithm %q", p.Algorithm)
	}
	if p.Resolution < 0 || p.NeedWeight < 0 || p.NeedWeight > 1 {
		return Result{}, fmt.Errorf("form tribes: resolution %v must not be negative, need weight %v must be in 0..1", p.Resolution, p.NeedWeight)
	}
	f := former{in: in, p: p, id: RunID(in, p), prior: priorOf(in)}
	f.past = f.prior.memory(in)
	f.result.Run = f.describeRun()
	if len(in.authors) < p.MinPeople {
		f.result.TooFew = true
		f.placeNobody()
		return f.result, nil
	}
	f.group()
	f.judge()
	if broken := f.broken(); broken > 0 {
		return f.result, fmt.Errorf("form tribes: %d of them are not connected", broken)
	}
	f.tell()
	return f.result, nil
}

func (f *former) describeRun() data.Run {
	run := data.Run{
		ID: f.id, Name: f.p.Name, Main: f.p.Main, Week: f.p.Week, AsOf: f.p.AsOf, Window: f.in.Window,
		Params: f.p.JSON(), Inputs: f.in.Digest, Code: Version, Annotation: f.p.Annotation,
		People: len(f.in.authors), Posts: len(f.in.posts), Threads: f.in.threads, Places: f.in.places,
		Pairs: pairs(f.in), Algorithm: string(f.p.Algorithm), Resolution: f.p.Resolution, NeedWeight: f.p.NeedWeight,
		Notes: map[string]int{"copies": f.in.copies},
	}
	if f.in.Parent != nil {
		run.Parent = f.in.Parent.ID
	}
	if f.in.Replaced != nil {
		run.Replaced = f.in.Replaced.ID
	}
	return run
}

func pairs(in Input) int {
	seen := make(map[[2]uint32]bool)
	for _, t := range in.ties {
		seen[[2]uint32{min(t.from, t.to), max(t.from, t.to)}] = true
	}
	return len(seen)
}

// group builds the layers and places every author.
func (f *former) group() {
	f.l = buildLayers(f.in, f.p)
	if f.p.Algorithm == KMeans {
		f.groups = placeByKMeans(f.l, f.p)
	} else {
		f.choose()
		f.result.Profile = granularity(f.l, f.p)
		if f.few {
			f.l = f.l.agreed(f.p)
		}
		f.place()
	}
	f.areas = problemAreas(f.l, f.groups, f.p)
	f.result.Modularity = f.modularity()
}

// place places every author in the layers as they are.
func (f *former) place() {
	f.groups, f.lens = refined(f.l, place(f.l, f.p, f.past), f.p, f.past)
	f.part()
}

// choose settles what the parameters leave open.
func (f *former) choose() {
	c := choose(f.in, f.l, f.p)
	f.p.NeedWeight, f.p.Resolution = c.needWeight, c.resolution
	f.l, f.few = f.l.weighed(f.p.NeedWeight), c.few
	f.l.credit = c.credit
	f.result.NeedWeight, f.result.Resolution, f.result.Agreement = c.needWeight, c.resolution, c.agreement
}

func (f *former) modularity() float64 {
	partition := make(graph.Partition, len(f.groups))
	free := uint32(groupCount(f.groups))
	for v, g := range f.groups {
		partition[v] = uint32(g)
		if g == nowhere {
			partition[v] = free
			free++
		}
	}
	return graph.Score(f.l.fused, partition, graph.Modularity, f.p.Resolution)
}

// judge decides which groups hold and who belongs to them.
func (f *former) judge() {
	f.steady = rerun(f.l, f.groups, f.p, f.few, f.lens)
	f.lens = lens{}
	null := nullGroups(f.l, f.p, f.few)
	for _, c := range cohesion(f.l.words.units(), f.l, f.groups) {
		f.pulls = append(f.pulls, null.z(c))
	}
	f.homes = f.past.homes(f.groups)
	f.belongs = f.memberships()
	f.l = layers{need: f.l.need, tie: f.l.tie, fused: f.l.fused, posts: f.l.posts} // nothing after this asks what was said and met
	f.dropStray()
	f.shown = f.holding()
	f.keepShown()
}

// keepShown drops memberships in groups that are not shown and lists the members of those that are.
func (f *former) keepShown() {
	f.members = make([][]membership, len(f.pulls))
	shown := make([]bool, len(f.pulls))
	for _, g := range f.shown {
		shown[g] = true
	}
	for v := range f.belongs {
		if list := f.belongs[v]; len(list) > 0 && !shown[list[0].group] {
			f.belongs[v] = nil
		}
		f.belongs[v] = slices.DeleteFunc(f.belongs[v], func(m membership) bool { return !shown[m.group] })
		for _, m := range f.belongs[v] {
			f.members[m.group] = append(f.members[m.group], m)
		}
	}
	slices.SortStableFunc(f.shown, func(a, b int) int { return cmp.Compare(len(f.members[b]), len(f.members[a])) })
}

func (f *former) placeNobody() {
	f.groups = make([]int, len(f.in.authors))
	for v := range f.groups {
		f.groups[v] = nowhere
	}
	f.belongs = make([][]membership, len(f.groups))
	f.l.posts = countPosts(f.in)
	f.listMembers(nil, nil)
	f.result.Lineage = lineage(f.id, f.prior, nil, nil, nil)
	f.result.Worn = f.prior.worn(nil)
}

// tell writes down what was found: the tribes with their words, needs and people, and the lineage.
func (f *former) tell() {
	tribes := make([]data.Tribe, len(f.shown))
	t := newTeller(f)
	for i, g := range f.shown {
		tribes[i] = t.tribe(g)
	}
	firsts, whole := f.sets()
	f.result.Lineage = lineage(f.id, f.prior, tribes, firsts, whole)
	f.result.Worn = f.prior.worn(tribes)
	t.callAll(tribes)
	ids := make(map[int]data.TribeID)
	stability := 0.0
	for i, g := range f.shown {
		ids[g] = tribes[i].ID
		stability += tribes[i].Stability / float64(len(tribes))
	}
	f.result.Tribes, f.result.Stability = tribes, stability
	f.listMembers(ids, t)
	f.result.TooFew = len(tribes) == 0
}

// sets returns whose first tribe each shown group is, and everybody in it.
func (f *former) sets() (firsts, whole []map[data.AuthorID]bool) {
	at := make(map[int]int, len(f.shown))
	for i, g := range f.shown {
		firsts, whole = append(firsts, make(map[data.AuthorID]bool)), append(whole, make(map[data.AuthorID]bool))
		at[g] = i
	}
	for v, list := range f.belongs {
		for rank, m := range list {
			whole[at[m.group]][f.in.authors[v]] = true
			if rank == 0 {
				firsts[at[m.group]][f.in.authors[v]] = true
			}
		}
	}
	return firsts, whole
}

// listMembers writes one row per membership, and one for everybody without any.
func (f *former) listMembers(ids map[int]data.TribeID, t *teller) {
	area := func(g int) int {
		if g == nowhere {
			return nowhere
		}
		return f.areas[g]
	}
	for v, id := range f.in.authors {
		row := data.Member{Run: f.id, Author: id, Placed: f.groups[v], Area: area(f.groups[v]), Posts: f.l.posts[v], Role: data.RoleMember}
		if len(f.belongs[v]) == 0 {
			f.result.Members = append(f.result.Members, row)
		}
		for rank, m := range f.belongs[v] {
			row.Tribe, row.Rank, row.Strength, row.Stability = ids[m.group], rank, rounded(m.strength), rounded(m.steady)
			row.Role, row.Why = t.role(m), t.why(m)
			f.result.Members = append(f.result.Members, row)
		}
	}
}

// rounded cuts a figure to six decimals, which keeps the rounding of sums out of outputs.
func rounded(x float64) float64 { return math.Round(x*1e6) / 1e6 }
