package tribes

import (
	"encoding/json"
	"fmt"
	"time"

	"tribu/data"
)

// Version names this way of forming tribes; it changes whenever equal input may give another result.
const Version = "tribes/50"

// An Algorithm is a way of grouping authors.
type Algorithm string

// Leiden groups the fused graph; KMeans, the baseline, groups the authors' vectors alone.
const (
	Leiden Algorithm = "leiden"
	KMeans Algorithm = "kmeans"
)

// NoDecay as a half-life weighs all posts of the window alike.
const NoDecay time.Duration = -1

// Params says how tribes are formed. The zero value of each field but AsOf takes its default.
type Params struct {
	Algorithm      Algorithm     `json:"algorithm"`       // leiden
	Resolution     float64       `json:"resolution"`      // γ of modularity: 1.0
	AutoResolution bool          `json:"auto_resolution"` // choose γ, once per line of runs: see choose
	NeedWeight     float64       `json:"need_weight"`     // share of shared need against interaction, 0..1: 0.5
	AutoWeight     bool          `json:"auto_weight"`     // choose the need weight likewise
	TiesOnly       bool          `json:"ties_only"`       // a NeedWeight of 0, which would mean the default
	HalfLife       time.Duration `json:"half_life"`       // age at which a post counts half: the window; NoDecay for none
	Window         time.Duration `json:"window"`          // 4 weeks
	AsOf           time.Time     `json:"as_of"`           // end of the window
	Week           string        `json:"week"`            // ISO week the run tells about: WeekOf(AsOf)
	Seed           uint64        `json:"seed"`            // 1
	Repeats        int           `json:"repeats"`         // reruns on 80 % of the ties: 20
	MinTribe       int           `json:"min_tribe"`       // people of a tribe: 5
	MinPeople      int           `json:"min_people"`      // people in the window, below which there are no tribes: 50
	K              int           `json:"k"`               // groups of k-means: half the square root of the authors
	Name           string        `json:"name"`            // label of a side run
	Main           bool          `json:"main"`            // on the main line
	Annotation     string        `json:"annotation"`      // version of the annotations to read

	// Makers are the accounts that speak for companies, as their ids are written: they are no people, and
	// neither what they wrote nor who turned to them forms a tribe.
	Makers []string `json:"makers,omitempty"`
}

// withDefaults returns p with every unset field at its default.
func (p Params) withDefaults() Params {
	setDefault(&p.Algorithm, Leiden)
	setDefault(&p.Resolution, 1)
	setDefault(&p.NeedWeight, 0.5)
	setDefault(&p.Window, 28*24*time.Hour)
	setDefault(&p.HalfLife, p.Window)
	setDefault(&p.Seed, 1)
	setDefault(&p.Repeats, 20)
	setDefault(&p.MinTribe, 5)
	setDefault(&p.MinPeople, 50)
	setDefault(&p.Week, WeekOf(p.AsOf))
	if p.TiesOnly {
		p.NeedWeight = 0
	}
	p.AsOf = p.AsOf.UTC()
	return p
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// Span returns the window of time that the tribes are formed from.
func (p Params) Span() data.Window {
	p = p.withDefaults()
	return data.Window{From: p.AsOf.Add(-p.Window), To: p.AsOf}
}

// JSON returns every parameter, defaults included, as one line with its keys in a fixed order.
func (p Params) JSON() string {
	text, err := json.Marshal(p.withDefaults())
	if err != nil {
		panic(err) // no field can fail to marshal: times are within the years of the store
	}
	return string(text)
}

// makers returns the ids of Makers; what is none names nobody.
func (p Params) makers() map[data.AuthorID]bool {
	out := make(map[data.AuthorID]bool, len(p.Makers))
	for _, text := range p.Makers {
		if id, err := data.ParseAuthorID(text); err == nil {
			out[id] = true
		}
	}
	return out
}

// ParseParams reads what JSON wrote.
func ParseParams(text string) (Params, error) {
	var p Params
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return p, fmt.Errorf("parse parameters: %w", err)
	}
	return p, nil
}

// ParamsOf returns the parameters that r was formed with: what was chosen stands where auto stood.
func ParamsOf(r data.Run) (Params, error) {
	p, err := ParseParams(r.Params)
	if err != nil {
		return p, err
	}
	p = p.withDefaults()
	if p.AutoResolution || p.AutoWeight {
		p.Resolution, p.NeedWeight = r.Resolution, r.NeedWeight
	}
	return p, nil
}

// WeekOf returns the ISO week that a run as of t tells about: the one that holds the last moment
// before t. The end of a Sunday, midnight included, belongs to the week it ends.
func WeekOf(t time.Time) string { return isoWeek(t.Add(-time.Nanosecond)) }

// LastWeek returns the last ISO week that has ended by t, in t's location: what a run that follows
// the clock tells about.
func LastWeek(t time.Time) string {
	sinceMonday := (int(t.Weekday()) + 6) % 7
	monday := time.Date(t.Year(), t.Month(), t.Day()-sinceMonday, 0, 0, 0, 0, t.Location())
	return isoWeek(monday.Add(-time.Nanosecond))
}

func isoWeek(t time.Time) string {
	year, week := t.ISOWeek()
	return fmt.Sprintf("%04d-W%02d", year, week)
}
