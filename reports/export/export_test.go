package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/reports/internal/storytest"

	"github.com/xuri/excelize/v2"
)

func story() data.Story { return storytest.Story(storytest.Size{People: 120, Posts: 900}, 1) }

func options() Options {
	return Options{Key: []byte("a project's secret"), Location: time.FixedZone("CET", 3600), Project: "Orti"}
}

type writer func(io.Writer, Format, data.Story, Options) (Outcome, error)

func produce(t *testing.T, write writer, to Format, s data.Story, o Options) []byte {
	t.Helper()
	var out bytes.Buffer
	if _, err := write(&out, to, s, o); err != nil {
		t.Fatalf("write %s: %v", to, err)
	}
	return out.Bytes()
}

func records(t *testing.T, raw []byte, comma rune) [][]string {
	t.Helper()
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	in.Comma = comma
	out, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSafe(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"=1+1", "'=1+1"}, {"+39 06", "'+39 06"}, {"-5", "'-5"}, {"@sum", "'@sum"}, {"\t=1", "'\t=1"}, {"\r=1", "'\r=1"}, {"\n=1", "'\n=1"},
		{"\x00=1", "'=1"}, {"  =1", "'  =1"}, {"＝1", "'＝1"}, {"＋1", "'＋1"}, {"－1", "'－1"}, {"＠x", "'＠x"}, {"\ufeff=1", "'\ufeff=1"},
		{"x;=1", "x;'=1"}, {"x\n\"+1", "x\n\"'+1"}, {"x,@y", "x,'@y"}, {"x; - y, -1", "x; - y, -1"}, {"﹦1", "'﹦1"}, {"x;＝1", "x;'＝1"},
		{"a=1", "a=1"}, {"", ""}, {"l’orto è mio", "l’orto è mio"}, {"bell\a", "bell"},
	} {
		if got := Safe(c.in); got != c.want {
			t.Errorf("Safe(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestMemberColumns(t *testing.T) {
	const want = "run_id, week, tribe_id, tribe_letter, tribe_name, member_id, platform, handle, account_address, display_name, profile_url, role, membership, " +
		"stability, first_seen, last_seen, posts_28d, questions_28d, answers_28d, people_helped_28d, helped_back, bridges_to, top_needs, languages, active_hours, why, do_not_pitch, note"
	got := records(t, produce(t, Members, CSV, story(), options()), ',')
	if h := strings.Join(got[0], ", "); h != want {
		t.Errorf("columns\n got %s\nwant %s", h, want)
	}
	s := story()
	inTribes := 0
	for _, m := range s.Members {
		if m.Tribe != "" {
			inTribes++
		}
	}
	if len(got)-1 != inTribes {
		t.Errorf("%d members, want %d", len(got)-1, inTribes)
	}
}

func TestDialects(t *testing.T) {
	plain := produce(t, Members, CSV, story(), options())
	if bytes.HasPrefix(plain, []byte("\ufeff")) || !bytes.Contains(plain, []byte("\r\n")) {
		t.Error("rfc4180: want no byte-order mark, and lines that end in CR LF")
	}
	o := options()
	o.Dialect = ExcelIT
	italian := produce(t, Members, CSV, story(), o)
	if !bytes.HasPrefix(italian, []byte("\ufeff")) {
		t.Error("excel-it: no byte-order mark")
	}
	a, b := records(t, plain, ','), records(t, italian, ';')
	if got, want := b[1][12], strings.Replace(a[1][12], ".", ",", 1); got != want {
		t.Errorf("excel-it writes %s as %s, want %s", a[1][12], got, want)
	}
	o.Dialect = "lotus"
	if _, err := Members(io.Discard, CSV, story(), o); err == nil {
		t.Error("an unknown dialect was accepted")
	}
}

func TestSameRunSameBytes(t *testing.T) {
	for _, c := range []struct {
		name  string
		write writer
		to    []Format
	}{
		{"members", Members, []Format{CSV, XLSX, JSONL}}, {"tribes", Tribes, []Format{CSV, XLSX, JSONL}},
		{"needs", Needs, []Format{CSV, JSONL}}, {"edges", Edges, []Format{CSV, XLSX, JSONL, GEXF, GraphML}},
	} {
		for _, to := range c.to {
			a, b := produce(t, c.write, to, story(), options()), produce(t, c.write, to, story(), options())
			if !bytes.Equal(a, b) {
				t.Errorf("%s as %s: two exports of one run differ", c.name, to)
			}
		}
	}
	if _, err := Members(io.Discard, GEXF, story(), options()); !errors.Is(err, ErrFormat) {
		t.Errorf("members as gexf: got %v, want %v", err, ErrFormat)
	}
}

func TestSheets(t *testing.T) {
	s := story()
	first := s.Members[0].Author
	a := s.Authors[first]
	a.Name = `=HYPERLINK("http://evil.example","x")`
	s.Authors[first] = a
	f, err := excelize.OpenReader(bytes.NewReader(produce(t, Members, XLSX, s, options())))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, want := f.GetSheetList(), []string{"Read me", "Members", "Tribes", "Needs", "CPIs", "Changes"}; !slices.Equal(got, want) {
		t.Errorf("sheets %v, want %v", got, want)
	}
	rows, err := f.GetRows("Members")
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for r, row := range rows {
		for c := range row {
			cell, err := excelize.CoordinatesToCellName(c+1, r+1)
			if err != nil {
				t.Fatal(err)
			}
			if formula, err := f.GetCellFormula("Members", cell); err != nil || formula != "" {
				t.Fatalf("%s is the formula %q (%v)", cell, formula, err)
			}
			found = found || row[c] == a.Name
		}
	}
	if !found {
		t.Errorf("no cell holds the name %s", a.Name)
	}
	panes, err := f.GetPanes("Members")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v (%v), want a frozen header", panes, err)
	}
	if raw, err := f.GetCellValue("Members", "P2", excelize.Options{RawCellValue: true}); err != nil || !strings.HasPrefix(raw, "46") {
		t.Errorf("last_seen is stored as %q (%v), want a day number of 2026", raw, err)
	}
	if shown, err := f.GetCellValue("Members", "P2"); err != nil || !strings.HasPrefix(shown, "2026-") {
		t.Errorf("last_seen is shown as %q (%v), want an ISO date", shown, err)
	}
}

func TestWhoIsLeftOut(t *testing.T) {
	s := story()
	gone := s.Members[0].Author
	a := s.Authors[gone]
	a.OptedOut, a.Name = true, "Nobody Here"
	a.Handle, a.URL = a.Name, "https://orti.example/u/"+a.Name
	s.Authors[gone] = a
	o := options()
	o.Preset, o.WithText = All, true
	for name, raw := range map[string][]byte{
		"members": produce(t, Members, CSV, s, o), "members.jsonl": produce(t, Members, JSONL, s, o),
		"edges": produce(t, Edges, CSV, s, o), "gexf": produce(t, Edges, GEXF, s, o), "graphml": produce(t, Edges, GraphML, s, o), "needs": produce(t, Needs, CSV, s, o),
	} {
		for _, secret := range []string{MemberID(o.Key, gone), a.Name} {
			if bytes.Contains(raw, []byte(secret)) {
				t.Errorf("%s holds %q, who opted out", name, secret)
			}
		}
	}
	o.Anonymise = true
	for name, raw := range map[string][]byte{"edges": produce(t, Edges, CSV, s, o), "edges.jsonl": produce(t, Edges, JSONL, s, o), "gexf": produce(t, Edges, GEXF, s, o), "graphml": produce(t, Edges, GraphML, s, o)} {
		if at := regexp.MustCompile(`\d\d:\d\d`).Find(raw); at != nil || !regexp.MustCompile(`20\d\d-\d\d-\d\d`).Match(raw) {
			t.Errorf("anonymised %s tells the hour %q, want days", name, at)
		}
	}
	for name, raw := range map[string][]byte{"members": produce(t, Members, CSV, s, o), "gexf": produce(t, Edges, GEXF, s, o), "needs": produce(t, Needs, CSV, s, o)} {
		for _, author := range s.Authors {
			if bytes.Contains(raw, []byte(author.Name)) || bytes.Contains(raw, []byte("https://")) {
				t.Errorf("anonymised %s holds %q or a link", name, author.Name)
				break
			}
			if bytes.Contains(raw, []byte(MemberID(o.Key, author.ID))) {
				t.Errorf("anonymised %s holds the id that a named list has", name)
				break
			}
		}
	}
}

// TestAnonymisedListsHaveAnOrderOfTheirOwn: whoever holds the named list as well tells nobody by the row.
func TestAnonymisedListsHaveAnOrderOfTheirOwn(t *testing.T) {
	s, o := story(), options()
	o.Preset = All
	column := func(raw []byte, names ...string) (out []string) {
		rows := records(t, raw, ',')
		for _, row := range rows[1:] {
			var cells []string
			for _, name := range names {
				cells = append(cells, row[slices.Index(rows[0], name)])
			}
			out = append(out, strings.Join(cells, " "))
		}
		return out
	}
	anonymised := func(kind func(io.Writer, Format, data.Story, Options) (Outcome, error)) []byte {
		o := o
		o.Anonymise = true
		return produce(t, kind, CSV, s, o)
	}
	for name, got := range map[string][]string{
		"members": column(anonymised(Members), "tribe_letter", "member_id"), "posts": column(anonymised(Posts), "created_at", "post_id"),
	} {
		for letter, rows := range byFirst(got) {
			if len(got) < 20 || !slices.IsSorted(rows) {
				t.Errorf("anonymised %s of %s: %q, want %d rows by their ids there", name, letter, rows, len(got))
			}
		}
	}
	if strength := column(anonymised(Members), "membership"); slices.Equal(strength, column(produce(t, Members, CSV, s, o), "membership")) {
		t.Errorf("anonymised members stand as the named ones do: %q", strength)
	}
}

// byFirst groups lines by their first word.
func byFirst(lines []string) map[string][]string {
	out := map[string][]string{}
	for _, line := range lines {
		first, _, _ := strings.Cut(line, " ")
		out[first] = append(out[first], line)
	}
	return out
}

func TestChoices(t *testing.T) {
	count := func(o Options) int {
		t.Helper()
		return len(records(t, produce(t, Members, CSV, story(), o), ',')) - 1
	}
	all := count(options())
	for _, c := range []struct {
		name string
		set  func(*Options)
		less bool
	}{
		{"one tribe", func(o *Options) { o.Tribes = []string{"A"} }, true},
		{"strong members", func(o *Options) { o.MinMembership = 0.8 }, true},
		{"helpers", func(o *Options) { o.Preset = Helpers }, true},
		{"everyone", func(o *Options) { o.Preset = All }, false},
	} {
		o := options()
		c.set(&o)
		if got := count(o); c.less && got >= all || !c.less && got <= all || got == 0 {
			t.Errorf("%s: %d rows beside %d for all members", c.name, got, all)
		}
	}
	o := options()
	o.Tribes = []string{"ZZ"}
	if _, err := Members(io.Discard, CSV, story(), o); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("an unknown tribe gives %v, want %v", err, data.ErrNotFound)
	}
	o = options()
	o.Preset = "vip"
	if _, err := Members(io.Discard, CSV, story(), o); err == nil {
		t.Error("an unknown preset was accepted")
	}
}

type gexfFile struct {
	Version string `xml:"version,attr"`
	Graph   struct {
		Mode  string `xml:"mode,attr"`
		Nodes []struct {
			ID string `xml:"id,attr"`
		} `xml:"nodes>node"`
		Edges []struct {
			Source string  `xml:"source,attr"`
			Target string  `xml:"target,attr"`
			Weight float64 `xml:"weight,attr"`
		} `xml:"edges>edge"`
	} `xml:"graph"`
}

func TestGEXF(t *testing.T) {
	s := story()
	s.Tribes[0].Name = `<"&'>`
	o := options()
	o.Preset = All
	var g gexfFile
	if err := xml.Unmarshal(produce(t, Edges, GEXF, s, o), &g); err != nil {
		t.Fatal(err)
	}
	if g.Version != "1.2" || g.Graph.Mode != "static" {
		t.Errorf("version %s, mode %s; want 1.2, static", g.Version, g.Graph.Mode)
	}
	if got, want := len(g.Graph.Nodes), len(s.Authors); got != want {
		t.Errorf("%d nodes, want everyone: %d", got, want)
	}
	nodes := make(map[string]bool)
	for _, n := range g.Graph.Nodes {
		nodes[n.ID] = true
	}
	total := 0.0
	for _, e := range g.Graph.Edges {
		if !nodes[e.Source] || !nodes[e.Target] {
			t.Errorf("edge %s → %s joins nobody", e.Source, e.Target)
		}
		total += e.Weight
	}
	if int(total) != len(s.Interactions) {
		t.Errorf("weights add up to %v, want %d", total, len(s.Interactions))
	}
	if err := xml.Unmarshal(produce(t, Edges, GraphML, s, o), new(struct{})); err != nil {
		t.Errorf("graphml: %v", err)
	}
}

func TestJSONL(t *testing.T) {
	dec := json.NewDecoder(bytes.NewReader(produce(t, Members, JSONL, story(), options())))
	n := 0
	for ; dec.More(); n++ {
		var row map[string]any
		if err := dec.Decode(&row); err != nil {
			t.Fatal(err)
		}
		if len(row) != len(memberColumns()) {
			t.Fatalf("row %d has %d keys, want %d", n, len(row), len(memberColumns()))
		}
	}
	if n == 0 {
		t.Error("no rows")
	}
}

// A full disk fails on the first write that reaches it.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestFullDisk(t *testing.T) {
	for _, to := range []Format{CSV, XLSX, JSONL} {
		if _, err := Members(full{}, to, story(), options()); err == nil {
			t.Errorf("members as %s: a full disk went unnoticed", to)
		}
	}
	for _, to := range []Format{GEXF, GraphML} {
		if _, err := Edges(full{}, to, story(), options()); err == nil {
			t.Errorf("edges as %s: a full disk went unnoticed", to)
		}
	}
}

// TestNewcomersByDate: who was first seen in the last 28 days is a newcomer, whatever their role.
func TestNewcomersByDate(t *testing.T) {
	s, o := story(), options()
	s.Members, s.Activity = slices.Clone(s.Members), slices.Clone(s.Activity)
	fresh := s.Members[0].Author
	for i := range s.Activity {
		if s.Activity[i].Author == fresh {
			s.Activity[i].CreatedAt = s.AsOf.Add(-24 * time.Hour)
		}
	}
	for i := range s.Members {
		s.Members[i].Role = data.RoleNewcomer
	}
	o.Preset = Newcomers
	l, err := newList(s, o)
	if err != nil {
		t.Fatal(err)
	}
	rows := l.chosenMembers()
	for _, m := range rows {
		if first := l.figures.People[m.Author].First; m.Author != fresh {
			t.Errorf("first seen on %s, a newcomer on %s", first.Format(time.DateOnly), s.AsOf.Format(time.DateOnly))
		}
	}
	if len(rows) == 0 {
		t.Errorf("first seen on %s: no newcomer", s.AsOf.Add(-24*time.Hour).Format(time.DateOnly))
	}
}

// TestNothingBefore: where there is no run before, nothing is told of it, in no format.
func TestNothingBefore(t *testing.T) {
	later := story()
	first := later
	first.Parent, first.History, first.Lineage = "", nil, []data.Lineage{{Event: data.Born, To: later.Tribes[0].ID, After: 9}}
	for _, c := range []struct {
		name string
		s    data.Story
		want bool
	}{{"a later run", later, true}, {"a first run", first, false}} {
		files, _, err := Bundle(JSONL, c.s, options())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if f.Name != "tribes.jsonl" && f.Name != "lineage.jsonl" {
				continue
			}
			lines := bytes.Split(bytes.TrimSpace(f.Body), []byte("\n"))
			var row map[string]any
			if err := json.Unmarshal(lines[len(lines)-1], &row); err != nil {
				t.Fatal(err)
			}
			if _, told := row["people_before"].(float64); told != c.want {
				t.Errorf("%s of %s: people_before %v, want one: %v", f.Name, c.name, row["people_before"], c.want)
			}
		}
		if rows := records(t, produce(t, Tribes, CSV, c.s, options()), ','); (rows[1][slices.Index(rows[0], "people_before")] != "") != c.want {
			t.Errorf("tribes as csv of %s: %q, want people before: %v", c.name, rows[1], c.want)
		}
		if _, _, err := Bundle(Parquet, c.s, options()); err != nil {
			t.Errorf("parquet of %s: %v", c.name, err)
		}
	}
}

// TestProjectWithoutName: lists of a project that nobody named go by its sources, as its reports do.
func TestProjectWithoutName(t *testing.T) {
	s := story()
	s.Sources = []data.SourceState{{Name: "orti"}, {Name: "balconi"}}
	for given, want := range map[string]string{"": "orti, balconi", "Orti": "Orti"} {
		o := options()
		o.Project = given
		l, err := newList(s, o)
		if err != nil {
			t.Fatal(err)
		}
		if got := l.readme(Outcome{}).rows[0]; got[1] != want {
			t.Errorf("named %q: got %v, want %q", given, got, want)
		}
	}
}
