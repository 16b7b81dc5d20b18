package crawler

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

const somePage = "/posts.json?before=100"

type answer = func(s *scene, w http.ResponseWriter, r *http.Request)

// says answers 200 with a body and headers, given as NAME, VALUE, …
func says(body string, headers ...string) answer {
	return func(_ *scene, w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for i := 0; i < len(headers); i += 2 {
			w.Header().Add(headers[i], headers[i+1])
		}
		_, _ = io.WriteString(w, body)
	}
}

// forever writes start and then more until nobody listens.
func forever(start, more string, headers ...string) answer {
	return func(s *scene, w http.ResponseWriter, r *http.Request) {
		says(start, headers...)(s, w, r)
		chunk := []byte(strings.Repeat(more, 1+(1<<15)/len(more)))
		for r.Context().Err() == nil {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}
}

// drips writes one byte after the other and does not come to an end.
func drips(_ *scene, w http.ResponseWriter, r *http.Request) {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		if _, err := w.Write([]byte("[")); err != nil || http.NewResponseController(w).Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-tick.C:
		}
	}
}

// stalls writes start and then nothing.
func stalls(start string) answer {
	return func(_ *scene, w http.ResponseWriter, r *http.Request) {
		if start != "" {
			_, _ = io.WriteString(w, start)
			_ = http.NewResponseController(w).Flush()
		}
		<-r.Context().Done()
	}
}

// rewritten answers as the forum does, with its bytes changed.
func rewritten(change func([]byte) []byte, headers ...string) answer {
	return func(s *scene, w http.ResponseWriter, r *http.Request) {
		says(string(change(s.right(r))), headers...)(s, w, r)
	}
}

func replaced(old, with string) answer {
	return rewritten(func(b []byte) []byte { return bytes.ReplaceAll(b, []byte(old), []byte(with)) })
}

func zipped(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b)
	_ = z.Close()
	return out.Bytes()
}

func sentZipped(change func([]byte) []byte, headers ...string) answer {
	return rewritten(func(b []byte) []byte { return change(zipped(b)) }, headers...)
}

// bomb is 200 MB of zeros in as many packets as open makes of a megabyte each.
func bomb(encoding string, open func(io.Writer) io.WriteCloser) answer {
	var packet bytes.Buffer
	z := open(&packet)
	_, _ = z.Write(make([]byte, 1<<20))
	_ = z.Close()
	return says(strings.Repeat(packet.String(), 200), "Content-Encoding", encoding)
}

func toGzip(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }

func toFlate(w io.Writer) io.WriteCloser { z, _ := flate.NewWriter(w, 9); return z }

func unchanged(b []byte) []byte { return b }

func half(b []byte) []byte { return b[:len(b)/2] }

func bodies() []misdeed {
	return []misdeed{
		{name: "a body without end", on: somePage, do: forever("", "x"), want: gap, says: "too large"},
		{name: "a line of a gigabyte", on: somePage, do: forever(`{"latest_posts":[],"x":"`, "y", "Content-Length", "1073741824"), want: gap, says: "too large"},
		{name: "a body that drips", on: somePage, do: drips, want: gap, says: "it does not answer in time", slow: true},
		{name: "a body that stalls", on: somePage, do: stalls(`{"latest_posts":[`), want: gap, says: "it does not answer in time", slow: true},
		{name: "a request that is not answered", on: somePage, do: stalls(""), want: gap, says: "it does not answer in time", slow: true},
		{name: "a gzip bomb", on: somePage, do: bomb("gzip", toGzip), want: gap, says: "too large"},
		{name: "a gzip bomb in a gzip bomb", on: somePage, do: bomb("gzip, gzip", toGzip), want: gap, says: "unknown Content-Encoding"},
		{name: "a deflate bomb", on: somePage, do: bomb("deflate", toFlate), want: gap, says: "unknown Content-Encoding"},
		{name: "empty gzip members without end", on: somePage, do: forever("", string(zipped(nil)), "Content-Encoding", "gzip"), want: gap, says: "too large"},
		{name: "gzip that breaks off", on: somePage, do: sentZipped(half, "Content-Encoding", "gzip"), want: gap, says: "unexpected EOF"},
		{name: "plain text called gzip", on: somePage, do: rewritten(unchanged, "Content-Encoding", "gzip"), want: gap, says: "invalid header"},
	}
}

func contents() []misdeed {
	utf16 := func(b []byte) []byte {
		out := []byte{0xff, 0xfe}
		for _, c := range b {
			out = append(out, c, 0)
		}
		return out
	}
	reversed := func(s *scene, w http.ResponseWriter, r *http.Request) { s.shuffled(w, r, true, false) }
	doubled := func(s *scene, w http.ResponseWriter, r *http.Request) { s.shuffled(w, r, false, true) }
	return []misdeed{
		{name: "broken UTF-8", on: somePage, do: replaced("caff", "\xff\xc3("), want: complete},
		{name: "another charset than declared", on: somePage, do: rewritten(utf16, "Content-Type", "application/json; charset=utf-8"), want: gap, says: "invalid character"},
		{name: "a byte order mark", on: "/posts.json", do: rewritten(func(b []byte) []byte { return append([]byte("\ufeff"), b...) }), want: complete},
		{name: "NUL in a text", on: somePage, do: replaced("caff", `\u0000`), want: complete},
		{name: "lists in lists in lists", on: somePage, do: says(`{"latest_posts":` + strings.Repeat("[", 900_000)), want: gap, says: "max depth"},
		{name: "an id beyond all numbers", on: somePage, do: replaced(`"id":77,`, `"id":1e999,`), want: gap, says: "cannot unmarshal"},
		{name: "an empty answer", on: somePage, do: says(""), want: gap, says: "unexpected end"},
		{name: "HTML instead of JSON", on: somePage, do: says("<!doctype html><title>Sign in</title>", "Content-Type", "text/html"), want: gap, says: "invalid character"},
		{name: "XML with an entity bomb instead of JSON", on: somePage, do: says(`<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><l>&b;</l>`), want: gap, says: "invalid character"},
		{name: "JSON called HTML", on: "/posts.json", do: rewritten(unchanged, "Content-Type", "text/html"), want: complete},
		{name: "the same page whatever is asked", on: "/posts.json", do: func(s *scene, w http.ResponseWriter, r *http.Request) {
			r.URL.RawQuery = ""
			s.forum.ServeHTTP(w, r)
		}, want: stopped, says: "asked for posts up to id 50"},
		{name: "posts in reversed order", on: "/posts.json", do: reversed, want: complete},
		{name: "every post three times", on: "/posts.json", do: doubled, want: complete},
		{name: "a half of the pages, then 500", on: "/posts.json?before=1", do: func(_ *scene, w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "SECRET stack trace", http.StatusInternalServerError)
		}, want: gap, says: "HTTP 500"},
		{name: "204", on: somePage, do: answers(http.StatusNoContent), want: gap, says: "HTTP 204"},
		{name: "304 without a question", on: somePage, do: answers(http.StatusNotModified), want: gap, says: "HTTP 304"},
	}
}

func answers(code int) answer {
	return func(_ *scene, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func location(format string, at ...func(*scene) string) answer {
	return func(s *scene, w http.ResponseWriter, _ *http.Request) {
		var args []any
		for _, f := range at {
			args = append(args, f(s))
		}
		w.Header().Set("Location", fmt.Sprintf(format, args...))
		w.WriteHeader(http.StatusFound)
	}
}
