package graph_test

import (
	"fmt"
	"strings"

	"tribu/tribes/graph"
)

func Example() {
	g, names, err := graph.Read(strings.NewReader("ada bea\nbea cleo\ncleo ada\ndora eva\neva fay\nfay dora\ncleo dora 0.2\n"))
	if err != nil {
		panic(err)
	}
	groups := graph.Leiden(g, graph.Options{Seed: 1})
	for v, group := range groups {
		fmt.Println(group, names[v])
	}
	fmt.Printf("modularity %.2f\n", graph.Score(g, groups, graph.Modularity, 1))
	// Output:
	// 0 ada
	// 0 bea
	// 0 cleo
	// 1 dora
	// 1 eva
	// 1 fay
	// modularity 0.47
}
