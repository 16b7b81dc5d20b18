package crawler

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// forumTime reads a moment as forums write it: ISO dates, seconds since 1970, dates with month
// names of seven languages, numeric dates, "yesterday, 10:33" and "3 hours ago". What names no
// zone is UTC. Of two numbers the first is the day where one is above 12 or dots are between them;
// with am or pm it is the month.
func forumTime(text string, now time.Time) (time.Time, bool) {
	text = strings.TrimSpace(text)
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && n > 1e8 {
		if n > 1e11 {
			n /= 1000
		}
		return sensible(time.Unix(n, 0).UTC(), now)
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05-0700", "2006-01-02T15:04:05", time.RFC1123Z, time.RFC1123} {
		if at, err := time.Parse(layout, text); err == nil {
			return sensible(at.UTC(), now)
		}
	}
	w := splitDate(strings.ToLower(text))
	if at, ok := w.ago(now); ok {
		return at, true
	}
	day, ok := w.day(now)
	if !ok {
		return time.Time{}, false
	}
	return sensible(day.Add(w.clock()-w.zone()), now)
}

func sensible(at, now time.Time) (time.Time, bool) {
	return at.Truncate(time.Second), at.Unix() > 0 && at.Before(now.Add(48*time.Hour))
}

// A date in words: runs of letters, runs of digits, and single signs.
type dateWords []string

const maxDateWords = 60

func splitDate(s string) dateWords {
	var out dateWords
	class := func(r rune) int {
		switch {
		case unicode.IsLetter(r):
			return 1
		case r >= '0' && r <= '9':
			return 2
		case unicode.IsSpace(r):
			return 0
		}
		return 3
	}
	last := 0
	for _, r := range s {
		c := class(r)
		if c != 0 && (c != last || c == 3) {
			if len(out) == maxDateWords {
				return out
			}
			out = append(out, "")
		}
		if c != 0 {
			out[len(out)-1] += string(r)
		}
		last = c
	}
	return out
}

func (w dateWords) num(i int) (int, bool) {
	if i < 0 || i >= len(w) || len(w[i]) > 4 {
		return 0, false
	}
	n, err := strconv.Atoi(w[i])
	return n, err == nil
}

func (w dateWords) at(i int) string {
	if i < 0 || i >= len(w) {
		return ""
	}
	return w[i]
}

// ago reads "3 hours ago", "3 ore fa", "vor 2 Stunden", "il y a 3 jours", "hace 2 días".
func (w dateWords) ago(now time.Time) (time.Time, bool) {
	if !slices.ContainsFunc(w, func(s string) bool { return slices.Contains([]string{"ago", "fa", "vor", "il", "hace", "geleden"}, s) }) {
		return time.Time{}, false
	}
	for i := range w {
		word := w.at(i + 1)
		n, ok := w.num(i)
		if w[i] == "a" || w[i] == "an" || w[i] == "un" || w[i] == "una" || w[i] == "einer" || w[i] == "einem" {
			n, ok = 1, true
			if word == "'" {
				word = w.at(i + 2)
			}
		}
		if unit := unitOf(word); ok && unit > 0 {
			return now.Add(-time.Duration(n) * unit), true
		}
	}
	return time.Time{}, false
}

func unitOf(word string) time.Duration {
	day := 24 * time.Hour
	for _, u := range []struct {
		starts []string
		unit   time.Duration
	}{
		{[]string{"sec", "sek"}, time.Second}, {[]string{"min"}, time.Minute}, {[]string{"hour", "ora", "ore", "stunde", "heure", "hora", "uur"}, time.Hour},
		{[]string{"day", "giorn", "tag", "jour", "día", "dia", "dag"}, day}, {[]string{"week", "settiman", "woche", "semaine", "semana"}, 7 * day},
		{[]string{"month", "mes", "monat", "mois", "maand"}, 30 * day}, {[]string{"year", "ann", "jahr", "an", "año", "jaar"}, 365 * day},
	} {
		for _, s := range u.starts {
			if strings.HasPrefix(word, s) && (s != "an" || word == "an" || word == "ans") {
				return u.unit
			}
		}
	}
	return 0
}

// day returns midnight of the date.
func (w dateWords) day(now time.Time) (time.Time, bool) {
	midnight := now.UTC().Truncate(24 * time.Hour)
	for i, s := range slices.Backward(w) { // "mar 4 feb" is a Tuesday in February
		switch s {
		case "today", "oggi", "heute", "hoy", "hoje", "vandaag", "сегодня", "dzisiaj":
			return midnight, true
		case "aujourd":
			return midnight, true
		case "yesterday", "ieri", "gestern", "hier", "ayer", "ontem", "gisteren", "вчера", "wczoraj":
			return midnight.AddDate(0, 0, -1), true
		}
		if m := monthOf(s); m > 0 {
			if at, ok := w.around(i, m); ok {
				return at, true
			}
		}
	}
	return w.numeric()
}

// around reads a day and a year beside the name of a month.
func (w dateWords) around(i int, m time.Month) (time.Time, bool) {
	var day, year int
	for back := i - 1; back >= max(0, i-3) && day == 0; back-- {
		if w[back] == ":" {
			break
		}
		if n, ok := w.num(back); ok && n >= 1 && n <= 31 && w.at(back-1) != ":" {
			day = n
		}
	}
	for next := i + 1; next < min(len(w), i+8) && year == 0; next++ {
		n, ok := w.num(next)
		switch {
		case !ok || w.at(next+1) == ":" || w.at(next-1) == ":":
		case n >= 1970 && n < 10000:
			year = n
		case day == 0 && n >= 1 && n <= 31:
			day = n
		case day > 0 && len(w[next]) == 2 && next <= i+3:
			year = century(n)
		}
	}
	return dateOf(year, m, day)
}

func century(n int) int {
	if n >= 70 {
		return 1900 + n
	}
	return 2000 + n
}

func dateOf(year int, m time.Month, day int) (time.Time, bool) {
	at := time.Date(year, m, day, 0, 0, 0, 0, time.UTC)
	return at, year >= 1970 && at.Month() == m && at.Day() == day
}

// numeric reads 2012-04-23, 23.04.2012, 04/23/12 and their like.
func (w dateWords) numeric() (time.Time, bool) {
	for i := 0; i+4 < len(w); i++ {
		a, okA := w.num(i)
		b, okB := w.num(i + 2)
		c, okC := w.num(i + 4)
		sign := w[i+1]
		if !okA || !okB || !okC || sign != w[i+3] || !strings.Contains("./-", sign) {
			continue
		}
		if len(w[i]) == 4 {
			return dateOf(a, time.Month(b), c)
		}
		if len(w[i+4]) == 2 {
			c = century(c)
		}
		monthFirst := sign != "." && (slices.Contains(w, "am") || slices.Contains(w, "pm"))
		if b > 12 || monthFirst && a <= 12 {
			a, b = b, a
		}
		return dateOf(c, time.Month(b), a)
	}
	return time.Time{}, false
}

// clock returns the time of the day, 0 where there is none.
func (w dateWords) clock() time.Duration {
	for i := 1; i+1 < len(w); i++ {
		h, okH := w.num(i - 1)
		m, okM := w.num(i + 1)
		if w[i] != ":" && w[i] != "." || !okH || !okM || len(w[i+1]) != 2 || h > 23 || m > 59 || w[i] == "." && (w.at(i+2) == "." || w.at(i-2) == ".") {
			continue
		}
		s, next := 0, i+2
		if n, ok := w.num(i + 3); w.at(i+2) == w[i] && ok && n < 60 {
			s, next = n, i+4
		}
		switch {
		case strings.HasPrefix(w.at(next), "pm") && h < 12:
			h += 12
		case strings.HasPrefix(w.at(next), "am") && h == 12:
			h = 0
		}
		return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second
	}
	return 0
}

// zone reads "GMT+2" and "UTC-05:00"; 0 where no zone is named.
func (w dateWords) zone() time.Duration {
	for i, s := range w {
		h, ok := w.num(i + 2)
		sign := w.at(i + 1)
		if s != "utc" && s != "gmt" || !ok || sign != "+" && sign != "-" || h > 14 {
			continue
		}
		d := time.Duration(h) * time.Hour
		if m, ok := w.num(i + 4); ok && w.at(i+3) == ":" && m < 60 {
			d += time.Duration(m) * time.Minute
		}
		if sign == "-" {
			return -d
		}
		return d
	}
	return 0
}

// monthOf knows the names of months in English, Italian, German, French, Spanish, Dutch and Polish.
func monthOf(word string) time.Month {
	if len(word) < 3 {
		return 0
	}
	for i, names := range []string{
		"jan january gen gennaio januar jänner janvier janv enero ene januari stycznia sty", "feb february febbraio februar février févr fév febrero februari lutego lut",
		"mar march marzo märz mär mrz mars maart mrt marca", "apr april aprile avril avr abril abr kwietnia kwi", "may mag maggio mai mayo mei maja maj",
		"jun june giu giugno juni juin junio czerwca cze", "jul july lug luglio juli juillet juil julio lipca lip", "aug august ago agosto août aoû augustus sierpnia sie",
		"sep sept september set settembre septembre septiembre września wrz", "oct october ott ottobre okt oktober octobre octubre października paź",
		"nov november novembre noviembre listopada lis", "dec december dic dicembre dez dezember décembre déc diciembre grudnia gru",
	} {
		if slices.Contains(strings.Fields(names), word) {
			return time.Month(i + 1)
		}
	}
	return 0
}
