package archive

import (
	"bufio"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// ErrFolder says that what should be a file is a folder.
var ErrFolder = errors.New("is a folder, not a file")

// ErrBinary says that a file holds no text.
var ErrBinary = errors.New("not a text file")

// ErrOther says that a file holds nothing in the format that was named, but looks like another.
var ErrOther = errors.New("another format")

// ErrFormat says that a file is in none of the known formats.
var ErrFormat = errors.New("unknown format")

// A Damaged error says that a compressed file broke off. The rows before the break are stored.
type Damaged struct {
	File string
	Kept int // good rows read before the break
	Err  error
}

// Error says what is kept and why the reading ended.
func (e *Damaged) Error() string {
	switch e.Kept {
	case 0:
		return fmt.Sprintf("read %s: the file is damaged, or breaks off, before its first good row", e.File)
	case 1:
		return fmt.Sprintf("read %s: the file is damaged, or breaks off, after 1 good row, which is kept", e.File)
	}
	return fmt.Sprintf("read %s: the file is damaged, or breaks off, after %d good rows, which are kept", e.File, e.Kept)
}

// Unwrap returns the decompressor's error.
func (e *Damaged) Unwrap() error { return e.Err }

const (
	headBytes  = 8 << 10
	zstdWindow = 2 << 30 // what zstd --long=31 needs, as the dumps of reddit do
)

// An input is an opened, decompressed file whose first bytes have been looked at.
type input struct {
	path  string
	name  string // base name, lower case, without the compression's ending
	size  int64
	file  *os.File
	read  atomic.Int64
	zstd  *zstd.Decoder
	text  *bufio.Reader
	head  []byte
	blank bool // nothing is written in it
}

func open(path string) (*input, error) {
	path = postsOf(path)
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open posts: %w", err)
	}
	in := &input{path: path, file: f}
	if err := in.start(); err != nil {
		in.close()
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return in, nil
}

func (in *input) start() error {
	st, err := in.file.Stat()
	if err != nil {
		return err
	}
	if st.IsDir() {
		return ErrFolder
	}
	in.size, in.name = st.Size(), plainName(in.path)
	raw, err := in.decompress()
	if err != nil {
		return err
	}
	in.text = bufio.NewReaderSize(raw, 256<<10)
	if bom, _ := in.text.Peek(3); string(bom) == "\ufeff" {
		_, _ = in.text.Discard(3)
	}
	in.head, err = in.text.Peek(headBytes)
	in.blank = err == io.EOF && len(bytes.TrimSpace(in.head)) == 0
	if err != nil && err != io.EOF && !isDamaged(err) {
		return err
	}
	return textual(in.head)
}

func plainName(path string) string {
	name := strings.ToLower(path[strings.LastIndexByte(path, '/')+1:])
	return strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".zst")
}

func (in *input) decompress() (io.Reader, error) {
	counted := bufio.NewReaderSize(countingReader{in.file, &in.read}, 64<<10)
	magic, _ := counted.Peek(4)
	switch {
	case bytes.HasPrefix(magic, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(counted)
		if err != nil {
			return nil, &Damaged{File: in.path, Err: err}
		}
		return z, nil
	case bytes.Equal(magic, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(counted, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(zstdWindow))
		in.zstd = z
		return z, err
	}
	return counted, nil
}

func textual(head []byte) error {
	if bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff}) {
		return fmt.Errorf("%w: it is UTF-16; convert it to UTF-8 first", ErrBinary)
	}
	control, wrong := 0, 0
	for rest := head; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		if r == utf8.RuneError && n == 1 {
			wrong++
		}
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' {
			control++
		}
		rest = rest[n:]
	}
	if 50*control > len(head) || 10*control+wrong > 4 && 3*(control+wrong) > len(head) {
		return fmt.Errorf("%w: its first bytes are binary", ErrBinary)
	}
	return nil
}

func (in *input) consumed() int64 { return in.read.Load() }

func (in *input) close() {
	if in.zstd != nil {
		in.zstd.Close()
	}
	_ = in.file.Close()
}

func (in *input) damage(err error, kept int) error {
	if err == nil {
		return nil
	}
	return &Damaged{File: in.path, Kept: kept, Err: err}
}

// isDamaged reports whether err comes from broken compressed bytes.
func isDamaged(err error) bool {
	var corrupt flate.CorruptInputError
	var damaged *Damaged
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) ||
		errors.As(err, &corrupt) || errors.As(err, &damaged) || isZstdDamage(err)
}

func isZstdDamage(err error) bool {
	for _, known := range []error{zstd.ErrMagicMismatch, zstd.ErrCRCMismatch, zstd.ErrWindowSizeExceeded, zstd.ErrFrameSizeMismatch,
		zstd.ErrFrameSizeExceeded, zstd.ErrReservedBlockType, zstd.ErrCompressedSizeTooBig, zstd.ErrBlockTooSmall, zstd.ErrUnexpectedBlockSize} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}

type countingReader struct {
	io.Reader
	n *atomic.Int64
}

// Read counts what it reads.
func (c countingReader) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n.Add(int64(n))
	return n, err
}
