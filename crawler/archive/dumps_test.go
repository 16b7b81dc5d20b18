package archive_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"tribu/crawler/archive"
	"tribu/data"
	"tribu/data/fuzz"
)

// told tells posts in one line each, with their authors' names and their parents' native ids.
func told(out outcome, source string) string {
	names, native, threads := map[data.AuthorID]string{}, map[data.PostID]string{}, map[data.ThreadID]string{}
	for _, a := range out.authors {
		names[a.ID] = a.NativeID + "/" + a.Handle + "/" + a.Name
	}
	for _, p := range out.posts {
		native[p.ID] = p.NativeID
	}
	for _, t := range out.threads {
		threads[t.ID] = t.NativeID + " " + t.Title
	}
	var lines []string
	for _, p := range out.posts {
		parent := native[p.Parent]
		if parent == "" && !p.Parent.IsZero() {
			parent = "?"
		}
		lines = append(lines, fmt.Sprintf("%s in [%s] by %s at %s answers %s %s, %d, %q %s: %s %s", p.NativeID, threads[p.Thread], names[p.Author], p.CreatedAt.Format("2006-01-02 15:04:05"),
			parent, p.ParentBy, p.Score, p.Title, p.Place, p.Body, p.URL))
	}
	for _, i := range out.interactions {
		if i.ToPost != (data.PostID{}) && i.Kind == data.Quote || i.ToHandle != "" {
			lines = append(lines, fmt.Sprintf("%s %ss %s%s", native[i.Post], i.Kind, native[i.ToPost], i.ToHandle))
		}
	}
	return strings.Join(lines, "\n")
}

func reasons(out outcome) string {
	var lines []string
	for _, r := range out.rejects {
		lines = append(lines, fmt.Sprint(r.Line, " ", r.Reason))
	}
	return strings.Join(lines, "|")
}

func loadFolder(t *testing.T, folder string, files map[string]string) outcome {
	t.Helper()
	dir := filepath.Join(t.TempDir(), folder)
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return importAt(t, dir)
}

func importAt(t *testing.T, path string) outcome {
	t.Helper()
	var out outcome
	o := archive.Options{Source: "s", Now: now, Reject: func(r data.Reject) error { out.rejects = append(out.rejects, r); return nil }}
	out.Result, out.err = archive.Import(t.Context(), path, o, &out.shelf)
	return out
}

func TestStackExchangeDump(t *testing.T) {
	const start = "\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	got := loadFolder(t, "bicycles.stackexchange.com", map[string]string{
		"Users.xml": start + "<users>\n<row Id=\"7\" DisplayName=\"Ada L&#xE9;vy\" />\n<row Id=\"8\" DisplayName=\"Bo\" />\n</users>",
		"Posts.xml": start + "<posts>\n" +
			`<row Id="1" PostTypeId="1" CreationDate="2013-11-05T20:22:07.323" Score="19" ViewCount="139"` + "\n" + `  Body="&lt;p&gt;Why &amp;amp; how?&lt;/p&gt;&#xA;" OwnerUserId="7" Title="Chains"/>` + "\n" +
			`<row Id="2" PostTypeId="2" ParentId="1" CreationDate="2013-11-05T21:00:00" Score="-1" Body="&lt;p&gt;Oil&lt;/p&gt;" OwnerDisplayName="gone 12" />` + "\n" +
			`<row Id="3" PostTypeId="2" CreationDate="2013-11-05T21:00:00" Body="x" OwnerUserId="8" />` + "\n" +
			`<row Id="4" PostTypeId="5" CreationDate="2013-11-05T21:00:00" Body="a wiki" />` + "\n" +
			`<row Id="5" PostTypeId="1" oops />` + "\n" +
			`<row Id="6" PostTypeId="1" CreationDate="2013-11-05T21:00:00" Body="x" Title="y"` + "\n" +
			`<row Id="8" PostTypeId="1" CreationDate="2013-11-05T21:00:00" Body="x" Title="y"/>` + "\n</posts>",
		"Comments.xml": start + "<comments>\n" +
			`<row Id="1" PostId="2" Score="1" Text="@AdaLévy is right" CreationDate="2013-11-06T00:00:00.1" UserId="8"/>` + "\n" +
			`<row Id="2" PostId="2" Text="gone" CreationDate="2013-11-06T00:00:00.1"/>` + "\n" + `<row Id="3" Text="lost" UserId="8"/>` + "\n</comments>",
	})
	want := `1 in [1 Chains] by 7/AdaLévy/Ada Lévy at 2013-11-05 20:22:07 answers  , 19, "Chains" : <p>Why &amp; how?</p>` + "\n" + ` https://bicycles.stackexchange.com/q/1
2 in [1 Chains] by name:gone 12/gone12/gone 12 at 2013-11-05 21:00:00 answers 1 reply, -1, "" : <p>Oil</p> https://bicycles.stackexchange.com/a/2
c1 in [1 Chains] by 8/Bo/Bo at 2013-11-06 00:00:00 answers 2 reply, 1, "" : @AdaLévy is right 
c1 mentions AdaLévy`
	if text := told(got, "s"); text != want || got.err != nil || got.Format != "stackexchange" {
		t.Errorf("%s %v\ngot  %s\nwant %s", got.Format, got.err, text, want)
	}
	wantReasons := "6 an answer without ParentId|8 not a row of XML attributes|9 a row is never closed|10 author is missing|5 Comments.xml: a comment without Id or PostId"
	if reasons(got) != wantReasons || len(got.Skipped) != 2 {
		t.Errorf("rejects %s, skipped %v; want %s, and two kinds skipped", reasons(got), got.Skipped, wantReasons)
	}
}

func TestRealStackExchangeDump(t *testing.T) {
	const folder = "../../../shared/data/fixtures/stackexchange_dump_xml"
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("no captures here: %v", err)
	}
	for _, path := range []string{folder, folder + "/Posts.xml"} {
		got := importAt(t, path)
		sum := fmt.Sprintf("%x", sha256.Sum256([]byte(told(got, "s"))))[:12]
		questions, answers, comments := 0, 0, 0
		for _, p := range got.posts {
			switch {
			case strings.HasPrefix(p.NativeID, "c"):
				comments++
			case p.Parent.IsZero():
				questions++
			default:
				answers++
			}
		}
		have := fmt.Sprint(questions, " questions ", answers, " answers ", comments, " comments ", len(got.rejects), " rejects ", got.Skipped, " ", sum, " ", got.err)
		const want = "266 questions 571 answers 1697 comments 0 rejects map[PostTypeId 4: neither a question nor an answer:31 PostTypeId 5: neither a question nor an answer:31] e928eb387edc <nil>"
		if have != want {
			t.Errorf("%s:\ngot  %s\nwant %s\n%.300v", path, have, want, reasons(got))
		}
	}
}

const redditFile = `{"id":"abc","author":"ada","created_utc":1580000000,"title":"Chains","selftext":"Mine squeaks","subreddit":"bikes","score":5,"permalink":"/r/bikes/comments/abc/chains/"}
{"id":"d1","author":"bo","created_utc":"1580000100","body":"> u/eve said\nask /u/cy_2, not foo/u/dan or u/bo","parent_id":"t3_abc","link_id":"t3_abc","subreddit":"bikes","score":1}
{"id":"d2","author":"cy","created_utc":1580000200.0,"body":"wax @ada","parent_id":"t1_d1","link_id":"t3_abc","subreddit":"bikes"}
{"id":"d3","author":"[deleted]","created_utc":1580000200,"body":"x","parent_id":"t1_d1","link_id":"t3_abc","subreddit":"bikes"}
{"id":"d4","author":"di","created_utc":1580000200,"body":"[removed]","parent_id":"t1_d1","link_id":"t3_abc","subreddit":"bikes"}
{"id":"d5","author":"di","created_utc":"soon","body":"x","parent_id":"t1_d1","link_id":"t3_abc","subreddit":"bikes"}
{"id":"abd","author":"ed","created_utc":1580000300,"title":"A link","selftext":"[removed]","subreddit":"bikes"}
`

func TestReddit(t *testing.T) {
	want := `t3_abc in [t3_abc Chains] by ada/ada/ada at 2020-01-26 00:53:20 answers  , 5, "Chains" bikes: Mine squeaks https://www.reddit.com/r/bikes/comments/abc/chains/
t1_d1 in [t3_abc Chains] by bo/bo/bo at 2020-01-26 00:55:00 answers t3_abc reply, 1, "" bikes: > u/eve said
ask /u/cy_2, not foo/u/dan or u/bo https://www.reddit.com/r/bikes/comments/abc/_/d1/
t1_d2 in [t3_abc Chains] by cy/cy/cy at 2020-01-26 00:56:40 answers t1_d1 reply, 0, "" bikes: wax @ada https://www.reddit.com/r/bikes/comments/abc/_/d2/
t3_abd in [t3_abd A link] by ed/ed/ed at 2020-01-26 00:58:20 answers  , 0, "A link" bikes:  https://www.reddit.com/r/bikes/comments/abd/
t1_d1 mentions cy_2`
	var long bytes.Buffer
	z, _ := zstd.NewWriter(&long, zstd.WithWindowSize(256<<20), zstd.WithSingleSegment(false))
	_, _ = z.Write([]byte(redditFile))
	_ = z.Flush()
	_ = z.Close()
	for name, content := range map[string][]byte{"RS.ndjson": []byte(redditFile), "RC_2020-01.zst": long.Bytes()} {
		got := load(t, name, content, archive.Options{Source: "s"})
		if text := told(got, "s"); text != want || got.err != nil || got.Format != "reddit" {
			t.Errorf("%s: %s %v\ngot  %s\nwant %s", name, got.Format, got.err, text, want)
		}
		if r := reasons(got); r != `6 created_at "soon": want a date such as 2026-01-31T12:00:00Z` || got.Skipped["deleted"] != 2 {
			t.Errorf("%s: rejects %s, skipped %v", name, r, got.Skipped)
		}
	}
}

func Test4CAT(t *testing.T) {
	const table = "thread_id,id,timestamp,body,subject,author,subreddit,parent,score,unix_timestamp\n" +
		"10,10,2020-01-26 00:53:20,\"My chain, it squeaks\",Chains,ada,bikes,,5,1580000000\n" +
		"10,11,2020-01-26 00:55:00,>>10 oil,,bo,bikes,,,\n" +
		"10,12,2020-01-26 00:56:40,wax,,cy,bikes,11,,\n" +
		"10,13,2020-01-26 00:56:40,x,,Anonymous,bikes,11,,\n" +
		"10,14,yesterday,x,,di,bikes,11,,\n10,15\n"
	const objects = `{"thread_id":"10","id":10,"timestamp":"2020-01-26 00:53:20","body":"My chain, it squeaks","subject":"Chains","author":"ada","subreddit":"bikes","score":5,"tags":["x"]}
{"thread_id":"10","id":"11","timestamp":"2020-01-26 00:55:00","body":">>10 oil","author":"bo","subreddit":"bikes","parent":null}
{"thread_id":"10","id":"12","timestamp":1580000200,"body":"wax","author":"cy","subreddit":"bikes","parent":"11"}
{"thread_id":"10","id":"13","timestamp":1580000200,"body":"x","author":"Anonymous"}
{"thread_id":"10","id":"14","timestamp":"yesterday","body":"x","author":"di"}
{"item_id":"1","source_platform":"instagram.com","timestamp_collected":1,"data":{}}
`
	want := `10 in [10 Chains] by ada/ada/ada at 2020-01-26 00:53:20 answers  , 5, "Chains" bikes: My chain, it squeaks 
11 in [10 Chains] by bo/bo/bo at 2020-01-26 00:55:00 answers 10 topic, 0, "" bikes: >>10 oil 
12 in [10 Chains] by cy/cy/cy at 2020-01-26 00:56:40 answers 11 reply, 0, "" bikes: wax 
11 quotes 10`
	const badDate = ` created_at "yesterday": want a date such as 2026-01-31T12:00:00Z`
	for _, c := range []struct{ name, content, reasons string }{
		{"set.csv", table, "6" + badDate + "|7 2 fields where the header has 10"},
		{"set.ndjson", objects, "5" + badDate + "|6 a capture of instagram.com as the browser extension wrote it: export the data set from 4CAT as CSV"},
	} {
		got := load(t, c.name, []byte(c.content), archive.Options{Source: "s"})
		if text := told(got, "s"); text != want || got.err != nil || got.Format != "4cat" {
			t.Errorf("%s: %s %v\ngot  %s\nwant %s", c.name, got.Format, got.err, text, want)
		}
		if reasons(got) != c.reasons || got.Skipped["anonymous author"] != 1 {
			t.Errorf("%s: rejects %s, skipped %v; want %s", c.name, reasons(got), got.Skipped, c.reasons)
		}
	}
}

func FuzzDumps(target *testing.F) {
	f := fuzz.Of(target)
	for _, format := range []string{"stackexchange", "reddit", "4cat"} {
		f.Add(format, redditFile)
	}
	f.Add("stackexchange", "<?xml version=\"1.0\"?>\n<posts>\n<row Id=\"1\" PostTypeId=\"1\" CreationDate=\"2013-11-05T20:22:07.323\" OwnerUserId=\"7\" Body=\"x\"\n Title=\"y\"/>\n</posts>")
	f.Add("4cat", "thread_id,id,timestamp,body,author\n1,1,2020-01-26 00:53:20,\"x\ny\",ada\n")
	f.Fuzz(func(t *testing.T, format, content string) {
		if format != "stackexchange" && format != "reddit" && format != "4cat" {
			return
		}
		got := load(t, "f", []byte(content), archive.Options{Format: format})
		if got.err == nil && len(got.posts)+len(got.rejects) != got.Rows {
			t.Errorf("%s: %d posts and %d rejects of %d rows", format, len(got.posts), len(got.rejects), got.Rows)
		}
		again := load(t, "f", []byte(content), archive.Options{Format: format})
		if told(again, "s") != told(got, "s") {
			t.Errorf("%s: read twice, two results of %q", format, content)
		}
	})
}
