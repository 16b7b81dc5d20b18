package export

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data"

	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"
)

// asked is a story in which the first member of tribe A is reachable, the second asked not to be
// sold to and the third was written to last week.
func asked(t *testing.T) (data.Story, Options, []data.Author) {
	t.Helper()
	s, o := story(), options()
	var three []data.Author
	for _, m := range s.Members {
		if a := s.Authors[m.Author]; m.Tribe == s.Tribes[0].ID && m.Rank == 0 && len(three) < 3 {
			a.Handle, a.URL = []string{"rosa.b", "=mauro", "jo"}[len(three)], "https://orti.example/u/"+[]string{"rosa", "mauro", "jo"}[len(three)]
			s.Authors[m.Author] = a
			three = append(three, a)
		}
	}
	o.Texts = make(map[data.PostID]data.Post)
	for _, p := range s.Activity {
		if p.Author == three[1].ID {
			o.Texts[p.ID] = data.Post{ID: p.ID, Body: "Ciao a tutti.\n> no pitches please\nNon provate a vendermi nulla!"}
		}
	}
	o.Own = []OwnContact{{Handle: "@JO", At: s.AsOf.Add(-7 * 24 * time.Hour)}, {Handle: "rosa.b", At: s.AsOf.Add(-40 * 24 * time.Hour)}}
	return s, o, three
}

func match(t *testing.T, on, text string) *Match {
	t.Helper()
	m, err := ReadMatch("crm.csv", strings.NewReader(text), on)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

const crm = "Email,User Name,First Name,Last Name,Profile_URL\n" +
	"rosa@example.org,@Rosa.B,Rosa,\"=cmd|' /C calc'!A1\",http://www.orti.example/u/rosa/\n" +
	"mauro@example.org,=mauro,Mauro,M,https://orti.example/u/mauro\n" +
	"nobody@example.org,nobody,No,Body,https://orti.example/u/nobody\n" +
	",,,,\n"

func TestMatchedShapes(t *testing.T) {
	s, o, _ := asked(t)
	for _, c := range []struct {
		on string
		to Format
	}{{"handle", HubSpot}, {"url", HubSpot}, {"handle", Mailchimp}, {"handle", Discourse}} {
		o.Match = match(t, c.on, crm)
		var b bytes.Buffer
		out, err := Members(&b, c.to, s, o)
		if err != nil {
			t.Fatal(err)
		}
		got := records(t, b.Bytes(), ',')
		if len(got) != 3 || out.Rows != 2 || !slices.ContainsFunc(out.Warnings, func(w string) bool { return strings.Contains(w, "agreed to hear from you") }) {
			t.Errorf("%s on %s: %v, %+v; want the two contacts and a reminder of consent", c.to, c.on, got, out)
		}
		for _, row := range got[1:] {
			for _, cell := range row {
				if strings.HasPrefix(cell, "=") || len(cell) > 255 && c.to == Mailchimp {
					t.Errorf("%s: cell %q", c.to, cell)
				}
			}
		}
		var left bytes.Buffer
		n, err := Unmatched(&left, s, o)
		if err != nil || n != 2 || !strings.Contains(left.String(), "nobody@example.org") || strings.Contains(left.String(), "rosa@") {
			t.Errorf("unmatched on %s: %d, %v\n%s", c.on, n, err, left.String())
		}
	}
	o.Match = nil
	if _, err := Members(io.Discard, HubSpot, s, o); !errors.Is(err, ErrMatch) {
		t.Errorf("hubspot without contacts: got %v, want %v", err, ErrMatch)
	}
	o.Anonymise = true
	if _, err := Members(io.Discard, OPML, s, o); !errors.Is(err, ErrAnonymous) {
		t.Errorf("opml without names: got %v, want %v", err, ErrAnonymous)
	}
	if _, err := ReadMatch("crm.csv", strings.NewReader("email\na@b\n"), "handle"); !errors.Is(err, ErrNoKey) {
		t.Errorf("contacts without a handle: got %v, want %v", err, ErrNoKey)
	}
}

// TestABadRowOfContactsKeepsItsAddress: who looks for a contact finds it, with why it could not be read.
func TestABadRowOfContactsKeepsItsAddress(t *testing.T) {
	s, o, _ := asked(t)
	o.Match = match(t, "handle", "handle,name,email\nrosa.b,\"Rosa\" B,rosa@example.org\nmauro,Mauro\nnobody,No Body,nobody@example.org\n")
	var b bytes.Buffer
	n, err := Unmatched(&b, s, o)
	got := records(t, b.Bytes(), ',')
	if err != nil || n != 3 || len(got) != 4 || got[1][1] != "nobody@example.org" || got[2][1] != "rosa@example.org" || got[3][1] != "" {
		t.Fatalf("unmatched: %d, %v\n%s\nwant nobody, Rosa's row with her address, and Mauro's which has none", n, err, b.String())
	}
	if why := got[2][5]; strings.Contains(why, "bare") || !strings.HasPrefix(why, `a " stands where none may`) {
		t.Errorf("reason %q, want it in plain words", why)
	}
}

func TestATwinIsNotMatched(t *testing.T) {
	s, o, three := asked(t)
	twin := three[0]
	for id, a := range s.Authors {
		if id != twin.ID {
			a.Handle = twin.Handle
			s.Authors[id] = a
			break
		}
	}
	o.Match = match(t, "handle", crm)
	var b bytes.Buffer
	if _, err := Unmatched(&b, s, o); err != nil || !strings.Contains(b.String(), "could be 2 people") {
		t.Errorf("unmatched = %v\n%s", err, b.String())
	}
}

func TestWhoIsSparedAndWhy(t *testing.T) {
	s, o, three := asked(t)
	for _, c := range []struct {
		purpose Purpose
		gone    []int // of the three
		line    string
	}{
		{"", []int{2}, "1 contacted in the last 30 days"}, {Service, []int{2}, "1 contacted in the last 30 days"},
		{Offer, []int{1, 2}, "1 asked not to be sold to, 1 contacted in the last 30 days"},
	} {
		o.Purpose = c.purpose
		var b bytes.Buffer
		out, err := Members(&b, CSV, s, o)
		if err != nil {
			t.Fatal(err)
		}
		for i, a := range three {
			if got := !strings.Contains(b.String(), MemberID(o.Key, a.ID)); got != slices.Contains(c.gone, i) {
				t.Errorf("purpose %q: member %d left out: %v", c.purpose, i, got)
			}
		}
		if lines := strings.Join(out.Lines(), "\n"); !strings.Contains(lines, c.line) || !strings.HasPrefix(lines, "tribe A: ") {
			t.Errorf("purpose %q: the count is explained by %q, want %q", c.purpose, lines, c.line)
		}
		if c.purpose == Service && !strings.Contains(b.String(), ",yes,asked not to be sold to") {
			t.Error("do_not_pitch and note do not say who asked not to be sold to")
		}
	}
	o.OptOuts = []OptOut{{HandleOrDomain: "ORTI.example"}}
	o.Purpose = Offer
	var b bytes.Buffer
	if out, err := Members(&b, CSV, s, o); err != nil || strings.Contains(b.String(), "orti.example/") {
		t.Errorf("a domain that opted out is on the list: %+v, %v", out, err)
	}
}

// TestOffersLeaveCompaniesOut: an offer of ours is none for those who make things themselves.
func TestOffersLeaveCompaniesOut(t *testing.T) {
	s, o, three := asked(t)
	o.Makers = []string{"Rosa.B"}
	for _, c := range []struct {
		purpose Purpose
		listed  bool
		told    string // of the tribe
		warned  string
	}{
		{Service, true, "", ""}, {Research, true, "", ""},
		{Offer, false, "1 speaking for a company", "left out of an offer, speaking for a company: 1 of the makers"},
	} {
		o.Purpose = c.purpose
		var b bytes.Buffer
		out, err := Members(&b, CSV, s, o)
		lines, warnings := strings.Join(out.Lines(), "\n"), strings.Join(out.Warnings, "\n")
		if got := strings.Contains(b.String(), MemberID(o.Key, three[0].ID)); err != nil || got != c.listed {
			t.Errorf("purpose %s: a maker is listed: %v, want %v, %v", c.purpose, got, c.listed, err)
		}
		if !strings.Contains(lines, c.told) || !strings.Contains(warnings, c.warned) || (c.warned == "") != (warnings == "") {
			t.Errorf("purpose %s: told %q and warned %q, want %q and %q", c.purpose, lines, warnings, c.told, c.warned)
		}
	}
}

func TestAsksForNoOffers(t *testing.T) {
	for _, c := range []struct {
		text string
		want bool
	}{
		{"Please, don't pitch me!", true}, {"No solicitation.", true}, {"Per favore non contattatemi", true}, {"Niente offerte commerciali, grazie.", true},
		{"> don't pitch me\nwho wrote that?", false}, {"a baseball pitch", false}, {"don't miss the offers", false}, {"", false},
	} {
		if got := asksForNoOffers(c.text); got != c.want {
			t.Errorf("asksForNoOffers(%q) = %v, want %v", c.text, got, c.want)
		}
	}
}

func TestMastodonAndOPML(t *testing.T) {
	s, o, three := asked(t)
	a := three[0]
	a.Source, a.Handle, a.URL, a.Name = "toots", "rosa", "https://mastodon.example/@rosa", `<"&'>`
	s.Authors[a.ID] = a
	s.Sources = append(s.Sources, data.SourceState{Name: "toots", Kind: "mastodon"})
	var b bytes.Buffer
	out, err := Members(&b, Mastodon, s, o)
	got := records(t, b.Bytes(), ',')
	if err != nil || out.Rows != 1 || len(got) != 2 || got[0][1] != "Account address" || got[1][1] != "rosa@mastodon.example" || len(out.Warnings) != 2 {
		t.Errorf("mastodon: %v, %+v, %v", got, out, err)
	}
	var outlines struct {
		Body struct {
			Tribes []struct {
				Feeds []struct {
					Text string `xml:"text,attr"`
					Feed string `xml:"xmlUrl,attr"`
				} `xml:"outline"`
			} `xml:"outline"`
		} `xml:"body"`
	}
	if err := xml.Unmarshal(produce(t, Members, OPML, s, o), &outlines); err != nil {
		t.Fatal(err)
	}
	found := false
	for _, f := range outlines.Body.Tribes {
		for _, feed := range f.Feeds {
			found = found || feed.Feed == "https://mastodon.example/@rosa.rss" && feed.Text == a.Name
		}
	}
	if !found {
		t.Errorf("opml lacks the member's feed: %+v", outlines)
	}
}

func TestParquetHoldsWhatCSVHolds(t *testing.T) {
	for name, write := range map[string]writer{"members": Members, "edges": Edges, "posts": Posts} {
		raw, want := produce(t, write, Parquet, story(), options()), records(t, produce(t, write, CSV, story(), options()), ',')
		f, err := parquet.OpenFile(bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var columns []string
		for _, c := range f.Root().Columns() {
			columns = append(columns, c.Name())
		}
		if !slices.Equal(columns, want[0]) || f.NumRows() != int64(len(want)-1) {
			t.Errorf("%s: %d rows of %v, want %d of %v", name, f.NumRows(), columns, len(want)-1, want[0])
		}
		texts, err := Texts(raw)
		if run := want[1][0]; name == "members" && (err != nil || !bytes.Contains(texts, []byte(run+"\n"))) {
			t.Errorf("%s: its texts lack the run %s: %q, %v", name, run, texts, err)
		}
	}
}

func TestBundle(t *testing.T) {
	s, o, three := asked(t)
	gone := three[0]
	gone.OptedOut = true
	s.Authors[gone.ID] = gone
	for _, to := range []Format{CSV, JSONL, Parquet} {
		files, out, err := Bundle(to, s, o)
		if err != nil || out.Rows != len(s.Authors)-1 {
			t.Fatalf("%s: %+v, %v", to, out, err)
		}
		var a, b bytes.Buffer
		again, _, _ := Bundle(to, s, o)
		if Zip(&a, files, s.AsOf) != nil || Zip(&b, again, s.AsOf) != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%s: two bundles of one run differ", to)
		}
		z, err := zip.NewReader(bytes.NewReader(a.Bytes()), int64(a.Len()))
		if err != nil || len(z.File) != 12 || !z.File[0].Modified.Equal(s.AsOf) {
			t.Errorf("%s: %d files, times %v, %v", to, len(z.File), z.File[0].Modified, err)
		}
		for _, f := range files {
			if bytes.Contains(f.Body, []byte(MemberID(o.Key, gone.ID))) {
				t.Errorf("%s holds somebody who opted out", f.Name)
			}
			if to == CSV && bytes.Contains(f.Body, []byte("lumache mi hanno mangiato")) {
				t.Errorf("%s holds what people wrote, unasked", f.Name)
			}
		}
	}
	if _, _, err := Bundle(XLSX, s, o); !errors.Is(err, ErrFormat) {
		t.Errorf("bundle as xlsx: got %v, want %v", err, ErrFormat)
	}
}

// TestBundleFitsTogether follows every reference that datapackage.json states.
func TestBundleFitsTogether(t *testing.T) {
	o := options()
	o.WithText = true
	files, _, err := Bundle(CSV, story(), o)
	if err != nil {
		t.Fatal(err)
	}
	byName := make(map[string][]byte)
	for _, f := range files {
		byName[f.Name] = f.Body
	}
	var pack struct{ Resources []packResource }
	if err := json.Unmarshal(byName["datapackage.json"], &pack); err != nil {
		t.Fatal(err)
	}
	if len(pack.Resources) != 10 {
		t.Errorf("%d tables, want 10", len(pack.Resources))
	}
	cells := func(table, column string) (out []string) {
		rows := records(t, byName[table+".csv"], ',')
		i := slices.Index(rows[0], column)
		if i < 0 {
			t.Fatalf("%s has no column %s", table, column)
		}
		for _, r := range rows[1:] {
			out = append(out, r[i])
		}
		return out
	}
	for _, r := range pack.Resources {
		seen := make(map[string]bool)
		rows := records(t, byName[r.Path], ',')
		for _, row := range rows[1:] {
			key := ""
			for _, k := range r.Schema.Key {
				key += row[slices.Index(rows[0], k)] + "\x00"
			}
			if key != "" && seen[key] {
				t.Errorf("%s: key %q twice", r.Name, key)
			}
			seen[key] = true
		}
		for _, ref := range r.Schema.Foreign {
			known := cells(ref.Reference["resource"].(string), ref.Reference["fields"].(string))
			for _, v := range cells(r.Name, ref.Fields) {
				if !slices.Contains(known, v) {
					t.Fatalf("%s.%s: %q is not in %v", r.Name, ref.Fields, v, ref.Reference)
				}
			}
		}
	}
}

func TestAnonymisedSmallTribesAreGone(t *testing.T) {
	s, o := story(), options()
	s.Tribes[0].People = 4
	o.Anonymise, o.WithText = true, true
	o.Texts = map[data.PostID]data.Post{s.Activity[len(s.Activity)-1].ID: {Body: "verbatim"}}
	files, _, err := Bundle(CSV, s, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		for _, a := range s.Authors {
			if bytes.Contains(f.Body, []byte(a.Name)) && f.Name != "queries.sql" {
				t.Fatalf("%s names %q", f.Name, a.Name)
			}
		}
		if f.Name != "params.json" && f.Name != "lineage.csv" && bytes.Contains(f.Body, []byte(string(s.Tribes[0].ID))) || bytes.Contains(f.Body, []byte("verbatim")) ||
			bytes.Contains(f.Body, []byte("https://")) {
			t.Errorf("%s: a tribe of 4, somebody's words or a link", f.Name)
		}
		for _, p := range s.Activity[:50] {
			if bytes.Contains(f.Body, []byte(p.ID.String())) {
				t.Fatalf("%s leads back to a post", f.Name)
			}
		}
	}
}

// TestDevFull writes every export to a disk that is full.
func TestDevFull(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("there is no /dev/full")
	}
	s, o, _ := asked(t)
	o.Match = match(t, "handle", crm)
	all := map[Format]writer{CSV: Members, XLSX: Members, JSONL: Members, Parquet: Members, HubSpot: Members, Mailchimp: Members, Discourse: Members,
		Mastodon: Members, OPML: Members, GEXF: Graph, GraphML: Graph}
	for to, write := range all {
		f, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := write(f, to, s, o); err == nil {
			t.Errorf("%s: a full disk went unnoticed", to)
		}
		f.Close()
	}
	if err := Zip(full{}, []File{{"a", []byte("b")}}, s.AsOf); err == nil {
		t.Error("zip: a full disk went unnoticed")
	}
}

// TestPostsOnASheet wants times of day, and a word about texts that were cut.
func TestPostsOnASheet(t *testing.T) {
	s, o := story(), options()
	o.WithText = true
	last := s.Activity[len(s.Activity)-1]
	o.Texts = map[data.PostID]data.Post{last.ID: {ID: last.ID, Body: strings.Repeat("è", maxCell+1)}}
	var b bytes.Buffer
	out, err := Posts(&b, XLSX, s, o)
	if err != nil || len(out.Warnings) != 1 || !strings.HasPrefix(out.Warnings[0], "1 texts are longer") {
		t.Errorf("got %+v, %v, want a warning", out.Warnings, err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Posts")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := rows[len(rows)-1][8], last.CreatedAt.UTC().Format(time.DateTime); got != want {
		t.Errorf("created_at is shown as %q, want %q", got, want)
	}
}

// TestEveryColumnIsExplained: no table has a column that the sheet "Read me" and the description do not tell of.
func TestEveryColumnIsExplained(t *testing.T) {
	o := options()
	o.WithText, o.Preset = true, All
	l, err := newList(story(), o)
	if err != nil {
		t.Fatal(err)
	}
	tables := []table{l.members(nil), l.tribes(), l.needs(), l.cpiSheet(), l.changes(), l.edgeTable(), l.posts()}
	for _, r := range l.bundle() {
		tables = append(tables, r.table)
	}
	for _, table := range tables {
		for _, c := range table.columns {
			if meaning(c.name) == "" {
				t.Errorf("%s: nothing says what %q means", table.name, c.name)
			}
		}
	}
}
