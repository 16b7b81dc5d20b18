package data

// Acts is what a post does where people ask and help each other, as the nlp stage hears it: whether it
// asks, in which of its needs, and whether it offers something.
type Acts uint16

// The acts of a post.
const (
	Asking    Acts = 1 << iota // puts a question or tells trouble: a request where it opens a conversation
	Pleading                   // asks others in its author's own person: a request wherever it stands
	Offering                   // offers information or action: help where somebody asked
	Wondering                  // puts a question of any kind
	Relaying                   // passes on at length what concerns others, or speaks for a firm
	firstOrd                   // from here on, the place of the need that asks

	Settling Acts = 1 << 15 // says that what its author asked for needs no answer any more
)

// ActsIn returns acts that the need at place ord among those of the post voices.
func ActsIn(acts Acts, ord int) Acts { return acts | Acts(ord)*firstOrd }

// Has reports whether any of acts is among a.
func (a Acts) Has(acts Acts) bool { return a&acts != 0 }

// Ord returns the place, among the needs of the post, of the one that asks.
func (a Acts) Ord() int { return int(a &^ Settling / firstOrd) }
