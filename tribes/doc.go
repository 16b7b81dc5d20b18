// Package tribes groups authors into tribes: people held together by a shared need and by talking
// to each other. Nobody is forced into one, and no attribute of a person is an input: who wrote
// when and where, in which words and needs, and who turned to whom is all there is.
//
// Form works in these steps.
//
//  1. Vectors: each author's needs, topics and terms, decayed by age, log-scaled, times the inverse
//     document frequency over authors, reduced by a randomised truncated SVD (Halko, Martinsson and
//     Tropp 2011).
//  2. The problem layer joins authors who are among each other's 30 nearest by cosine, weighted by
//     what exceeds the likeness of two authors on average. The interaction layer joins those who
//     replied, quoted, mentioned or met in a thread within a week, the logarithm of what goes each
//     way over the root of both ends' strengths.
//  3. Both layers, scaled to the same weight per author, are added. Leiden (package graph) groups
//     the authors with two posts or more; the others join where most of their weight goes. Then
//     everybody goes to the group, of those they are tied to, whose people their own words and
//     meetings are likeliest of (refining); how much words count beside meetings is what tells best
//     which groups people are in that the other half of the conversations shows (credit). Weight and
//     resolution are those whose groups make all that likeliest.
//  4. Reruns on 80 % of the weight, refined likewise, say how steady groups and members are (Hennig
//     2007). Somebody belongs to a group by how often they stay with it, times the share of their weight inside,
//     moved by the evidence: how much likelier their words and meetings are of its people than of
//     anybody.
//  5. Two keys: the same method on worlds with the ties dealt anew (Molloy and Reed 1995) and the
//     words dealt anew says how cohesive groups look where there is nothing to find; of more than
//     12,000 people so many are drawn for it. A tribe is at least two standard deviations above that
//     in both layers, a crowd in needs only, a clique in ties only.
//  6. Words, names, needs, exemplars and reasons come from what members wrote; distinctive words by
//     log-odds with a prior (Monroe, Colaresi and Quinn 2008), counted in authors; pieces of longer
//     phrases are left out, as nested terms are (C-value: Frantzi, Ananiadou and Mima 2000).
//  7. Tribes are matched with those of the run before and keep their ids and letters while they live, their names
//     until these have not fitted for some runs; what became of each is told.
//
// The baseline is spherical k-means on the vectors (muesli/clusters, seeded). Evaluate compares a
// run, and the simpler ways, with known groups.
package tribes
