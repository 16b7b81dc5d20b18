package sqlite

import (
	"encoding/binary"
	"math"

	"github.com/cespare/xxhash/v2"

	"tribu/data"
)

// A hasher hashes a sequence of fields so that no two different sequences run into each other.
type hasher struct{ xxhash.Digest }

func newHasher() *hasher {
	h := &hasher{}
	h.Reset()
	return h
}

func (h *hasher) texts(all ...string) {
	for _, s := range all {
		h.ints(int64(len(s)))
		h.WriteString(s)
	}
}

func (h *hasher) ints(all ...int64) {
	var b [8]byte
	for _, n := range all {
		binary.LittleEndian.PutUint64(b[:], uint64(n))
		h.Write(b[:])
	}
}

func (h *hasher) ids(all ...[16]byte) {
	for i := range all {
		h.Write(all[i][:])
	}
}

func (h *hasher) sum() int64 { return int64(h.Sum64()) }

func toInt(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// hashPost returns the hash of everything, and of everything but the counters that go up while
// nobody writes.
func hashPost(p *data.Post, deleted bool) (hash, input int64) {
	h := newHasher()
	h.ids(p.ID, p.Author, p.Thread, p.Parent)
	h.ints(p.CreatedAt.Unix(), toInt(p.Guessed), toInt(deleted))
	h.texts(p.Source, p.NativeID, string(p.ParentBy), p.Title, p.Body, string(p.Format), p.URL, string(p.LangHint), p.Place)
	input = h.sum()
	h.ints(int64(p.Score), int64(p.Views))
	return h.sum(), input
}

// hashText tells one wording of a post from another.
func hashText(title, body string) int64 {
	h := newHasher()
	h.texts(title, body)
	return h.sum()
}

func hashInteraction(i *data.Interaction) int64 {
	h := newHasher()
	h.ids(i.Post, i.From, i.To, i.ToPost)
	h.ints(i.At.Unix())
	h.texts(string(i.Kind), i.ToHandle)
	return h.sum()
}

// hashAnnotation returns the hash of all that was heard; terms is encodeTerms of its terms. Acts of
// none leave no trace, as in annotations that were stored before there were acts.
func hashAnnotation(a *data.Annotation, terms []byte) int64 {
	h := newHasher()
	h.ids(a.Post)
	h.texts(string(a.Lang), string(terms))
	h.ints(int64(a.Words), int64(a.Fingerprint), toInt(a.Copy), int64(len(a.Needs)))
	if a.Acts != 0 {
		h.ints(int64(a.Acts))
	}
	for i := range a.Needs {
		h.need(&a.Needs[i])
	}
	return h.sum()
}

func (h *hasher) need(n *data.Need) {
	h.texts(string(n.Type), string(n.Kind), n.Object, n.Aspect, n.Action, n.Concept, n.Quote, string(n.Lang), n.Rule)
	h.ints(int64(n.Polarity), toInt(n.Negated), toInt(n.Hypothetical), int64(n.Expectation), toInt(n.Evidence.InTitle),
		int64(n.Evidence.Start), int64(n.Evidence.End), int64(math.Float64bits(n.Confidence)), int64(len(n.Facets)))
	for _, f := range n.Facets {
		h.texts(f.Name)
		h.ints(int64(f.Direction))
	}
	if n.Increment != nil {
		h.texts(n.Increment.Kind, n.Increment.Unit)
		h.ints(int64(math.Float64bits(n.Increment.Value)))
	}
	h.texts(n.Motives...)
	if n.Voice != "" {
		h.texts(n.Voice)
	}
}
