// Package graph clusters weighted undirected graphs and compares the clusterings.
//
// A Graph is a compressed sparse row matrix: uint32 node numbers, float32 weights. Everything here
// is deterministic: equal graph, options and seed give equal results at any GOMAXPROCS.
//
// Leiden follows Traag, Waltman and van Eck, "From Louvain to Leiden: guaranteeing well-connected
// communities", Sci. Rep. 9, 5233 (2019): a queue of nodes whose neighbourhood changed drives the
// local moves, each community is then refined into well-connected parts by randomised merges, and
// the refined parts become the nodes of the next, smaller graph. Qualities are modularity with a
// resolution (Reichardt and Bornholdt 2006) and the constant Potts model (Traag et al. 2011). A
// last pass splits whatever is not connected, so no community ever is. From a warm start a community
// seldom comes apart by moves of single nodes; Split looks for that in each.
//
// Ensemble reweights edges by how often one-level runs put both ends together (ECG: Poulin and
// Théberge, "Ensemble clustering for graphs", 2019); it sharpens small groups on dense graphs and
// acts as a higher resolution on sparse ones.
//
// Nearest finds the k most similar rows of a matrix of unit vectors: exactly, in cache-sized blocks,
// or by NN-Descent (Dong, Moses and Li 2011) in a pull form whose result does not depend on the
// order of work.
//
// The measures of agreement are those of Vinh, Epps and Bailey, "Information theoretic measures for
// clusterings comparison" (2010), Hubert and Arabie (1985) and Rosenberg and Hirschberg (2007).
package graph
