package export

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/figures"
)

func memberColumns() []column {
	return []column{
		{"run_id", text, 17}, {"week", text, 10}, {"tribe_id", text, 10}, {"tribe_letter", text, 7}, {"tribe_name", text, 28},
		{"member_id", text, 18}, {"platform", text, 12}, {"handle", text, 22}, {"account_address", text, 26}, {"display_name", text, 24},
		{"profile_url", text, 36}, {"role", text, 11}, {"membership", decimal, 12}, {"stability", decimal, 11}, {"first_seen", date, 12},
		{"last_seen", date, 12}, {"posts_28d", whole, 10}, {"questions_28d", whole, 13}, {"answers_28d", whole, 12},
		{"people_helped_28d", whole, 17}, {"helped_back", whole, 12}, {"bridges_to", text, 11}, {"top_needs", text, 30},
		{"languages", text, 11}, {"active_hours", text, 13}, {"why", text, 50}, {"do_not_pitch", text, 13}, {"note", text, 20},
	}
}

func (l *list) members(rows []data.Member) table {
	t := table{name: "Members", columns: memberColumns()}
	for _, m := range rows {
		t.rows = append(t.rows, l.member(m))
	}
	return t
}

// chosenMembers returns the members the options choose: by tribe letter, strongest first; in an anonymised
// list by their ids there, as the order of the named list would tell who they are.
func (l *list) chosenMembers() []data.Member {
	order := make(map[data.TribeID]int)
	for i, t := range l.Story.Tribes {
		order[t.ID] = i
	}
	order[""] = len(order)
	var out []data.Member
	for _, m := range l.Story.Members {
		if l.without(m) == "" {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b data.Member) int {
		if d := order[a.Tribe] - order[b.Tribe]; d != 0 {
			return d
		}
		switch {
		case l.Anonymise:
			return strings.Compare(l.id(a.Author), l.id(b.Author))
		case a.Strength > b.Strength:
			return -1
		case a.Strength < b.Strength:
			return 1
		}
		return strings.Compare(string(a.Author[:]), string(b.Author[:]))
	})
	return out
}

func (l *list) member(m data.Member) []any {
	a, p, t := l.Authors[m.Author], l.figures.People[m.Author], l.chosen[m.Tribe]
	handle, name, profile := strings.TrimPrefix(a.Handle, "@"), a.Name, web(a.URL)
	platform := l.platform(a)
	address := address(platform, handle, profile)
	if l.Anonymise {
		handle, name, profile, address, m.Why = "", "", "", "", ""
	}
	return []any{
		l.ID, l.Week, string(m.Tribe), t.Letter, t.Name, l.id(m.Author), platform, handle, address, name,
		profile, string(m.Role), round(m.Strength), round(m.Stability), l.day(p.First), l.day(p.Last),
		p.Posts28, p.Questions28, p.Answers28, p.Helped28, p.HelpedBack, l.letters(p, m.Tribe), strings.Join(p.Needs[:min(3, len(p.Needs))], ", "),
		languages(p), l.hours(p), m.Why, l.care.pitch(m.Author), l.care.note(m.Author),
	}
}

// platform returns the kind of an author's source, or its name where it is a file.
func (l *list) platform(a data.Author) string {
	if kind := l.kinds[a.Source]; kind != "" && kind != "import" {
		return kind
	}
	return a.Source
}

func (l *list) day(at time.Time) time.Time {
	if at.IsZero() {
		return at
	}
	return at.In(l.Location)
}

func round(x float64) float64 { return float64(int(x*1000+0.5)) / 1000 }

// web returns raw where it is an absolute http(s) address.
func web(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// address returns the name under which other servers know an account: only Mastodon has one.
func address(platform, handle, profile string) string {
	if platform != "mastodon" || handle == "" {
		return ""
	}
	if strings.Contains(handle, "@") {
		return handle
	}
	u, err := url.Parse(profile)
	if err != nil || u.Host == "" {
		return ""
	}
	return handle + "@" + u.Host
}

func (l *list) letters(p figures.Person, own data.TribeID) string {
	var out []string
	for _, s := range p.Reach {
		if s.People >= 2 && l.figures.Tribes[s.Tribe].ID != own {
			out = append(out, l.figures.Tribes[s.Tribe].Letter)
		}
	}
	return strings.Join(out, " ")
}

func languages(p figures.Person) string {
	var out []string
	for _, lang := range p.Langs {
		out = append(out, string(lang))
	}
	return strings.Join(out, " ")
}

// hours returns the three hours of the day in which a person writes most.
func (l *list) hours(p figures.Person) string {
	best, most, sum := 0, 0, 0
	for h, n := range p.Hours {
		sum += n
		if three := n + p.Hours[(h+1)%24] + p.Hours[(h+2)%24]; three > most {
			best, most = h, three
		}
	}
	if sum < 3 || !l.figures.Hours {
		return ""
	}
	return fmt.Sprintf("%02d:00–%02d:00", best, (best+3)%24)
}

func (l *list) tribes() table {
	t := table{name: "Tribes", columns: []column{
		{"run_id", text, 17}, {"week", text, 10}, {"tribe_id", text, 10}, {"tribe_letter", text, 7}, {"tribe_name", text, 28}, {"kind", text, 9},
		{"bond", text, 11}, {"people", whole, 9}, {"people_before", counted, 13}, {"posts", whole, 9}, {"stability", decimal, 10},
		{"requests", whole, 10}, {"answered_by_tribe", whole, 17}, {"answered_by_others", whole, 18}, {"unanswered", whole, 12},
		{"words", text, 50}, {"needs", text, 40}, {"also_called", text, 40},
	}}
	for _, tr := range l.figures.Tribes {
		if _, ok := l.chosen[tr.ID]; !ok {
			continue
		}
		var words, needs []string
		for _, w := range tr.Words {
			words = append(words, w.Form)
		}
		for _, n := range tr.Needs {
			needs = append(needs, cmp.Or(l.topics[string(n.Problem)], n.Topic))
		}
		t.rows = append(t.rows, []any{l.ID, l.Week, string(tr.ID), tr.Letter, tr.Name, string(tr.Kind), string(tr.Bond), tr.People,
			before(tr.Size.Before, l.figures.First), tr.Posts, round(tr.Stability), tr.Asked, tr.ByTribe, tr.ByOthers, tr.Unanswered(), strings.Join(words, ", "), strings.Join(needs, ", "),
			strings.Join(tr.Names()[1:], "; ")})
	}
	return t
}

// before returns how many people there were in the run before; nil where there was none to compare with.
func before(people int, first bool) any {
	if first {
		return nil
	}
	return people
}

func (l *list) needs() table {
	t := table{name: "Needs", columns: []column{
		{"run_id", text, 17}, {"week", text, 10}, {"rank", whole, 6}, {"need_id", text, 11}, {"topic", text, 24}, {"type", text, 16}, {"people", whole, 9},
		{"posts", whole, 10}, {"old_enough", whole, 11}, {"unanswered_48h", whole, 15}, {"by_tribe", text, 24},
	}}
	if l.WithText {
		t.columns = append(t.columns, column{"quote", text, 70}, column{"quote_language", text, 10}, column{"quote_url", text, 40})
	}
	for i, n := range l.figures.Needs {
		if len(l.Tribes) > 0 && !slices.ContainsFunc(n.ByTribe, l.asked) {
			continue
		}
		var parts []string
		for _, s := range n.ByTribe {
			letter := "-"
			if s.Tribe != figures.None {
				letter = l.figures.Tribes[s.Tribe].Letter
			}
			parts = append(parts, fmt.Sprintf("%s:%d", letter, s.People))
		}
		row := []any{l.ID, l.Week, i + 1, n.Key, n.Topic, string(n.Type), n.People, n.Requests, n.Old, n.Unanswered, strings.Join(parts, " ")}
		if l.WithText {
			row = append(row, l.quote(n)...)
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// asked reports whether s is of a tribe that was chosen.
func (l *list) asked(s figures.Share) bool {
	if s.Tribe == figures.None {
		return false
	}
	_, ok := l.chosen[l.figures.Tribes[s.Tribe].ID]
	return ok
}

// quote returns the best words for a need whose author did not opt out.
func (l *list) quote(n figures.Need) []any {
	for _, q := range n.Quotes {
		if !l.Authors[q.Post.Author].OptedOut && !l.Anonymise {
			return []any{q.Text, string(q.Lang), web(q.Post.URL)}
		}
	}
	return []any{"", "", ""}
}

func (l *list) changes() table {
	t := table{name: "Changes", columns: []column{
		{"run_id", text, 17}, {"week", text, 10}, {"event", text, 10}, {"from", text, 40}, {"to", text, 40}, {"people_before", whole, 14},
		{"people_after", whole, 13}, {"people_in_both", whole, 14}, {"people_new", whole, 11},
	}}
	for _, c := range l.figures.Changes {
		if c.Event == figures.Dissolve {
			c = l.dissolved(c)
		}
		t.rows = append(t.rows, []any{l.ID, l.Week, string(c.Event), joined(c.From), joined(c.To), c.Before, c.Kept + c.New, c.Kept, c.New})
	}
	return t
}

// dissolved tells of a tribe that no other carries on where its people are now.
func (l *list) dissolved(c figures.Change) figures.Change {
	for i, id := range c.Fate.To {
		at := slices.IndexFunc(l.Story.Tribes, func(t data.Tribe) bool { return t.ID == id })
		if at < 0 {
			continue
		}
		t := l.Story.Tribes[at]
		c.To, c.Kept = append(c.To, t), c.Kept+c.Fate.Went[i]
		c.New += max(t.People-c.Fate.Went[i], 0)
	}
	return c
}

func joined(tribes []data.Tribe) string {
	var names []string
	for _, t := range tribes {
		names = append(names, t.Name)
	}
	return strings.Join(names, "; ")
}
