package sqlite

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"tribu/data"
)

// Terms and topics of a post are one BLOB: a format byte, the bytes of all strings together, then
// two lists, each its length and its terms. A term is its key, front-coded against the key before
// it, its form, front-coded against its key, and its count. All numbers are varints.
const termsFormat = 1

// maxTermBytes bounds what a damaged BLOB can make decodeTerms allocate.
const maxTermBytes = 16 << 20

var errTerms = errors.New("damaged terms")

func encodeTerms(terms, topics []data.Term) []byte {
	size := 0
	for _, list := range [][]data.Term{terms, topics} {
		for _, t := range list {
			size += len(t.Key) + len(t.Form)
		}
	}
	b := append(make([]byte, 0, 16+size), termsFormat)
	b = binary.AppendUvarint(b, uint64(size))
	for _, list := range [][]data.Term{terms, topics} {
		b = binary.AppendUvarint(b, uint64(len(list)))
		before := ""
		for _, t := range list {
			b = appendAfter(b, before, t.Key)
			b = appendAfter(b, t.Key, t.Form)
			b = binary.AppendVarint(b, int64(t.Count))
			before = t.Key
		}
	}
	return b
}

// appendAfter writes s as the length it shares with before and the rest.
func appendAfter(b []byte, before, s string) []byte {
	shared, most := 0, min(len(before), len(s))
	for shared < most && before[shared] == s[shared] {
		shared++
	}
	b = binary.AppendUvarint(b, uint64(shared))
	b = binary.AppendUvarint(b, uint64(len(s)-shared))
	return append(b, s[shared:]...)
}

// decodeTerms reads what encodeTerms wrote; the terms share one string.
func decodeTerms(b []byte) (terms, topics []data.Term, err error) {
	if len(b) == 0 || b[0] != termsFormat {
		return nil, nil, fmt.Errorf("%w: unknown format", errTerms)
	}
	d := termDecoder{rest: b[1:]}
	size := d.uvarint()
	if size > maxTermBytes {
		return nil, nil, fmt.Errorf("%w: %d bytes of text", errTerms, size)
	}
	d.text.Grow(int(min(size, uint64(8*len(b)))))
	terms, topics = d.list(), d.list()
	if d.bad || len(d.rest) > 0 {
		return nil, nil, errTerms
	}
	return terms, topics, nil
}

type termDecoder struct {
	rest []byte
	text strings.Builder
	bad  bool
}

func (d *termDecoder) list() []data.Term {
	n := d.uvarint()
	if n > uint64(len(d.rest)/5) { // a term takes five bytes at least
		d.bad = true
	}
	if n == 0 || d.bad {
		return nil
	}
	list := make([]data.Term, n)
	before := ""
	for i := range list {
		key := d.after(before)
		list[i] = data.Term{Key: key, Form: d.after(key), Count: int(d.varint())}
		before = key
	}
	return list
}

func (d *termDecoder) after(before string) string {
	shared, more := d.uvarint(), d.uvarint()
	if d.bad || shared > uint64(len(before)) || more > uint64(len(d.rest)) || d.text.Len() > maxTermBytes {
		d.bad = true
		return ""
	}
	if shared == uint64(len(before)) && more == 0 {
		return before
	}
	start := d.text.Len()
	d.text.WriteString(before[:shared])
	d.text.Write(d.rest[:more])
	d.rest = d.rest[more:]
	return d.text.String()[start:]
}

func (d *termDecoder) uvarint() uint64 {
	if len(d.rest) > 0 && d.rest[0] < 0x80 {
		n := uint64(d.rest[0])
		d.rest = d.rest[1:]
		return n
	}
	n, size := binary.Uvarint(d.rest)
	d.skip(size)
	return n
}

func (d *termDecoder) varint() int64 {
	n, size := binary.Varint(d.rest)
	d.skip(size)
	return n
}

func (d *termDecoder) skip(size int) {
	if size <= 0 {
		d.bad, d.rest = true, nil
		return
	}
	d.rest = d.rest[size:]
}
