package signs

import (
	"strconv"
	"strings"
	"time"
)

// A Stance says how an amount is meant.
type Stance string

// The stances: a limit people set ("within a day"), one where the sentence asks for something ("in
// a day"), what they went through ("took three weeks"), a difference ("two days faster"), and what
// is only told.
const (
	Limit     Stance = "limit"
	Loosely   Stance = "loosely"
	Went      Stance = "went"
	Compared  Stance = "compared"
	Mentioned Stance = "mentioned"
)

// An Amount is a stated quantity with its unit: Value in seconds for times, in the currency for
// money, else in Unit. Vague where a limit has a unit or an urgency but no number ("within seconds", "asap").
type Amount struct {
	Kind   Sign // Time, Money, Options, Ease, Quantity
	Value  float64
	Unit   string
	Stance Stance
	Vague  bool
	At     int // words before it, ends of clauses included
}

const reach = 4 // words between the stance and its amount

// amounts returns the quantities stated in words.
func amounts(words []string) []Amount {
	var out []Amount
	for i := range words {
		a, ok := amountAt(words, i)
		if !ok {
			continue
		}
		a.Stance, a.At = stance(words, i), i
		if a.Vague && a.Stance != Limit {
			continue
		}
		out = append(out, a)
	}
	return out
}

// amountAt reads the quantity that starts at word i: "3 days", "a week", "24h", "€ 20", "20 euro",
// and "seconds" alone.
func amountAt(words []string, i int) (Amount, bool) {
	next := ""
	if i+1 < len(words) {
		next = words[i+1]
	}
	if isCurrency(words[i]) {
		v, ok := digits(next)
		return Amount{Kind: Money, Value: v, Unit: currency(words[i])}, ok
	}
	if a, ok := glued(words[i]); ok {
		return a, true
	}
	v, ok := value(words[i])
	if !ok {
		bare := plural(words[i]) && (i == 0 || !isNumber(words[i-1]))
		return Amount{Kind: Time, Unit: words[i], Vague: true}, bare
	}
	if between(next) && i+2 < len(words) {
		next = words[i+2]
	}
	kind, name, each := unit(next)
	if kind == "" {
		return Amount{}, false
	}
	return Amount{Kind: kind, Value: v * each, Unit: name}, true
}

// between reports whether a word stands between a number and its unit: "three more options".
func between(w string) bool {
	switch w {
	case "business", "working", "full", "interi", "of", "more", "extra", "altre", "altri":
		return true
	}
	return false
}

func isNumber(w string) bool { _, ok := value(w); return ok }

func plural(w string) bool {
	switch w {
	case "seconds", "minutes", "hours", "days", "secondi", "minuti", "ore", "giorni":
		return true
	}
	return false
}

// glued reads "24h", "30min", "20eur".
func glued(w string) (Amount, bool) {
	if !digitAt(w, 0) {
		return Amount{}, false
	}
	k := strings.IndexFunc(w, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != ',' })
	if k <= 0 {
		return Amount{}, false
	}
	v, ok := digits(w[:k])
	kind, name, each := unit(w[k:])
	return Amount{Kind: kind, Value: v * each, Unit: name}, ok && kind != "" && kind != Quantity
}

func digits(w string) (float64, bool) {
	if !digitAt(w, 0) {
		return 0, false
	}
	v, err := strconv.ParseFloat(plain(w), 64)
	return v, err == nil
}

// plain writes 1.500 and 1,500 as 1500, and 2,5 as 2.5.
func plain(w string) string {
	k := strings.LastIndexAny(w, ".,")
	if k < 0 {
		return w
	}
	whole := strings.ReplaceAll(strings.ReplaceAll(w[:k], ".", ""), ",", "")
	if len(w)-k-1 == 3 {
		return whole + w[k+1:]
	}
	return whole + "." + w[k+1:]
}

func value(w string) (float64, bool) {
	if v, ok := digits(w); ok {
		return v, true
	}
	switch w {
	case "a", "an", "one", "un", "uno", "una":
		return 1, true
	case "half", "mezza", "mezzo", "mezz":
		return 0.5, true
	case "two", "couple", "due", "paio":
		return 2, true
	case "three", "tre":
		return 3, true
	case "four", "quattro":
		return 4, true
	case "five", "cinque":
		return 5, true
	case "six", "sei":
		return 6, true
	case "seven", "sette":
		return 7, true
	case "eight", "otto":
		return 8, true
	case "nine", "nove":
		return 9, true
	case "ten", "dieci":
		return 10, true
	case "eleven", "undici":
		return 11, true
	case "twelve", "dodici":
		return 12, true
	case "fifteen", "quindici":
		return 15, true
	case "twenty", "venti":
		return 20, true
	case "thirty", "trenta":
		return 30, true
	}
	return 0, false
}

// unit returns what a unit measures, its name, and how much one is.
func unit(w string) (kind Sign, name string, each float64) {
	seconds := func(name string, d time.Duration) (Sign, string, float64) { return Time, name, d.Seconds() }
	switch w {
	case "second", "seconds", "sec", "secs", "secondo", "secondi":
		return seconds("second", time.Second)
	case "minute", "minutes", "min", "mins", "minuto", "minuti":
		return seconds("minute", time.Minute)
	case "hour", "hours", "hr", "hrs", "h", "ora", "ore":
		return seconds("hour", time.Hour)
	case "day", "days", "giorno", "giorni", "giornata":
		return seconds("day", 24*time.Hour)
	case "week", "weeks", "settimana", "settimane":
		return seconds("week", 7*24*time.Hour)
	case "month", "months", "mese", "mesi":
		return seconds("month", 30*24*time.Hour)
	case "euro", "euros", "eur", "dollar", "dollars", "usd", "bucks", "pound", "pounds", "€", "$", "£":
		return Money, currency(w), 1
	case "option", "options", "choices", "alternatives", "opzioni", "opzione", "alternative", "scelte", "colours", "colors", "colori", "varieties", "varieta", "sizes", "taglie", "flavours", "flavors", "gusti", "brands", "marche":
		return Options, "option", 1
	case "step", "steps", "click", "clicks", "passaggi", "passaggio", "passi", "clic":
		return Ease, "step", 1
	case "kg", "kilos", "chili", "litres", "liters", "litri", "grams", "grammi", "metres", "metri", "pieces", "pezzi":
		return Quantity, w, 1
	}
	return "", "", 0
}

func isCurrency(w string) bool { return w == "€" || w == "$" || w == "£" }

func currency(w string) string {
	switch w {
	case "$", "dollar", "dollars", "usd", "bucks":
		return "USD"
	case "£", "pound", "pounds":
		return "GBP"
	}
	return "EUR"
}

// stance reads the words around the amount at i, within its clause.
func stance(words []string, i int) Stance {
	differs := difference(words, i)
	for k := i - 1; k >= max(0, i-reach) && words[k] != "."; k-- {
		two := ""
		if k > 0 {
			two = words[k-1] + " " + words[k]
		}
		switch {
		case limits(words[k], two):
			return Limit
		case (wentThrough(words[k]) || arrives(words[k]) && after(words[i-1])) && !differs:
			return Went
		}
	}
	switch {
	case differs:
		return Compared
	case i > 0 && words[i-1] == "in":
		return Loosely
	}
	return Mentioned
}

// difference reports whether the words around the amount at i make it a step from one to another:
// "two days faster", "20 euro in meno", "three more options", "went up by 15 euros".
func difference(words []string, i int) bool {
	at := func(k int) string {
		if k < 0 || k >= len(words) {
			return ""
		}
		return words[k]
	}
	if at(i-1) == "by" || at(i-1) == "di" && strings.HasPrefix(at(i-2), "aument") {
		return true
	}
	switch at(i + 1) {
	case "more", "extra", "altre", "altri":
		return true
	}
	switch last := at(i + 2); {
	case last == "longer", last == "more", last == "extra", last == "in" && at(i+3) == "piu":
		return true
	case last == "prima":
		return at(i+3) == "" || at(i+3) == "."
	}
	for k := i + 2; k < min(len(words), i+2+reach) && words[k] != "."; k++ {
		if compares(words[k]) {
			return true
		}
	}
	return false
}

// compares reports whether a word says that an amount before it is a difference.
func compares(w string) bool {
	switch w {
	case "faster", "slower", "sooner", "earlier", "early", "less", "fewer", "cheaper", "dearer", "off", "saved",
		"meno", "risparmiati", "sconto":
		return true
	}
	return false
}

func limits(w, two string) bool {
	switch w {
	case "within", "entro", "under", "below", "max", "maximum", "massimo":
		return true
	}
	switch two {
	case "less than", "no more", "at most", "up to", "meno di", "al massimo", "non oltre", "not over", "same day":
		return true
	}
	return false
}

// arrives reports whether a word says that a thing came, where how long after is told behind it.
func arrives(w string) bool {
	switch w {
	case "arrived", "came", "arrivato", "arrivata", "arrivati", "arrivate", "giunto", "giunta":
		return true
	}
	return false
}

func after(w string) bool { return w == "after" || w == "in" || w == "dopo" }

func wentThrough(w string) bool {
	switch w {
	case "took", "takes", "taken", "waited", "waiting", "paid", "cost", "costs", "spent",
		"messo", "aspettato", "aspetto", "aspettiamo", "attesa", "pagato", "pagata", "pagati", "pagate", "costa", "costato", "costata", "costati", "speso", "spesi", "impiegato", "impiegata":
		return true
	}
	return false
}
