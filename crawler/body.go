package crawler

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
)

const usualAnswer = 16 << 10 // bytes

// decoded reads resp's body: at most g.sent bytes as sent and g.body bytes decompressed. What it
// returns lasts until the next answer is read.
func (g *guard) decoded(resp *http.Response) ([]byte, error) {
	var r io.Reader = &capped{r: resp.Body, left: g.sent}
	switch strings.ToLower(strings.TrimSpace(strings.Join(resp.Header.Values("Content-Encoding"), ","))) {
	case "", "identity":
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(r)
		if err == io.EOF {
			return nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("decompress answer: %w", err)
		}
		r = z
	default:
		return nil, fmt.Errorf("%w: %.40q", ErrEncoding, resp.Header.Get("Content-Encoding"))
	}
	if resp.ContentLength == 0 {
		return nil, nil
	}
	body := &g.answer
	if body.Cap() > 4*usualAnswer { // one large answer is no reason to keep as much for all that follow
		*body = bytes.Buffer{}
	}
	body.Reset()
	body.Grow(int(min(max(resp.ContentLength, usualAnswer), g.sent)) + bytes.MinRead)
	if _, err := body.ReadFrom(&capped{r: r, left: g.body}); err != nil {
		return nil, fmt.Errorf("read answer: %w", err)
	}
	return bytes.TrimPrefix(body.Bytes(), []byte("\ufeff")), nil
}

// capped reads up to left bytes and fails on the next one.
type capped struct {
	r    io.Reader
	left int64
}

// Read returns ErrTooLarge once there is more than the cap.
func (c *capped) Read(p []byte) (int, error) {
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.r.Read(p)
	if c.left -= int64(n); c.left < 0 {
		return 0, ErrTooLarge
	}
	return n, err
}
