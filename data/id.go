package data

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// A PostID names a post across sources: the first 128 bits of SHA-256("source\x00native id").
type PostID [16]byte

// An AuthorID names an author across sources; built like a PostID from the author's native id.
type AuthorID [16]byte

// A ThreadID names a thread across sources; built like a PostID from the thread's native id.
type ThreadID [16]byte

// NewPostID returns the id of the post that source calls native.
func NewPostID(source, native string) PostID { return digest128(source, native) }

// NewAuthorID returns the id of the author whom source calls native.
func NewAuthorID(source, native string) AuthorID { return digest128(source, native) }

// NewThreadID returns the id of the thread that source calls native.
func NewThreadID(source, native string) ThreadID { return digest128(source, native) }

// ParsePostID reads the 32 hexadecimal digits that PostID.String writes.
func ParsePostID(s string) (PostID, error) { return parse128(s) }

// ParseAuthorID reads the 32 hexadecimal digits that AuthorID.String writes.
func ParseAuthorID(s string) (AuthorID, error) { return parse128(s) }

// String returns 32 hexadecimal digits.
func (id PostID) String() string { return hex.EncodeToString(id[:]) }

// String returns 32 hexadecimal digits.
func (id AuthorID) String() string { return hex.EncodeToString(id[:]) }

// String returns 32 hexadecimal digits.
func (id ThreadID) String() string { return hex.EncodeToString(id[:]) }

// IsZero reports whether id names nothing.
func (id PostID) IsZero() bool { return id == PostID{} }

// IsZero reports whether id names nobody.
func (id AuthorID) IsZero() bool { return id == AuthorID{} }

// IsZero reports whether id names no thread.
func (id ThreadID) IsZero() bool { return id == ThreadID{} }

func digest128(source, native string) [16]byte {
	b := make([]byte, 0, 96) // on the stack
	b = append(append(append(b, source...), 0), native...)
	sum := sha256.Sum256(b)
	return [16]byte(sum[:16])
}

func parse128(s string) (id [16]byte, err error) {
	if len(s) != 2*len(id) {
		return id, fmt.Errorf("parse id %q: want %d hexadecimal digits", s, 2*len(id))
	}
	if _, err = hex.Decode(id[:], []byte(s)); err != nil {
		return id, fmt.Errorf("parse id %q: %w", s, err)
	}
	return id, nil
}
