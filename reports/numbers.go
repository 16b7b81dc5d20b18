package reports

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// articled puts an Italian article or preposition before a number as it is read aloud: elided before
// one, eight and eleven and what begins with them (80, 800, 8,000, 11,000), "lo" before zero.
func (p *printer) articled(article, number string) string {
	digits := strings.TrimLeft(number, "+−")
	whole := digits[:len(digits)-len(strings.TrimLeft(digits, "0123456789"))]
	more := strings.HasPrefix(digits[len(whole):], p.plain("group")) || strings.HasPrefix(digits[len(whole):], "°")
	switch {
	case strings.HasPrefix(whole, "8"), whole == "11", whole == "1" && !more:
		return p.plain("elided."+article) + number
	case whole == "0":
		return p.plain("elided."+article+".zero") + number
	}
	return article + " " + number
}

// spelled writes small numbers as words, for titles.
func (p *printer) spelled(n int, capital bool) string {
	if n < 1 || n > 12 {
		return p.number(n)
	}
	word := p.list("numbers", n-1)
	if capital {
		return upper(word)
	}
	return word
}

// number writes n with grouped thousands.
func (p *printer) number(n int) string {
	s := strconv.Itoa(max(n, -n))
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + p.plain("group") + s[i:]
	}
	if n < 0 {
		return "−" + s
	}
	return s
}

// decimal writes x with digits after the decimal mark.
func (p *printer) decimal(x float64, digits int) string {
	whole, frac, _ := strings.Cut(strconv.FormatFloat(x, 'f', digits, 64), ".")
	if whole == "-0" { // which no whole number is
		if strings.Trim(frac, "0") == "" {
			return p.decimal(0, digits)
		}
		return "−" + p.decimal(-x, digits)
	}
	n, err := strconv.Atoi(whole)
	if err != nil {
		return whole
	}
	if frac == "" {
		return p.number(n)
	}
	return p.number(n) + p.plain("decimal") + frac
}

// percent writes a share of 1 as a whole percentage.
func (p *printer) percent(share float64) string {
	return p.number(int(math.Round(share*100))) + p.plain("percent")
}

// change writes a relative change with its sign.
func (p *printer) change(share float64) string {
	if n := int(math.Round(share * 100)); n >= 0 {
		return "+" + p.percent(share)
	}
	return p.percent(share)
}

func (p *printer) month(t time.Time) string { return p.list("months", int(t.Month())-1) }

// date writes day, month and year.
func (p *printer) date(t time.Time) string {
	t = t.In(p.loc)
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		day = p.plain("day.first")
	}
	return p.text("date", "day", day, "month", p.month(t), "year", strconv.Itoa(t.Year()))
}

// shortDate writes day and short month.
func (p *printer) shortDate(t time.Time) string {
	t = t.In(p.loc)
	return strconv.Itoa(t.Day()) + " " + p.list("months.short", int(t.Month())-1)
}

// dates writes the days from a to b, saying month and year once where they are the same.
func (p *printer) dates(a, b time.Time) string {
	a, b = a.In(p.loc), b.In(p.loc)
	last := p.date(b)
	switch {
	case a.Year() != b.Year():
		return p.date(a) + " – " + last
	case a.Month() != b.Month():
		return strconv.Itoa(a.Day()) + " " + p.month(a) + " – " + last
	case a.Day() != b.Day():
		return strconv.Itoa(a.Day()) + "–" + last
	}
	return last
}

// weekday writes the day of the week, in short.
func (p *printer) weekday(t time.Time) string {
	return p.list("days.short", (int(t.In(p.loc).Weekday())+6)%7)
}

// moment writes weekday, date and time of day.
func (p *printer) moment(t time.Time, hours bool) string {
	t = t.In(p.loc)
	s := p.weekday(t) + " " + p.shortDate(t)
	if y := t.Year(); y != p.year {
		s += " " + strconv.Itoa(y)
	}
	if hours {
		s += ", " + t.Format("15:04")
	}
	return s
}

// wait writes a length of time in the two largest units that matter.
func (p *printer) wait(d time.Duration) string {
	minutes := int(d.Round(time.Minute) / time.Minute)
	switch {
	case minutes < 60:
		return p.text("wait.minutes", "m", minutes)
	case minutes < 48*60 && minutes%60 == 0:
		return p.text("wait.hours", "h", minutes/60)
	case minutes < 48*60:
		return p.text("wait.hm", "h", minutes/60, "m", fmt.Sprintf("%02d", minutes%60))
	}
	return p.text("wait.days", "n", int(math.Round(float64(minutes)/(24*60))))
}

// tenths rounds two shares of n to tenths whose sum is the rounded sum.
func tenths(a, b, n int) (int, int) {
	both := (20*(a+b) + n) / (2 * n)
	first := min((20*a+n)/(2*n), both)
	return first, both - first
}
