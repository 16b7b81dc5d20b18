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
