package archive_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"tribu/crawler/archive"
	"tribu/data"
	"tribu/data/fuzz"
)

// A shelf keeps what is saved, in order.
type shelf struct {
	posts        []data.Post
	authors      []data.Author
	threads      []data.Thread
	interactions []data.Interaction
	batches      int
	failAt       int
}

func (s *shelf) Save(_ context.Context, b data.Batch) (data.Saved, error) {
	s.batches++
	if s.batches == s.failAt {
		return data.Saved{}, errors.New("disk full")
	}
	s.posts = append(s.posts, b.Posts...)
	s.authors = append(s.authors, b.Authors...)
	s.threads = append(s.threads, b.Threads...)
	s.interactions = append(s.interactions, b.Interactions...)
	return data.Saved{New: len(b.Posts)}, nil
}

func now() time.Time { return time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC) }

type outcome struct {
	shelf
	archive.Result
	err     error
	rejects []data.Reject
}

func load(t *testing.T, name string, content []byte, o archive.Options) outcome {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	var out outcome
	o.Now = now
	o.Reject = func(r data.Reject) error { r.File = ""; out.rejects = append(out.rejects, r); return nil }
	out.Result, out.err = archive.Import(t.Context(), path, o, &out.shelf)
	return out
}

const good = `{"id":"1","author":"ada","created_at":"2026-01-02T03:04:05Z","text":"hello"}`

func TestRowsOfJSONLines(t *testing.T) {
	with := func(extra string) string { return good[:len(good)-1] + "," + extra + "}" }
	for _, c := range []struct{ name, row, reason string }{
		{"a complete row", good, ""},
		{"an id written as a number", `{"id":1,"author":2,"created_at":"2026-01-02T03:04:05Z","text":"x"}`, ""},
		{"a title alone", `{"id":"1","author":"a","created_at":"2026-01-02T03:04:05Z","title":"x"}`, ""},
		{"no id", `{"author":"a","created_at":"2026-01-02T03:04:05Z","text":"x"}`, "id is missing"},
		{"a null author", `{"id":"1","author":null,"created_at":"2026-01-02T03:04:05Z","text":"x"}`, "author is missing"},
		{"no date", `{"id":"1","author":"a","text":"x"}`, "created_at is missing"},
		{"no words", `{"id":"1","author":"a","created_at":"2026-01-02T03:04:05Z","text":" \n"}`, "the post is empty: no text, html or title"},
		{"a year 99999", `{"id":"1","author":"a","created_at":"99999-01-02T03:04:05Z","text":"x"}`, `created_at "99999-01-02T03:04:05Z": want a date such as 2026-01-31T12:00:00Z`},
		{"before 1970", `{"id":"1","author":"a","created_at":"1969-12-31T23:59:59Z","text":"x"}`, `created_at "1969-12-31T23:59:59Z": outside 1970 … now + 1 day`},
		{"tomorrow", `{"id":"1","author":"a","created_at":"2026-11-23T00:00:00Z","text":"x"}`, ""},
		{"the day after", `{"id":"1","author":"a","created_at":"2026-11-23T00:00:01Z","text":"x"}`, `created_at "2026-11-23T00:00:01Z": outside 1970 … now + 1 day`},
		{"an unknown parent kind", with(`"parent_kind":"wink"`), `parent_kind "wink": want reply, quote, mention, name or topic`},
		{"a word where a number is due", with(`"score":"many"`), "score: string where a number is due"},
		{"half a row", `{"id":"1","auth`, "not JSON: the row breaks off"},
		{"no JSON", `nothing`, "not JSON"},
		{"a list", `[1,2]`, "not a JSON object: array"},
	} {
		got := load(t, "posts.jsonl", []byte(c.row+"\n"), archive.Options{Format: "jsonl"})
		reason := ""
		if len(got.rejects) == 1 {
			reason = got.rejects[0].Reason
		}
		if reason != c.reason || len(got.posts) != 1-len(got.rejects) || got.err != nil {
			t.Errorf("%s: reason %q, %d posts, %v; want reason %q (row %s)", c.name, reason, len(got.posts), got.err, c.reason, c.row)
		}
	}
}

func TestEveryKeyHasItsPlace(t *testing.T) {
	row := `{"id":"9","source":"forum","author":"bo","author_name":"Bo B","parent_id":"7","thread_id":"5","created_at":"2026-01-02T05:04:05.9+02:00",` +
		`"title":"Re: R: Chains","text":"a\u0000b \ud800","url":"javascript:alert(1)","lang":"it-IT","score":3,"views":9,"mentions":["cy","@di","cy","@bo"],"quotes":["7"],"boosts":["ed"],"parent_kind":"quote","place":"Bikes","group":"x"}`
	got := load(t, "posts.jsonl", []byte("\ufeff"+row+"\r\n"), archive.Options{})
	id, bo := data.NewPostID("forum", "9"), data.NewAuthorID("forum", "bo")
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	want := shelf{
		posts: []data.Post{{ID: id, Source: "forum", NativeID: "9", Author: bo, Thread: data.NewThreadID("forum", "5"), Parent: data.NewPostID("forum", "7"), ParentBy: data.Quote,
			CreatedAt: at, Title: "Re: R: Chains", Body: "ab \ufffd", Format: data.FormatText, LangHint: "it", Score: 3, Views: 9, Place: "Bikes"}},
		authors: []data.Author{{ID: bo, Source: "forum", NativeID: "bo", Handle: "bo", Name: "Bo B"}},
		threads: []data.Thread{{ID: data.NewThreadID("forum", "5"), Source: "forum", NativeID: "5", Title: "Chains", Place: "Bikes"}},
		interactions: []data.Interaction{
			{Post: id, Kind: data.Quote, From: bo, ToPost: data.NewPostID("forum", "7"), At: at},
			{Post: id, Kind: data.Quote, From: bo, ToPost: data.NewPostID("forum", "7"), At: at},
			{Post: id, Kind: data.Boost, From: data.NewAuthorID("forum", "ed"), To: bo, At: at},
			{Post: id, Kind: data.Mention, From: bo, ToHandle: "cy", At: at},
			{Post: id, Kind: data.Mention, From: bo, ToHandle: "di", At: at},
		},
		batches: 1,
	}
	if diff := cmp.Diff(want, got.shelf, cmp.AllowUnexported(shelf{})); diff != "" {
		t.Errorf("row %s: -want +got\n%s", row, diff)
	}
	if diff := cmp.Diff(map[string]int{"group": 1}, got.Unknown); diff != "" {
		t.Errorf("unknown keys: -want +got\n%s", diff)
	}
}

func TestKeysThatAreValuesDoNotFillTheMemory(t *testing.T) {
	var file strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&file, `{"id":"%d","author":"bo","created_at":"2026-11-02T10:00:00Z","text":"x","key %d %s":1}`+"\n", i, i, strings.Repeat("long", 1000))
	}
	got := load(t, "keys.jsonl", []byte(file.String()), archive.Options{})
	rows, longest := 0, 0
	for key, n := range got.Unknown {
		rows, longest = rows+n, max(longest, len(key))
	}
	if len(got.Unknown) != 201 || got.Unknown["…"] != 800 || rows != 1000 || longest > 200 {
		t.Errorf("1,000 unknown keys: told apart %d, the rest %d of %d, the longest of %d bytes; want 201, 800 of 1000, at most 200", len(got.Unknown), got.Unknown["…"], rows, longest)
	}
}

func TestThreadOfARowWithoutOne(t *testing.T) {
	got := load(t, "p.jsonl", []byte(good+"\n"+`{"id":"2","author":"b","parent_id":"1","created_at":"2026-01-02T03:04:05Z","text":"x"}`), archive.Options{Source: "s"})
	for i, p := range got.posts {
		if want := data.NewThreadID("s", "1"); p.Thread != want || p.Source != "s" {
			t.Errorf("row %d: thread %v in %s, want %v in s: its parent's id, or its own", i+1, p.Thread, p.Source, want)
		}
	}
	got = load(t, "p.jsonl", []byte(good), archive.Options{})
	if got.posts[0].Source != "import" {
		t.Errorf("a row and options without a source: %q, want import", got.posts[0].Source)
	}
}

func TestHandlesInTheText(t *testing.T) {
	type want struct{ mentions, quotes string }
	for _, c := range []struct {
		key, body string
		want
	}{
		{"text", "thanks @bob_m, and @Zoë!", want{"bob_m Zoë", ""}},
		{"text", "mail me: ada@bob.example or x@y", want{}},
		{"text", "> @bob said so\nno", want{}},
		{"text", "see https://medium.example/@bob/post", want{}},
		{"text", "@bob (Bob Marsh) writes:\n> hi\nagreed @cy.", want{"cy", "bob"}},
		{"text", "@bob wrote:\n> hi", want{"", "bob"}},
		{"text", "Il giorno lun 3 feb 2026 alle 10:12 @bob ha scritto:\n> ciao\nvero", want{"", "bob"}},
		{"text", "I told @bob what he wrote", want{"bob", ""}},
		{"text", "[quote=\"bob\"]ask @cy[/quote]\nno, @di knows", want{"di", ""}},
		{"text", "I am @ada myself; email @ home", want{}},
		{"html", "<p>hi <a>@bob</a></p><blockquote>@cy</blockquote><pre>@Override</pre>", want{"bob", ""}},
	} {
		row := fmt.Sprintf(`{"id":"1","author":"ada","created_at":"2026-01-02T03:04:05Z",%q:%s}`, c.key, mustJSON(c.body))
		var mentions, quotes []string
		for _, i := range load(t, "p.jsonl", []byte(row), archive.Options{}).interactions {
			if i.Kind == data.Quote {
				quotes = append(quotes, i.ToHandle)
			} else {
				mentions = append(mentions, i.ToHandle)
			}
		}
		if got := (want{strings.Join(mentions, " "), strings.Join(quotes, " ")}); got != c.want {
			t.Errorf("%q: got %+v, want %+v", c.body, got, c.want)
		}
	}
	row := `{"id":"1","author":"ada","created_at":"2026-01-02T03:04:05Z","text":"hi @bob","mentions":[]}`
	if got := load(t, "p.jsonl", []byte(row), archive.Options{}); len(got.interactions) != 0 {
		t.Errorf("mentions given as none: got %+v, want none", got.interactions)
	}
}

func mustJSON(v any) string { b, _ := json.Marshal(v); return string(b) }

func TestCSV(t *testing.T) {
	const row = "\n1,ada,2026-01-02T03:04:05Z,"
	for _, c := range []struct{ name, file, bodies, reasons string }{
		{"commas", "id,author,created_at,text" + row + "hello", "hello", ""},
		{"semicolons", "id;author;created_at;text\n1;ada;2026-01-02T03:04:05Z;a,b", "a,b", ""},
		{"quotes and lines", "id,author,created_at,text" + row + "\"say \"\"hi\"\",\nthen go\"", "say \"hi\",\nthen go", ""},
		{"inches in a bare field", "id,author,created_at,text" + row + "a 20\" wheel\n2,bo,2026-01-02T03:04:05Z,ok", "a 20\" wheel|ok", ""},
		{"a stray quote costs one row", "id,author,created_at,text" + row + "\"oops\n2,bo,2026-01-02T03:04:05Z,ok", "ok", "2 a quote is never closed"},
		{"too few fields", "id,author,created_at,text\n1,ada\n2,bo,2026-01-02T03:04:05Z,ok", "ok", "2 2 fields where the header has 4"},
		{"a word for a number", "id,author,created_at,text,score" + row + "hello,many", "", `2 score "many": want a number`},
		{"a spreadsheet's Windows-1252", "id,author,created_at,text" + row + "perch\xe9 no \x80\n2,bo,2026-01-02T03:04:05Z,\"gi\xe0, pi\xf9\"", "perché no €|già, più", ""},
		{"UTF-8 with a byte that is none", "id,author,created_at,text" + row + "perché s\xec", "perché sì", ""},
		{"empty lines", "id,author,created_at,text\n\n" + row + "hello\n\n", "hello", ""},
	} {
		got := load(t, "p.csv", []byte(c.file), archive.Options{})
		var bodies, reasons []string
		for _, p := range got.posts {
			bodies = append(bodies, p.Body)
		}
		for _, r := range got.rejects {
			reasons = append(reasons, fmt.Sprint(r.Line, " ", r.Reason))
		}
		if strings.Join(bodies, "|") != c.bodies || strings.Join(reasons, "|") != c.reasons || got.err != nil {
			t.Errorf("%s: got %q, rejects %q, %v; want %q, %q", c.name, bodies, reasons, got.err, c.bodies, c.reasons)
		}
	}
}

// TestAHeaderSaysWhatItLacks: who named the columns otherwise is told which are missing and which are there.
func TestAHeaderSaysWhatItLacks(t *testing.T) {
	for header, want := range map[string]string{
		"id,author,created_at":           "names no text (or html, or title); its columns are id, author, created_at",
		"ID;Utente;created_at;text":      "names no author; its columns are id, utente, created_at, text",
		"user,date,message":              "names no id, no author, no created_at, no text (or html, or title); its columns are user, date, message",
		"id,author,created_at,perch\xe9": "its columns are id, author, created_at, perché",
	} {
		if got := load(t, "p.csv", []byte(header+"\n1,2,3"), archive.Options{}); !errors.Is(got.err, archive.ErrFormat) || !strings.Contains(got.err.Error(), want) {
			t.Errorf("%q: got %v, want %q", header, got.err, want)
		}
	}
}

func TestFormatIsGuessed(t *testing.T) {
	const table = "id,author,created_at,text\n1,ada,2026-01-02T03:04:05Z,hello\n"
	for _, c := range []struct {
		name    string
		content []byte
		format  string
		err     error
	}{
		{"a.jsonl", []byte(good), "jsonl", nil},
		{"a.txt", []byte(good), "jsonl", nil},
		{"a.jsonl.gz", zipped(good), "jsonl", nil},
		{"a.zst", zstandard(good), "jsonl", nil},
		{"a.txt", []byte(table), "csv", nil},
		{"lies.jsonl", []byte(table), "csv", nil},
		{"a.csv.gz", zipped(table), "csv", nil},
		{"a.txt", []byte("dear diary"), "", archive.ErrFormat},
		{"a.csv", []byte("name,age\nx,1"), "csv", archive.ErrFormat},
		{"a.jsonl", []byte("SQLite format 3\x00\x10\x00\x01\x01\x00\x40\x20\x20\x00\x00\x00\x00\x00\x00\x00\x00"), "", archive.ErrBinary},
		{"a.jsonl", []byte("\xff\xfe{\x00"), "", archive.ErrBinary},
		{"a.jsonl", noise(9000), "", archive.ErrBinary},
		{"empty.jsonl", nil, "jsonl", nil},
	} {
		got := load(t, c.name, c.content, archive.Options{})
		if got.Format != c.format || !errors.Is(got.err, c.err) {
			t.Errorf("%s %.20q: format %q, %v; want %q, %v", c.name, c.content, got.Format, got.err, c.format, c.err)
		}
		if c.err == nil && len(c.content) > 0 && len(got.posts) != 1 {
			t.Errorf("%s: %d posts, want 1", c.name, len(got.posts))
		}
	}
}

func noise(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

func zipped(s string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte(s))
	_ = z.Close()
	return b.Bytes()
}

func zstandard(s string) []byte {
	z, _ := zstd.NewWriter(nil)
	return z.EncodeAll([]byte(s), nil)
}

func manyRows(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id":"%d","author":"a%d","created_at":"2026-01-02T03:04:05Z","text":"row %x"}`+"\n", i, i%7, sha256.Sum256([]byte{byte(i), byte(i >> 8)}))
	}
	return b.String()
}

func TestATruncatedFileKeepsWhatWasRead(t *testing.T) {
	for name, whole := range map[string][]byte{"p.jsonl.gz": zipped(manyRows(5000)), "p.jsonl.zst": zstandard(manyRows(5000))} {
		got := load(t, name, whole[:len(whole)*6/10], archive.Options{})
		var damaged *archive.Damaged
		if !errors.As(got.err, &damaged) || damaged.Kept != len(got.posts) || len(got.posts) < 1000 || got.Rejected != 0 {
			t.Errorf("%s cut at 60 %%: %v with %d posts and %d rejects; want *Damaged, more than 1,000 kept, none rejected", name, got.err, len(got.posts), got.Rejected)
		}
	}
}

func TestALongLineIsSkipped(t *testing.T) {
	long := `{"id":"2","text":"` + strings.Repeat("x", 9<<20) + `"}`
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got := load(t, "p.jsonl", []byte(good+"\n"+long+"\n"+strings.Replace(good, `"1"`, `"3"`, 1)), archive.Options{})
	runtime.ReadMemStats(&after)
	if len(got.posts) != 2 || len(got.rejects) != 1 || got.rejects[0].Line != 2 || len(got.rejects[0].Text) > 200 || got.err != nil {
		t.Errorf("a line of 9 MiB between two rows: %d posts, rejects %.300v, %v; want 2 posts and line 2 refused", len(got.posts), got.rejects, got.err)
	}
}

func TestAnImportStopsWhenToldTo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.jsonl")
	if err := os.WriteFile(path, []byte(manyRows(50)), 0o600); err != nil {
		t.Fatal(err)
	}
	s := shelf{failAt: 3}
	r, err := archive.Import(t.Context(), path, archive.Options{BatchRows: 10}, &s)
	if err == nil || r.Saved.New != 20 {
		t.Errorf("a disk full at batch 3: %v with %d saved, want an error with 20", err, r.Saved.New)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := archive.Import(ctx, path, archive.Options{}, &shelf{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context: %v, want %v", err, context.Canceled)
	}
	if _, err := archive.Import(t.Context(), path+"x", archive.Options{}, &shelf{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no such file: %v, want %v", err, os.ErrNotExist)
	}
}

func FuzzImport(target *testing.F) {
	f := fuzz.Of(target)
	f.Add([]byte(good), "jsonl")
	f.Add([]byte("id,author,created_at,text\n1,ada,2026-01-02T03:04:05Z,\"hi\n@bob\""), "csv")
	f.Add([]byte(mailboxFile), "mbox")
	f.Fuzz(func(t *testing.T, content []byte, format string) {
		got := load(t, "f", content, archive.Options{Format: format})
		if got.err == nil && len(got.posts)+got.Rejected != got.Rows {
			t.Fatalf("%d posts and %d rejects of %d rows", len(got.posts), got.Rejected, got.Rows)
		}
		for _, p := range got.posts {
			if p.CreatedAt.Unix() < 0 || p.ID != data.NewPostID(p.Source, p.NativeID) || strings.ContainsRune(p.Body+p.Title, 0) ||
				p.Body+p.Title != strings.ToValidUTF8(p.Body+p.Title, "") || p.URL != "" && !strings.HasPrefix(strings.ToLower(p.URL), "http") {
				t.Fatalf("a post that no row may become: %+v", p)
			}
		}
	})
}

func TestRealCorpora(t *testing.T) {
	for name, want := range map[string]int{"usenet20_dev": 9907, "caposele_it": 1308, "stackexchange_italian": 2534} {
		path := "../../../shared/data/corpora/" + name + "/posts.jsonl.gz"
		if _, err := os.Stat(path); err != nil {
			t.Skipf("no corpora here: %v", err)
		}
		var s shelf
		r, err := archive.Import(t.Context(), path, archive.Options{Now: now}, &s)
		if err != nil || r.Saved.New != want || r.Rejected != 0 || len(r.Unknown) != 0 {
			t.Errorf("%s: %d posts, %d rejected, unknown %v, %v; want %d posts and nothing else", name, r.Saved.New, r.Rejected, r.Unknown, err, want)
		}
	}
}

func BenchmarkImport(b *testing.B) {
	path := "../../../shared/data/corpora/gbadev_forum/posts.jsonl.gz"
	if _, err := os.Stat(path); err != nil {
		b.Skipf("no corpora here: %v", err)
	}
	for b.Loop() {
		r, err := archive.Import(b.Context(), path, archive.Options{Now: now}, nowhere{})
		if err != nil || r.Rows != 174732 {
			b.Fatalf("%d rows, %v; want 174732", r.Rows, err)
		}
	}
}

type nowhere struct{}

func (nowhere) Save(_ context.Context, b data.Batch) (data.Saved, error) {
	return data.Saved{New: len(b.Posts)}, nil
}
