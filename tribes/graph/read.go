package graph

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math"
	"strconv"
)

// Read reads an edge list, one `u v [weight]` a line, split at tabs or spaces. Lines that start with
// #, empty lines and a first line `source target` are skipped; a missing weight is 1. Node names may
// be any text; they are numbered in the order they first appear. The error names the line.
func Read(r io.Reader) (*Graph, []string, error) {
	names := nameTable{number: make(map[string]uint32)}
	var edges []Edge
	heading := true
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 1<<16), 1<<20)
	for line := 1; lines.Scan(); line++ {
		text := bytes.TrimSpace(lines.Bytes())
		if len(text) == 0 || text[0] == '#' {
			continue
		}
		if heading && isHeading(text) {
			heading = false
			continue
		}
		heading = false
		edge, err := names.edge(text)
		if err != nil {
			return nil, nil, fmt.Errorf("read edges: line %d: %w", line, err)
		}
		edges = append(edges, edge)
	}
	if err := lines.Err(); err != nil {
		return nil, nil, fmt.Errorf("read edges: %w", err)
	}
	return New(len(names.names), edges), names.names, nil
}

type nameTable struct {
	number map[string]uint32
	names  []string
}

func (t *nameTable) edge(text []byte) (Edge, error) {
	u, rest := cutField(text)
	v, rest := cutField(rest)
	weight, rest := cutField(rest)
	if len(v) == 0 || len(rest) > 0 {
		return Edge{}, fmt.Errorf("want `u v [weight]`, got %.60q", text)
	}
	w := 1.0
	if len(weight) > 0 {
		var err error
		if w, err = strconv.ParseFloat(string(weight), 32); err != nil || !(w >= 0) || math.IsInf(w, 0) {
			return Edge{}, fmt.Errorf("want a weight ≥ 0, got %q", weight)
		}
	}
	return Edge{t.node(u), t.node(v), float32(w)}, nil
}

func (t *nameTable) node(name []byte) uint32 {
	n, ok := t.number[string(name)]
	if !ok {
		n = uint32(len(t.names))
		t.names = append(t.names, string(name))
		t.number[t.names[n]] = n
	}
	return n
}

// isHeading reports whether a first line names the columns instead of giving an edge.
func isHeading(text []byte) bool {
	u, rest := cutField(bytes.ToLower(text))
	v, _ := cutField(rest)
	switch string(u) + " " + string(v) {
	case "source target", "src dst", "from to", "u v":
		return true
	}
	return false
}

func cutField(text []byte) (field, rest []byte) {
	i := bytes.IndexAny(text, " \t")
	if i < 0 {
		return text, nil
	}
	return text[:i], bytes.TrimLeft(text[i:], " \t")
}
