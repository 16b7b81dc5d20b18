package nlp

import (
	"strconv"
	"strings"
	"time"

	"tribu/data"
)

// quantity reads the number at token i: digits, a number word, or an article that counts one.
func quantity(d *document, i int) (float64, bool) {
	t := &d.tokens[i]
	if t.kind == number {
		v, err := strconv.ParseFloat(strings.Replace(strings.TrimRight(t.key, "hkgm%"), ",", ".", 1), 64)
		return v, err == nil
	}
	switch t.key {
	case "a", "an", "one", "un", "uno", "una":
		return 1, true
	case "half", "mezzo", "mezza", "mezz":
		return 0.5, true
	case "two", "due", "couple", "paio":
		return 2, true
	case "three", "tre", "few":
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

// unitOf returns the kind of increment a unit measures and, for time, how long one is.
func unitOf(key string) (kind string, each time.Duration) {
	switch key {
	case "second", "seconds", "sec", "secs", "secondo", "secondi":
		return "time", time.Second
	case "minute", "minutes", "min", "mins", "minuto", "minuti":
		return "time", time.Minute
	case "hour", "hours", "hr", "hrs", "h", "ora", "ore":
		return "time", time.Hour
	case "day", "days", "giorno", "giorni", "giornata":
		return "time", 24 * time.Hour
	case "week", "weeks", "settimana", "settimane":
		return "time", 7 * 24 * time.Hour
	case "month", "months", "mese", "mesi":
		return "time", 30 * 24 * time.Hour
	case "year", "years", "anno", "anni":
		return "time", 365 * 24 * time.Hour
	case "euro", "euros", "eur", "€", "$", "dollar", "dollars", "pound", "pounds", "£", "bucks", "cents", "centesimi":
		return "money", 0
	case "option", "options", "choice", "choices", "opzioni", "scelte", "alternative", "varieties", "varieta":
		return "options", 0
	case "step", "steps", "click", "clicks", "passaggi", "passi", "clic":
		return "ease", 0
	case "%", "percent", "per":
		return "quantity", 0
	case "kg", "kilos", "chili", "litre", "litres", "liters", "litri", "litro", "grams", "grammi":
		return "quantity", 0
	}
	return "", 0
}

// expectation returns the speed that x states: "within a day", "entro 24 ore"; 0 where none.
func expectation(d *document, x *sentence) time.Duration {
	for i := x.from; i+1 < x.to; i++ {
		if !limits(d, x, i) {
			continue
		}
		for k := i + 1; k < min(x.to, i+5); k++ {
			if v, ok := quantity(d, k); ok {
				for u := k + 1; u < min(x.to, k+4); u++ {
					if kind, each := unitOf(d.tokens[u].key); kind == "time" {
						return time.Duration(v * float64(each))
					}
				}
			}
		}
	}
	return 0
}

// limits reports whether the word at token i sets a time limit.
func limits(d *document, x *sentence, i int) bool {
	switch d.tokens[i].key {
	case "within", "entro":
		return true
	case "under", "in", "meno", "than":
		if i > x.from {
			switch d.tokens[i-1].key {
			case "less", "in", "be", "reply", "answer", "delivered", "done", "ready", "fixed", "risposta", "pronto", "arriva", "consegna":
				return true
			}
		}
	}
	return false
}

// incrementOf returns the step of value that x states beside a comparison; nil where none.
func incrementOf(d *document, x *sentence) *data.Increment {
	for i := x.from; i < x.to; i++ {
		key := d.tokens[i].key
		if key == "half" && i+2 < x.to && (d.tokens[i+2].key == "price" || d.tokens[i+2].key == "cost") || key == "meta" && i+1 < x.to && d.tokens[i+1].key == "prezzo" {
			return &data.Increment{Kind: "money", Value: 0.5, Unit: "price"}
		}
		if key == "nothing" && i+1 < x.to && d.tokens[i+1].key == "broke" || (key == "nulla" || key == "niente") && i > x.from && strings.HasPrefix(d.tokens[i-1].key, "rott") {
			return &data.Increment{Kind: "integrity"}
		}
		v, ok := quantity(d, i)
		if !ok || i+1 >= x.to {
			continue
		}
		if kind, _ := unitOf(d.tokens[i+1].key); kind != "" && (kind == "ease" || kind == "options" || compares(d, x, i)) {
			return &data.Increment{Kind: kind, Value: v, Unit: d.tokens[i+1].key}
		}
	}
	return nil
}

// compares reports whether the quantity at token i is a step: something is so much better or worse,
// saved, or more than it. "Two years on the waiting list" and "two days before I leave" are none.
func compares(d *document, x *sentence, i int) bool {
	for k := max(x.from, i-3); k < i; k++ {
		switch d.tokens[k].key {
		case "than", "saved", "save", "saving", "saves", "cut", "gained", "lost", "risparmiato", "risparmiare", "risparmio", "risparmi", "guadagnato", "perso":
			return true
		}
	}
	for k := i + 2; k < min(x.to, i+5); k++ {
		switch d.tokens[k].key {
		case "faster", "sooner", "earlier", "later", "slower", "longer", "cheaper", "dearer", "less", "fewer", "more", "extra", "instead", "piu", "meno", "invece":
			return true
		case "prima", "dopo":
			return k+1 == x.to || d.tokens[k+1].key != "di" && d.tokens[k+1].key != "che"
		}
		if t := &d.tokens[k]; t.kind == mark {
			return false
		}
	}
	return false
}
