package export

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"tribu/data"
)

// Described is the file by which a bundle is known: it describes the others.
const Described = "datapackage.json"

// A File is one file of a bundle.
type File struct {
	Name string
	Body []byte
}

// Bundle returns everything a run found as tables that fit together (people, tribes, membership,
// edges, needs, need_mentions, cpis, lineage, runs, and with Options.WithText posts) as CSV, JSON lines
// or Parquet, with params.json, datapackage.json and queries.sql. It holds everyone in the window
// where nothing was chosen.
func Bundle(to Format, story data.Story, o Options) ([]File, Outcome, error) {
	if to != CSV && to != JSONL && to != Parquet {
		return nil, Outcome{}, fmt.Errorf("export bundle as %q: %w", to, ErrFormat)
	}
	if o.Preset == "" && len(o.Tribes) == 0 {
		o.Preset = All
	}
	o.Dialect = RFC4180
	l, err := newList(story, o)
	if err != nil {
		return nil, Outcome{}, err
	}
	tables := l.bundle()
	var files []File
	for _, t := range tables {
		var b bytes.Buffer
		if err := l.write(&b, to, t.table); err != nil {
			return nil, Outcome{}, err
		}
		files = append(files, File{t.file(to), b.Bytes()})
	}
	pack, err := l.datapackage(to, tables, files)
	if err != nil {
		return nil, Outcome{}, err
	}
	files = append(files, File{"params.json", l.params()}, File{Described, pack}, File{"queries.sql", queries(to, tables)})
	return files, Outcome{Rows: len(tables[0].rows)}, nil
}

// Zip writes the files as one archive whose times are at.
func Zip(w io.Writer, files []File, at time.Time) error {
	out := zip.NewWriter(w)
	for _, f := range files {
		to, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: at.UTC()})
		if err != nil {
			return fmt.Errorf("write archive: %w", err)
		}
		if _, err := to.Write(f.Body); err != nil {
			return fmt.Errorf("write archive: %w", err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("write archive: %w", err)
	}
	return nil
}

// A member of a bundle: a table with its key and what it refers to.
type resource struct {
	table
	about string
	key   []string
	refs  [][3]string // column, table, its column
}

func (r resource) file(to Format) string { return r.name + "." + string(to) }

func (l *list) bundle() []resource {
	person, tribe := [3]string{"member_id", "people", "member_id"}, [3]string{"tribe_id", "tribes", "tribe_id"}
	out := []resource{
		{l.people(), "Everyone who wrote in the window", []string{"member_id"}, nil},
		{renamed(l.tribes(), "tribes"), "The tribes of the run", []string{"tribe_id"}, nil},
		{l.membership(), "Who is in which tribe, how firmly and why", []string{"member_id", "rank"}, [][3]string{person, tribe}},
		{renamed(l.edgeTable(), "edges"), "Who turned to whom, however often", []string{"source", "target"}, [][3]string{{"source", "people", "member_id"}, {"target", "people", "member_id"}}},
		{renamed(l.needs(), "needs"), "The needs that several people voiced in the window, most people first", []string{"need_id"}, nil},
		{l.mentions(), "Every time somebody voiced a need, those included that nobody shares", []string{"post_id", "nth"}, [][3]string{person}},
		{renamed(l.cpis(), "cpis"), "The outcomes people name, and how well they are served; empty where they were not measured", []string{"outcome"}, nil},
		{l.lineage(), "What became of the tribes from run to run", nil, nil},
		{l.runs(), "This run and those before it", []string{"run_id"}, nil},
	}
	if l.WithText {
		out = append(out, resource{renamed(l.posts(), "posts"), "The posts of the window", []string{"post_id"}, [][3]string{person}})
	}
	return out
}

func renamed(t table, name string) table {
	t.name = name
	return t
}

func (l *list) people() table {
	t := table{name: "people", columns: []column{
		{"member_id", text, 18}, {"platform", text, 12}, {"handle", text, 22}, {"account_address", text, 26}, {"display_name", text, 24}, {"profile_url", text, 36},
		{"first_seen", date, 12}, {"last_seen", date, 12}, {"posts_28d", whole, 10}, {"questions_28d", whole, 13}, {"answers_28d", whole, 12},
		{"people_helped_28d", whole, 17}, {"helped_back", whole, 12}, {"top_needs", text, 30}, {"languages", text, 11}, {"do_not_pitch", text, 13},
	}}
	shown := l.shown()
	for _, m := range l.chosenMembers() {
		if shown[m.Author].Rank != m.Rank {
			continue
		}
		a, p := l.Authors[m.Author], l.figures.People[m.Author]
		handle, name, profile := strings.TrimPrefix(a.Handle, "@"), a.Name, web(a.URL)
		at := address(l.platform(a), handle, profile)
		if l.Anonymise {
			handle, name, profile, at = "", "", "", ""
		}
		t.rows = append(t.rows, []any{l.id(m.Author), l.platform(a), handle, at, name, profile, l.day(p.First), l.day(p.Last), p.Posts28, p.Questions28,
			p.Answers28, p.Helped28, p.HelpedBack, strings.Join(p.Needs[:min(3, len(p.Needs))], ", "), languages(p), l.care.pitch(m.Author)})
	}
	return t
}

func (l *list) membership() table {
	t := table{name: "membership", columns: []column{
		{"run_id", text, 17}, {"member_id", text, 18}, {"rank", whole, 5}, {"tribe_id", text, 10}, {"role", text, 10}, {"membership", decimal, 12},
		{"stability", decimal, 11}, {"why", text, 50},
	}}
	for _, m := range l.chosenMembers() {
		if m.Tribe == "" {
			continue
		}
		why := m.Why
		if l.Anonymise {
			why = ""
		}
		t.rows = append(t.rows, []any{l.ID, l.id(m.Author), m.Rank, string(m.Tribe), string(m.Role), round(m.Strength), round(m.Stability), why})
	}
	return t
}

func (l *list) mentions() table {
	t := table{name: "need_mentions", columns: []column{
		{"run_id", text, 17}, {"need_id", text, 24}, {"topic", text, 24}, {"about", text, 20}, {"post_id", text, 33}, {"nth", whole, 4}, {"member_id", text, 18}, {"thread_id", text, 33}, {"created_at", moment, 20},
		{"type", text, 14}, {"kind", text, 10}, {"language", text, 9}, {"polarity", whole, 8}, {"confidence", decimal, 10},
	}}
	words := l.WithText && !l.Anonymise
	if words {
		t.columns = append(t.columns, column{"quote", text, 70}, column{"url", text, 40})
	}
	shown := l.shown()
	nth := make(map[data.PostID]int)
	for _, n := range l.Story.Needs {
		if _, ok := shown[n.Author]; !ok {
			continue
		}
		nth[n.ID]++
		key, called := n.Subject()
		row := []any{l.ID, l.shared(n.Need), cmp.Or(l.topics[key], called), n.Topic(), l.postID(n.ID), nth[n.ID], l.id(n.Author), l.outside(n.Thread), l.when(n.CreatedAt), string(n.Type), string(n.Kind),
			string(n.Need.Lang), n.Polarity, round(n.Confidence)}
		if words {
			row = append(row, n.Quote, web(n.URL))
		}
		t.rows = append(t.rows, row)
	}
	return l.apart(t)
}

// shared is the id of the need that n is one of, where several people voice it.
func (l *list) shared(n data.Need) string {
	key, _ := n.Subject()
	if _, listed := l.topics[key]; listed || n.Problem != "" {
		return key
	}
	return ""
}

func (l *list) lineage() table {
	t := table{name: "lineage", columns: []column{
		{"run_id", text, 17}, {"event", text, 10}, {"from_tribe_id", text, 12}, {"to_tribe_id", text, 12}, {"people_in_both", whole, 14},
		{"people_before", counted, 13}, {"people_after", whole, 12}, {"jaccard", decimal, 9},
	}}
	for _, r := range append(append([]data.RunRecord{}, l.History...), l.RunRecord) {
		for _, e := range r.Lineage {
			if small := cmp.Or(l.MinTribe, 5); l.Anonymise && (0 < e.Before && e.Before < small || 0 < e.After && e.After < small) {
				continue
			}
			t.rows = append(t.rows, []any{r.ID, string(e.Event), string(e.From), string(e.To), e.Shared, before(e.Before, r.Parent == ""), e.After, round(e.Jaccard)})
		}
	}
	return t
}

func (l *list) runs() table {
	t := table{name: "runs", columns: []column{
		{"run_id", text, 17}, {"week", text, 10}, {"as_of", moment, 20}, {"window_from", moment, 20}, {"window_to", moment, 20}, {"people", whole, 8}, {"posts", whole, 8},
		{"threads", whole, 8}, {"pairs", whole, 8}, {"places", whole, 8}, {"tribes", whole, 8}, {"algorithm", text, 10}, {"resolution", decimal, 10},
		{"modularity", decimal, 10}, {"stability", decimal, 10}, {"parent", text, 17}, {"inputs", text, 33},
	}}
	for _, r := range append(append([]data.RunRecord{}, l.History...), l.RunRecord) {
		t.rows = append(t.rows, []any{r.ID, r.Week, r.AsOf, r.Window.From, r.Window.To, r.People, r.Posts, r.Threads, r.Pairs, r.Places, data.TribeCount(r.Tribes),
			r.Algorithm, round(r.Resolution), round(r.Modularity), round(r.Stability), r.Parent, r.Inputs})
	}
	return t
}
