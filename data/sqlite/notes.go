package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"tribu/data"
)

// Notes are what reading a window from end to end leaves behind: what its digest is made of, and
// which need belonged to which problem.
type notes struct {
	state  string // of the database before it was read
	from   data.Window
	by     string // version
	digest string // once it was asked for
	heard  *hashSums
	links  *hashSums
	called *hashSums
	named  *namings
}

// hashSums add up hashes, as one number and in two halves.
type hashSums struct {
	n         int64
	whole     uint64
	low, high int64
}

func (s *hashSums) add(hash int64) {
	s.n++
	s.whole += uint64(hash)
	s.low += hash & 0xffffffff
	s.high += hash >> 32 & 0xffffffff
}

// notesOn returns the notes on a window, which begin now where anything has changed since.
func (db *DB) notesOn(ctx context.Context, version string, w data.Window) (notes, error) {
	state, err := db.inputState(ctx, version, w)
	if err != nil {
		return notes{}, fmt.Errorf("digest input: %w", explain(err))
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.notes.state != state {
		db.notes = notes{state: state, by: version, from: w}
	}
	return db.notes, nil
}

// noteLinks keeps what the interactions of w add up to, where that is asked for.
func (db *DB) noteLinks(w data.Window, all *hashSums) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.notes.from == w {
		db.notes.links = all
	}
}

// noteCalled keeps what the names of w add up to, where that is asked for.
func (db *DB) noteCalled(w data.Window, all *hashSums) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.notes.from == w {
		db.notes.called = all
	}
}

// noteHeard keeps what version heard in w, where that is asked for.
func (db *DB) noteHeard(version string, w data.Window, all *hashSums, named *namings) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.notes.from == w && db.notes.by == version {
		db.notes.heard, db.notes.named = all, named
	}
}

// forgetNotes is called where what was read has changed without a change of state.
func (db *DB) forgetNotes() {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.notes = notes{}
}

// noteDigest keeps the digest of what was read.
func (db *DB) noteDigest(digest string) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.notes.digest = digest
}

// digestOf returns the digest of a window that was read to its end, whose needs belong to problems
// that add up to named.
func (db *DB) digestOf(ctx context.Context, n notes, named hashSums) (string, error) {
	sum := sha256.New()
	from, to := n.from.From.Unix(), n.from.To.Unix()
	fmt.Fprintln(sum, n.by, from, to)
	var posts, low, high int64
	if err := db.pool.QueryRowContext(ctx, sumPosts, from, to).Scan(&posts, &low, &high); err != nil {
		return "", fmt.Errorf("digest input: %w", explain(err))
	}
	fmt.Fprintln(sum, posts, low, high)
	fmt.Fprintln(sum, n.heard.n, n.heard.low, n.heard.high)
	fmt.Fprintln(sum, n.links.n, n.links.whole)
	fmt.Fprintln(sum, named.n, named.whole)
	fmt.Fprintln(sum, n.called.n, n.called.whole)
	return hex.EncodeToString(sum.Sum(nil)[:16]), nil
}

// read reports whether the window was read to its end.
func (n notes) read() bool { return n.heard != nil && n.links != nil && n.called != nil }

// A naming is the problem that a need belonged to and what that was called in the need's language.
type naming struct {
	Problem data.ProblemID
	Called  string
}

// Namings tell which needs of a window belong to which problem.
type namings struct {
	names []naming
	at    map[naming]uint64
	rows  []byte // post, place and name of each need
	sums  hashSums
}

func (n *namings) add(ref data.NeedRef, of naming) {
	i, known := n.at[of]
	if !known {
		i = uint64(len(n.names))
		n.at[of], n.names = i, append(n.names, of)
	}
	n.rows = binary.AppendUvarint(binary.AppendUvarint(append(n.rows, ref.Post[:]...), uint64(ref.Ord)), i)
	n.sums.add(hashVoiced(ref, of))
}

func hashVoiced(need data.NeedRef, of naming) int64 {
	h := newHasher()
	h.ids(need.Post)
	h.ints(int64(need.Ord))
	h.texts(string(of.Problem), of.Called)
	return h.sum()
}

// packed writes what decodeNamings reads.
func (n *namings) packed() ([]byte, error) {
	head, err := json.Marshal(n.names)
	if err != nil {
		return nil, err
	}
	return compress(append(append(binary.AppendUvarint(nil, uint64(len(head))), head...), n.rows...))
}

// saveNeeds keeps which need of the run's window belongs to which problem, in the transaction that
// saves the run: needs are grouped anew every week, and a run can only be computed again from the
// groups it was made from.
func saveNeeds(ctx context.Context, tx *sql.Conn, num int64, named *namings) error {
	doc, err := named.packed()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, insertRunNeeds, num, doc)
	return err
}

// namingsFor returns what was noted when the input of a run was read, or reads it now.
func (db *DB) namingsFor(ctx context.Context, run *data.Run) (*namings, error) {
	db.mu.Lock()
	n := db.notes
	db.mu.Unlock()
	if n.named != nil && n.digest != "" && n.digest == run.Inputs {
		return n.named, nil
	}
	named := newNamings()
	r, all, _, err := db.listened(ctx, run.Annotation, run.Window)
	if err != nil {
		return nil, err
	}
	var voiced []*data.PostMeta
	for _, p := range all {
		if p.needs > 0 {
			voiced = append(voiced, p.PostMeta)
		}
	}
	return named, r.eachNeed(ctx, voiced, named.note)
}

func newNamings() *namings { return &namings{at: map[naming]uint64{}} }

// note adds a need that belongs to a problem.
func (n *namings) note(p *data.PostMeta, ord int, need *data.Need) {
	if need.Problem != "" {
		n.add(data.NeedRef{Post: p.ID, Ord: ord}, naming{need.Problem, need.Called})
	}
}
