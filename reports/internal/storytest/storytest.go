// Package storytest makes invented stories of any size for tests: people of allotment gardens, their
// posts over eight weeks, and the tribes of eight runs with a birth, a split and a merger.
package storytest

import (
	"fmt"
	"math"
	"time"

	"tribu/data"
)

// A Size says how much happens in a story.
type Size struct {
	People int // with a post in the window
	Posts  int // in eight weeks
}

// Typical is a project of a town.
func Typical() Size { return Size{People: 320, Posts: 2600} }

type theme struct {
	id, name string
	bond     data.Bond
	share    float64 // of those in tribes
	topics   [3]string
	words    []string
	quotes   []quote
	born     int // index of its first run
	died     int // index after its last run; 0: alive
}

type quote struct {
	text, topic, word string
	lang              data.Lang
	kind              data.NeedType
}

const runs = 8

// AsOf is the end of the story.
func AsOf() time.Time { return time.Date(2026, 11, 22, 22, 59, 59, 0, time.UTC) }

type maker struct {
	seed  uint64
	size  Size
	story data.Story
	home  []int // theme of each author; -1 none
	ids   []data.AuthorID
}

func (m *maker) next(n int) int {
	m.seed += 0x9e3779b97f4a7c15
	x := m.seed
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return int((x ^ x>>31) % uint64(n))
}

// Story makes a story. Equal sizes and seeds make equal stories.
func Story(size Size, seed uint64) data.Story {
	m := &maker{seed: seed, size: size}
	m.story.Authors = make(map[data.AuthorID]data.Author)
	m.story.Threads = make(map[data.ThreadID]data.Thread)
	m.people()
	m.posts()
	m.runs()
	m.story.Sources = []data.SourceState{
		{Name: "orti.example", Kind: "discourse", Posts: size.Posts * 2 / 3, Newest: AsOf().Add(-3 * time.Hour)},
		{Name: "plot-talk", Kind: "feed", Posts: size.Posts / 3, Newest: AsOf().Add(-5 * time.Hour), Denied: 4},
	}
	return m.story
}

func (m *maker) people() {
	all := themes()
	for i := range m.size.People {
		id := data.NewAuthorID("orti.example", fmt.Sprint(i))
		home, roll := -1, float64(m.next(1000))/1000
		if i%4 != 3 {
			for t, th := range all {
				if th.died > 0 {
					continue
				}
				if roll < th.share {
					home = t
					break
				}
				roll -= th.share
			}
		}
		name := firstNames()[m.next(len(firstNames()))] + fmt.Sprintf("_%d", i)
		m.ids, m.home = append(m.ids, id), append(m.home, home)
		m.story.Authors[id] = data.Author{ID: id, Source: "orti.example", NativeID: fmt.Sprint(i), Handle: name, Name: name,
			URL: "https://orti.example/u/" + name}
	}
}

func (m *maker) posts() {
	start := AsOf().Add(-56 * 24 * time.Hour)
	step := 56 * 24 * time.Hour / time.Duration(m.size.Posts)
	type open struct {
		thread data.ThreadID
		posts  []int
		home   int
	}
	var threads []open
	places := []string{"Orti urbani", "Seed swap", "Compost", "Balconies"}
	for i := range m.size.Posts {
		a := m.next(len(m.ids))
		if i < len(m.ids) {
			a = i
		}
		at := start.Add(step * time.Duration(i)).Truncate(time.Second)
		at = at.Add(time.Duration(m.next(5*3600)) * time.Second).Add(time.Hour * time.Duration(m.hour(m.home[a])-at.Hour()))
		if at.After(AsOf()) {
			at = AsOf().Add(-time.Duration(m.next(3600)) * time.Second)
		}
		p := data.PostMeta{ID: data.NewPostID("orti.example", fmt.Sprint(i)), Source: "orti.example", Author: m.ids[a], CreatedAt: at,
			URL: fmt.Sprintf("https://orti.example/t/%d", i), Place: places[(max(m.home[a], 0)+m.next(2))%4], Lang: data.LangEN}
		if a%2 == 0 {
			p.Lang = data.LangIT
		}
		reply := -1
		if len(threads) > 5 && m.next(10) < 7 {
			for range 14 {
				t := len(threads) - 1 - m.next(min(30, len(threads)))
				if threads[t].home == m.home[a] || m.next(14) == 0 {
					reply = t
					break
				}
			}
		}
		if reply < 0 {
			p.Thread = data.NewThreadID("orti.example", fmt.Sprint(i))
			threads = append(threads, open{p.Thread, []int{len(m.story.Activity)}, m.home[a]})
			p.Acts = m.need(p, m.home[a])
		} else {
			t := &threads[reply]
			to := m.story.Activity[t.posts[m.next(len(t.posts))]]
			p.Thread, p.Parent = t.thread, to.ID
			t.posts = append(t.posts, len(m.story.Activity))
			if p.Acts = data.Offering; m.next(6) == 0 {
				p.Acts = m.need(p, m.home[a])
			}
			if to.Author != p.Author && at.After(AsOf().Add(-28*24*time.Hour)) {
				m.story.Interactions = append(m.story.Interactions, data.Interaction{Post: p.ID, Kind: data.Reply, From: p.Author, To: to.Author, ToPost: to.ID, At: at})
			}
		}
		m.story.Activity = append(m.story.Activity, p)
	}
	sortStory(&m.story)
}

func (m *maker) hour(home int) int { return (17+home*3)%24 + m.next(4) - 1 }

// need lets p voice a need, and returns what p does by it.
func (m *maker) need(p data.PostMeta, home int) data.Acts {
	if p.CreatedAt.Before(AsOf().Add(-28 * 24 * time.Hour)) {
		return data.Asking
	}
	if home < 0 {
		home = m.next(6)
	}
	qs := themes()[home].quotes
	q := qs[m.next(len(qs))]
	p.Acts = data.Asking
	if q.kind == data.Wish || q.kind == data.Recommendation {
		p.Acts = data.Pleading
	}
	m.story.Threads[p.Thread] = data.Thread{ID: p.Thread, Source: p.Source, Title: q.text, URL: p.URL, Place: p.Place}
	m.story.Needs = append(m.story.Needs, data.NeedRow{PostMeta: p, Need: data.Need{
		Type: q.kind, Kind: data.KindNeed, Object: q.word, Concept: q.topic, Quote: q.text, Lang: q.lang, Rule: "invented", Confidence: 0.6 + float64(m.next(30))/100,
	}})
	return p.Acts
}

func (m *maker) runs() {
	for r := range runs {
		record := m.run(r)
		if r < runs-1 {
			m.story.History = append(m.story.History, record)
		} else {
			m.story.RunRecord = record
		}
	}
}

func (m *maker) run(r int) data.RunRecord {
	asOf := AsOf().Add(-time.Duration(runs-1-r) * 7 * 24 * time.Hour)
	year, week := asOf.ISOWeek()
	rec := data.RunRecord{Run: data.Run{
		Week: fmt.Sprintf("%d-W%02d", year, week), Main: true, AsOf: asOf, Window: data.Window{From: asOf.Add(-28 * 24 * time.Hour), To: asOf},
		Params: `{"algorithm":"leiden","resolution":1,"seed":1,"repeats":20,"min_tribe":5,"window":"4w"}`, Inputs: "0f1e2d3c4b5a", Code: "tribes-1",
		Annotation: "nlp-1", People: m.size.People, Posts: m.size.Posts / 2, Threads: m.size.Posts / 6, Pairs: m.size.People * 2, Places: 4,
		Algorithm: "leiden", Resolution: 1, Modularity: 0.61, Stability: 0.84,
	}}
	rec.ID = rec.Week + fmt.Sprintf("-%06x", 0xa1b2c3+r)
	if r > 0 {
		prev := asOf.Add(-7 * 24 * time.Hour)
		y, w := prev.ISOWeek()
		rec.Parent = fmt.Sprintf("%d-W%02d-%06x", y, w, 0xa1b2c3+r-1)
	}
	m.tribes(&rec, r)
	return rec
}

func (m *maker) tribes(rec *data.RunRecord, r int) {
	for t, th := range themes() {
		if r < th.born || th.died > 0 && r >= th.died {
			continue
		}
		tr := data.Tribe{Run: rec.ID, ID: data.TribeID("t" + th.id), Name: th.name, Kind: data.KindTribe, Bond: th.bond, Born: fmt.Sprintf("2026-W%02d", 40+th.born),
			Stability: 0.92 - 0.06*float64(t), NeedZ: 6, TieZ: 8, Words: terms(th.words)}
		for i, id := range m.ids {
			if m.home[i] != t {
				continue
			}
			rec.Members = append(rec.Members, data.Member{Run: rec.ID, Author: id, Tribe: tr.ID, Strength: float64(100-i%60) / 100, Stability: 0.8, Role: role(i), Posts: 3 + i%9,
				Why: "asks about " + th.topics[0] + " and answers others who do"})
			tr.People++
		}
		if th.died > 0 || r < runs-1 {
			tr.People = max(int(float64(m.size.People)*0.72*th.share*(1+0.05*math.Sin(float64(3*t+2*r)))), 6)
			rec.Members = nil
		}
		for _, topic := range th.topics {
			tr.Needs = append(tr.Needs, data.TribeNeed{Topic: topic, Type: data.Problem, People: max(tr.People/4, 2)})
		}
		rec.Tribes = append(rec.Tribes, tr)
		m.lineage(rec, th, tr, r)
	}
	bySize(rec.Tribes)
	if r == runs-1 {
		for i, id := range m.ids {
			if m.home[i] < 0 {
				rec.Members = append(rec.Members, data.Member{Run: rec.ID, Author: id, Role: data.RoleMember, Posts: 1 + i%3})
			}
		}
	}
}

func role(i int) data.Role {
	return []data.Role{data.RoleMember, data.RoleCore, data.RoleMember, data.RoleHelper, data.RoleMember, data.RoleNewcomer, data.RoleEdge}[i%7]
}

func terms(words []string) []data.Term {
	var out []data.Term
	for i, w := range words {
		out = append(out, data.Term{Key: w, Form: w, Count: 20 - i})
	}
	return out
}
