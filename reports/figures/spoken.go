package figures

import (
	"slices"

	"tribu/data"
)

// spoken reports whether people say the need themselves: two sentences say its name, and three and
// half of them at least what it is about. A name of one word is a thing rather than a need: it takes
// three sentences, and two in three. Sentences that say neither are no quotes of it. Where no words
// are kept there is nothing to hold against it.
func (n *Need) spoken(called naming) bool {
	of, firm := len(n.Quotes), 0
	if of == 0 {
		return true
	}
	n.Quotes = slices.DeleteFunc(n.Quotes, func(q Quote) bool { return q.grip == loose })
	for _, q := range n.Quotes {
		if q.grip >= firmly {
			firm++
		}
	}
	if len(called) > 0 && len(called[0]) == 1 {
		return firm >= min(3, of) && 3*firm >= 2*of
	}
	return firm >= min(2, of) && len(n.Quotes) >= min(3, of) && 2*len(n.Quotes) >= of
}

// limited reports whether most of the needs in rows say by when: such a need is named by its limit,
// in other words than theirs.
func limited(needs []data.NeedRow, rows []int32) bool {
	n := 0
	for _, i := range rows {
		if needs[i].Expectation > 0 {
			n++
		}
	}
	return 2*n > len(rows)
}
