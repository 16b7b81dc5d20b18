package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"math/bits"
	"slices"

	"tribu/data"
)

// A printed is a post with the simhash of its words.
type printed struct {
	id     data.PostID
	author data.AuthorID
	at     int64
	print  uint64
}

// copies returns the posts of w that are, as version heard them, near-duplicates of an earlier one of w by the same author.
func (db *DB) copies(ctx context.Context, version string, w data.Window) (map[data.PostID]bool, error) {
	var all []printed
	err := query(ctx, db.pool, selectPrints, func(row scanner) error {
		var p printed
		var print int64
		err := row.Scan((*idColumn)(&p.id), (*idColumn)(&p.author), &p.at, &print)
		p.print = uint64(print)
		all = append(all, p)
		return err
	}, w.From.Unix(), w.To.Unix(), version)
	return copiesIn(all), err
}

const (
	bands    = 4  // of a print; two within copyBits of each other agree in one of them
	bandBits = 16 // of one
	copyBits = 3  // in which the prints of near-duplicates differ at most (Manku and others 2007)
)

// copiesIn returns the posts whose print lies within copyBits of an earlier one by the same author
// that is no copy itself.
func copiesIn(all []printed) map[data.PostID]bool {
	slices.SortFunc(all, func(a, b printed) int {
		return cmp.Or(bytes.Compare(a.author[:], b.author[:]), cmp.Compare(a.at, b.at), bytes.Compare(a.id[:], b.id[:]))
	})
	copies := map[data.PostID]bool{}
	seen := map[uint32][]uint64{} // prints by band
	for i, p := range all {
		if i > 0 && all[i-1].author != p.author {
			clear(seen)
		}
		if repeats(seen, p.print) {
			copies[p.id] = true
			continue
		}
		for b := range uint32(bands) {
			seen[band(p.print, b)] = append(seen[band(p.print, b)], p.print)
		}
	}
	return copies
}

func band(print uint64, b uint32) uint32 {
	return b<<bandBits | uint32(print>>(b*bandBits))&(1<<bandBits-1)
}

func repeats(seen map[uint32][]uint64, print uint64) bool {
	for b := range uint32(bands) {
		for _, earlier := range seen[band(print, b)] {
			if bits.OnesCount64(earlier^print) <= copyBits {
				return true
			}
		}
	}
	return false
}
