package export

import (
	"bufio"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/atlas"
)

// An edge is one author turning to another, however often.
type edge struct {
	from, to    data.AuthorID
	weight      int
	kind        data.InteractionKind // the most frequent; the stronger where two are
	first, last time.Time
	kinds       map[data.InteractionKind]int
}

// edges returns the ties between chosen people, by their exported ids.
func (l *list) edges() []edge {
	chosen := make(map[data.AuthorID]bool)
	for _, m := range l.chosenMembers() {
		chosen[m.Author] = true
	}
	type pair struct{ from, to data.AuthorID }
	index := make(map[pair]int)
	var out []edge
	for _, in := range l.Interactions {
		if !chosen[in.From] || !chosen[in.To] || in.From == in.To {
			continue
		}
		k := pair{in.From, in.To}
		i, ok := index[k]
		if !ok {
			i = len(out)
			index[k] = i
			out = append(out, edge{from: in.From, to: in.To, first: in.At, kinds: make(map[data.InteractionKind]int)})
		}
		out[i].weight++
		out[i].last = in.At
		out[i].kinds[in.Kind]++
	}
	order := []data.InteractionKind{data.Reply, data.Quote, data.Mention, data.Name, data.Boost, data.Topic}
	for i := range out {
		for _, k := range order {
			if out[i].kinds[k] > out[i].kinds[out[i].kind] {
				out[i].kind = k
			}
		}
	}
	slices.SortFunc(out, func(a, b edge) int {
		return cmp.Or(strings.Compare(l.id(a.from), l.id(b.from)), strings.Compare(l.id(a.to), l.id(b.to)))
	})
	return out
}

func (l *list) edgeTable() table {
	t := table{name: "Edges", columns: []column{
		{"run_id", text, 17}, {"source", text, 18}, {"target", text, 18}, {"weight", whole, 8}, {"type", text, 10}, {"first", date, 12}, {"last", date, 12},
	}}
	for _, e := range l.edges() {
		t.rows = append(t.rows, []any{l.ID, l.id(e.from), l.id(e.to), e.weight, string(e.kind), l.day(e.first), l.day(e.last)})
	}
	return t
}

// A node is a chosen person in a graph.
type node struct {
	id, label, tribe, role string
	membership             float64
	at                     atlas.Point
	colour                 string
}

// nodes returns everyone chosen once, in their strongest tribe, by id.
func (l *list) nodes() []node {
	var towards = make(map[data.AuthorID]int)
	for _, p := range l.figures.Named(l.Story.Members, 6) {
		if len(p.Reach) > 0 {
			towards[p.Author] = p.Reach[0].Tribe
		}
	}
	drawn := atlas.Lay(l.Story, l.figures, atlas.Wide(), towards)
	colours := atlas.Colours(l.Story)
	seen := make(map[data.AuthorID]bool)
	var out []node
	loose := 0
	members := l.chosenMembers()
	slices.SortStableFunc(members, func(a, b data.Member) int { return a.Rank - b.Rank })
	for _, m := range members {
		if seen[m.Author] {
			continue
		}
		seen[m.Author] = true
		n := node{id: l.id(m.Author), tribe: l.chosen[m.Tribe].Name, role: string(m.Role), membership: round(m.Strength), at: drawn.Place[m.Author], colour: "#999999"}
		n.label = n.id
		if a := l.Authors[m.Author]; !l.Anonymise && a.Name != "" {
			n.label = printable(a.Name)
		}
		if m.Tribe != "" {
			n.colour, _ = atlas.Colour(colours[m.Tribe])
		} else if len(drawn.Loose) > 0 {
			n.at = drawn.Loose[loose%len(drawn.Loose)]
			loose++
		}
		out = append(out, n)
	}
	slices.SortFunc(out, func(a, b node) int { return strings.Compare(a.id, b.id) })
	return out
}

func escape(s string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return ""
	}
	return b.String()
}

func rgb(hex string) (r, g, b uint64) {
	v, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil {
		return 0, 0, 0
	}
	return v >> 16 & 255, v >> 8 & 255, v & 255
}

func (l *list) gexf(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">
<meta lastmodifieddate="%s"><creator>tribu</creator><description>%s</description></meta>
<graph mode="static" defaultedgetype="directed">
<attributes class="node" mode="static"><attribute id="tribe" title="tribe" type="string"/><attribute id="role" title="role" type="string"/><attribute id="membership" title="membership" type="double"/></attributes>
<attributes class="edge" mode="static"><attribute id="kind" title="kind" type="string"/><attribute id="first" title="first" type="string"/><attribute id="last" title="last" type="string"/></attributes>
<nodes>
`, l.AsOf.In(l.Location).Format(time.DateOnly), escape(l.ID))
	for _, n := range l.nodes() {
		r, g, b := rgb(n.colour)
		fmt.Fprintf(out, `<node id="%s" label="%s"><attvalues><attvalue for="tribe" value="%s"/><attvalue for="role" value="%s"/><attvalue for="membership" value="%s"/></attvalues><viz:color r="%d" g="%d" b="%d"/><viz:position x="%d" y="%d" z="0"/></node>`+"\n",
			n.id, escape(n.label), escape(n.tribe), escape(n.role), number(n.membership), r, g, b, int(n.at.X), -int(n.at.Y))
	}
	fmt.Fprint(out, "</nodes>\n<edges>\n")
	for i, e := range l.edges() {
		fmt.Fprintf(out, `<edge id="%d" source="%s" target="%s" weight="%d"><attvalues><attvalue for="kind" value="%s"/><attvalue for="first" value="%s"/><attvalue for="last" value="%s"/></attvalues></edge>`+"\n",
			i, l.id(e.from), l.id(e.to), e.weight, e.kind, l.stamp(e.first), l.stamp(e.last))
	}
	fmt.Fprint(out, "</edges>\n</graph>\n</gexf>\n")
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write gexf: %w", err)
	}
	return nil
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func (l *list) graphml(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprint(out, `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
`)
	for _, k := range [][3]string{
		{"label", "node", "string"}, {"tribe", "node", "string"}, {"role", "node", "string"}, {"membership", "node", "double"}, {"x", "node", "double"}, {"y", "node", "double"}, {"colour", "node", "string"},
		{"weight", "edge", "double"}, {"type", "edge", "string"}, {"first", "edge", "string"}, {"last", "edge", "string"},
	} {
		fmt.Fprintf(out, `<key id="%s" for="%s" attr.name="%s" attr.type="%s"/>`+"\n", k[0], k[1], k[0], k[2])
	}
	fmt.Fprintf(out, "<graph id=\"%s\" edgedefault=\"directed\">\n", escape(l.ID))
	for _, n := range l.nodes() {
		fmt.Fprintf(out, `<node id="%s"><data key="label">%s</data><data key="tribe">%s</data><data key="role">%s</data><data key="membership">%s</data><data key="x">%d</data><data key="y">%d</data><data key="colour">%s</data></node>`+"\n",
			n.id, escape(n.label), escape(n.tribe), escape(n.role), number(n.membership), int(n.at.X), -int(n.at.Y), n.colour)
	}
	for _, e := range l.edges() {
		fmt.Fprintf(out, `<edge source="%s" target="%s"><data key="weight">%d</data><data key="type">%s</data><data key="first">%s</data><data key="last">%s</data></edge>`+"\n",
			l.id(e.from), l.id(e.to), e.weight, e.kind, l.stamp(e.first), l.stamp(e.last))
	}
	fmt.Fprint(out, "</graph>\n</graphml>\n")
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write graphml: %w", err)
	}
	return nil
}
