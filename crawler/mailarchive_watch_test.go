package crawler

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/crawler/mail"
	"tribu/data"
)

// TestMailArchivesFollowEditsAndDeletions: of three young messages one is edited and one removed.
// The edit is seen at the next look, the removal an hour after it was first noticed.
func TestMailArchivesFollowEditsAndDeletions(t *testing.T) {
	one, two, three := letter("1@a", "ada", "2026-11-18", "Chains", "", "squeak"), letter("2@a", "bo", "2026-11-19", "Pumps", "", "air"), letter("3@a", "cy", "2026-11-20", "Bells", "", "ring")
	edited := letter("1@a", "ada", "2026-11-18", "Chains", "", "squeak loudly")
	entry := func(id, day, text string) string {
		return `<entry><title>x</title><updated>2026-11-` + day + `T00:00:00Z</updated><link href="BASE/bikes/` + id + `/"/><content type="xhtml"><pre>` + text + `</pre></content></entry>`
	}
	atom := func(entries ...string) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom">` + strings.Join(entries, "") + `</feed>`
	}
	for _, c := range []struct {
		name, path   string
		before, then map[string]string // pages; an empty one is not there
		steps        []string          // what an hour later, a day later … is known of 1, 2 and 3
	}{
		{"pipermail", "/pipermail/bikes", map[string]string{"pipermail/bikes/": `<a href="2026-November.txt">x</a>`, "pipermail/bikes/2026-November.txt": one + two + three},
			map[string]string{"pipermail/bikes/2026-November.txt": edited + three},
			[]string{"squeak, air, ring", "squeak loudly, air, ring", "squeak loudly, gone, ring", "squeak loudly, gone, ring"}},
		{"a message that was missing for a moment", "/pipermail/bikes", map[string]string{"pipermail/bikes/": `<a href="2026-November.txt">x</a>`, "pipermail/bikes/2026-November.txt": one + two + three},
			map[string]string{"pipermail/bikes/2026-November.txt": one + three, "LATER": one + two + three},
			[]string{"squeak, air, ring", "squeak, air, ring", "squeak, air, ring", "squeak, air, ring"}},
		{"public-inbox", "/bikes", map[string]string{"bikes/": `<link href="new.atom"/>`, "bikes/all.mbox.gz": packed(one + two + three),
			"bikes/new.atom": atom(entry("3@a", "20", "ring"), entry("2@a", "19", "air"), entry("1@a", "18", "squeak"))},
			map[string]string{"bikes/new.atom": atom(entry("3@a", "20", "ring"), entry("1@a", "18", "squeak loudly")), "bikes/1@a/t.mbox.gz": packed(edited)},
			[]string{"squeak, air, ring", "squeak loudly, air, ring", "squeak loudly, gone, ring", "squeak loudly, gone, ring"}},
		{"public-inbox, the message only left the feed", "/bikes", map[string]string{"bikes/": `<link href="new.atom"/>`, "bikes/all.mbox.gz": packed(one + two + three), "bikes/2@a/": "still here",
			"bikes/new.atom": atom(entry("3@a", "20", "ring"), entry("2@a", "19", "air"), entry("1@a", "18", "squeak"))},
			map[string]string{"bikes/new.atom": atom(entry("3@a", "20", "ring"), entry("1@a", "18", "squeak"))},
			[]string{"squeak, air, ring", "squeak, air, ring", "squeak, air, ring", "squeak, air, ring"}},
	} {
		_, src, show := serveArchive(t, c.path)
		show(c.before)
		clock, m := newClock(), newMemory()
		var got []string
		for i := range c.steps {
			s := crawlSource(t, src, clock, m)
			got = append(got, m.said("1@a", "2@a", "3@a"))
			if s.Dead != 0 || s.Stopped != "" {
				t.Errorf("%s, run %d: %d dead, %q", c.name, i+1, s.Dead, s.Notes)
			}
			if i == 0 {
				show(c.then)
			} else if later := c.then["LATER"]; later != "" {
				show(map[string]string{"pipermail/bikes/2026-November.txt": later})
			}
			clock.pass(61 * time.Minute)
		}
		if !slices.Equal(got, c.steps) {
			t.Errorf("%s:\ngot  %q\nwant %q", c.name, got, c.steps)
		}
	}
}

// said tells what is known of messages: their text, or that they are gone.
func (m *memory) said(ids ...string) string {
	var all []string
	for _, id := range ids {
		post := data.NewPostID("forum", mail.Hash(id))
		switch p, known := m.posts[post]; {
		case m.gone[post]:
			all = append(all, "gone")
		case known:
			all = append(all, strings.TrimSpace(p.Body))
		default:
			all = append(all, fmt.Sprintf("no %s", id))
		}
	}
	return strings.Join(all, ", ")
}

// TestWhereaboutsOfAMessage: what the page of a message that new.atom lacks tells.
func TestWhereaboutsOfAMessage(t *testing.T) {
	for _, c := range []struct {
		kind   string
		status int
		want   string
	}{
		{"check", 200, ""}, {"check", 404, "asks gone:7"}, {"check", 410, "asks gone:7"}, {"check", 300, "asks gone:7"}, {"gone", 200, ""}, {"gone", 404, "buries"}, {"gone", 300, "buries"},
	} {
		out, err := parseOne(SourceConfig{Kind: "mailarchive", URL: "https://lists.example/bikes"}, c.kind, c.kind+":7", "", c.status, nil)
		got := ""
		for _, task := range out.Batch.Tasks {
			got += "asks " + task.Key
		}
		if len(out.Batch.Tombstones) > 0 {
			got += "buries"
		}
		if got != c.want || err != nil {
			t.Errorf("%s answered with %d: %q, %v; want %q", c.kind, c.status, got, err, c.want)
		}
	}
}
