package tribes

import (
	"cmp"
	"slices"
)

// sortBy sorts list by two keys, ascending.
func sortBy[T any, A, B cmp.Ordered](list []T, keys func(T) (A, B)) {
	slices.SortStableFunc(list, func(x, y T) int {
		xa, xb := keys(x)
		ya, yb := keys(y)
		return cmp.Or(cmp.Compare(xa, ya), cmp.Compare(xb, yb))
	})
}

// bucketed returns a copy of list in the order of key, which is below n; what is equal keeps its order.
func bucketed[T any](list []T, n int, key func(*T) uint32) []T {
	next := make([]int, n+1)
	for i := range list {
		next[key(&list[i])+1]++
	}
	for k := range n {
		next[k+1] += next[k]
	}
	out := make([]T, len(list))
	for i := range list {
		k := key(&list[i])
		out[next[k]] = list[i]
		next[k]++
	}
	return out
}
