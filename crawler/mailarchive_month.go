package crawler

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// month returns the first day and the mbox of the month that a link leads to, if it does.
func (m *mailing) month(u *url.URL) (from, address string) {
	name := u.Path[strings.LastIndexByte(strings.TrimSuffix(u.Path, "/"), '/')+1:]
	if plain := strings.TrimSuffix(name, ".gz"); strings.HasSuffix(plain, ".txt") {
		if first, _, ok := archiveSpan(strings.TrimSuffix(plain, ".txt")); ok {
			return first.Format(time.DateOnly), u.String()
		}
		return "", ""
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	if n := len(parts); n >= 4 && parts[n-4] == "list" && !strings.Contains(parts[n-3], "..") {
		year, err1 := strconv.Atoi(parts[n-2])
		number, err2 := strconv.Atoi(parts[n-1])
		first := time.Date(year, time.Month(number), 1, 0, 0, 0, 0, time.UTC)
		if err1 != nil || err2 != nil || number < 1 || number > 12 || year < 1970 || year > 9999 {
			return "", ""
		}
		export := *u
		export.Path = "/" + strings.Join(parts[:n-2], "/") + "/export/" + parts[n-3] + ".mbox.gz"
		export.RawQuery = url.Values{"start": {first.Format(time.DateOnly)}, "end": {first.AddDate(0, 1, 0).Format(time.DateOnly)}}.Encode()
		return first.Format(time.DateOnly), export.String()
	}
	return "", ""
}

// archiveSpan reads "2014-March", "2013q4" and "1999".
func archiveSpan(name string) (from, to time.Time, ok bool) {
	year, rest := name[:min(4, len(name))], name[min(4, len(name)):]
	n, err := strconv.Atoi(year)
	if err != nil || n < 1970 || n > 9999 {
		return from, to, false
	}
	first := func(month time.Month) time.Time { return time.Date(n, month, 1, 0, 0, 0, 0, time.UTC) }
	switch {
	case rest == "":
		return first(1), first(13), true
	case len(rest) == 2 && rest[0] == 'q' && rest[1] >= '1' && rest[1] <= '4':
		q := time.Month(rest[1] - '1')
		return first(3*q + 1), first(3*q + 4), true
	case strings.HasPrefix(rest, "-"):
		if month := monthOf(strings.ToLower(rest[1:])); month > 0 {
			return first(month), first(month + 1), true
		}
	}
	return from, to, false
}

func (m *mailing) askMonths(months map[string]string) {
	var starts []string
	for from, address := range months {
		if !slices.Contains(m.state.Done, address) {
			starts = append(starts, from)
		}
	}
	slices.Sort(starts)
	for _, from := range starts {
		if _, end := m.span(months[from]); !m.since.IsZero() && end.Before(m.since) {
			continue
		}
		m.enqueue(m.ask("month", "month:"+from, months[from], 1, m.task.Due))
	}
}

// span returns the time that an mbox of askMonths is about.
func (m *mailing) span(address string) (from, to time.Time) {
	u, err := url.Parse(address)
	if err != nil {
		return from, to
	}
	name := u.Path[strings.LastIndexByte(u.Path, '/')+1:]
	if from, to, ok := archiveSpan(strings.TrimSuffix(strings.TrimSuffix(name, ".gz"), ".txt")); ok {
		return from, to
	}
	from, _ = time.Parse(time.DateOnly, u.Query().Get("start"))
	to, _ = time.Parse(time.DateOnly, u.Query().Get("end"))
	return from, to
}

const lateMail = young // a month's file may still change so long after its end

func (m *mailing) readMonth() error {
	if err := m.readMbox(); err != nil {
		return err
	}
	m.compareMonth()
	if _, end := m.span(m.task.URL); !end.IsZero() && m.now().After(end.Add(lateMail)) && !slices.Contains(m.state.Done, m.task.URL) {
		m.state.Done = append(m.state.Done, m.task.URL)
		delete(m.state.Months, m.task.URL)
	}
	return nil
}

// A mailMonth is what is known of a file: its messages of the last week, and those of them that it
// lacked when it was last read.
type mailMonth struct {
	Young []recent `json:"young,omitempty"`
	Lost  []string `json:"lost,omitempty"`
}

// compareMonth looks for young messages that the file lacks now. It is asked for them once more,
// an hour later.
func (m *mailing) compareMonth() {
	before, now := m.state.Months[m.task.URL], mailMonth{Young: m.taken}
	there := map[string]bool{}
	for _, y := range m.taken {
		there[y.ID] = true
	}
	for _, y := range before.Young {
		switch {
		case there[y.ID]:
		case m.task.Kind == "lost" && slices.Contains(before.Lost, y.ID):
			m.bury(y.ID)
		default:
			now.Young, now.Lost = append(now.Young, y), append(now.Lost, y.ID)
		}
	}
	if len(now.Lost) > 0 {
		from, _ := m.span(m.task.URL)
		m.enqueue(m.ask("lost", "lost:"+from.Format(time.DateOnly), m.task.URL, 1, m.now().Add(goneAgain)))
	}
	slices.SortFunc(now.Young, byTime)
	if n := len(now.Young); n > 0 { // by the newest message's clock, a day to spare
		old := now.Young[n-1].At - int64((young+readAgain)/time.Second)
		now.Young = slices.DeleteFunc(now.Young, func(y recent) bool { return y.At < old })
		now.Young = now.Young[max(0, len(now.Young)-keepYoung):]
	}
	if m.state.Months == nil {
		m.state.Months = map[string]mailMonth{}
	}
	m.state.Months[m.task.URL] = now
}

// listName is the last part of an archive's address, without the domain: what readers call the list.
func listName(at string) string {
	u, err := url.Parse(at)
	if err != nil {
		return ""
	}
	name := u.Path[strings.LastIndexByte(u.Path, '/')+1:]
	name, _, _ = strings.Cut(name, "@")
	return name
}
