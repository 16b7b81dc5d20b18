// Package config reads tribu.yaml: strict, with the line and column of every mistake, each value
// overridable by a TRIBU_* variable, and every value's origin kept.
package config

import "time"

// A Config is a project's settings. Defaults gives the zero project.
type Config struct {
	Project   string   `yaml:"project"`
	About     string   `yaml:"about"`
	Languages []string `yaml:"languages"`
	Timezone  string   `yaml:"timezone"`

	Sources  []Source `yaml:"sources"`
	Crawl    Crawl    `yaml:"crawl"`
	Schedule Schedule `yaml:"schedule"`
	Cluster  Cluster  `yaml:"cluster"`
	Report   Report   `yaml:"report"`
	Customer Customer `yaml:"customer"`
	Brand    Brand    `yaml:"brand"`
	Makers   []string `yaml:"makers"`
	Notify   Notify   `yaml:"notify"`
	Lexicon  Lexicon  `yaml:"lexicon"`
}

// A Source is one place to collect from.
type Source struct {
	Name   string   `yaml:"name"`
	Kind   string   `yaml:"kind"`
	URL    string   `yaml:"url"`
	Every  Span     `yaml:"every"`
	Tags   []string `yaml:"tags"`
	Allow  []string `yaml:"allow"`
	Paused bool     `yaml:"paused"`
	Robots string   `yaml:"robots"` // by whom and when it was permitted to read past robots.txt

	Query     []string          `yaml:"query"`
	Accounts  []string          `yaml:"accounts"`
	Lists     []string          `yaml:"lists"`
	Preset    string            `yaml:"preset"`
	Selectors map[string]string `yaml:"selectors"`
	API       string            `yaml:"api"`
	Token     Secret            `yaml:"token"`
}

// Crawl is how politely and how long.
type Crawl struct {
	Contact  string `yaml:"contact"`
	Rate     Rate   `yaml:"rate"`
	KeepText Span   `yaml:"keep_text"`
}

// Schedule holds cron expressions.
type Schedule struct {
	Crawl  string `yaml:"crawl"`
	Report string `yaml:"report"`
}

// Cluster holds the defaults of clustering.
type Cluster struct {
	Window     Span     `yaml:"window"`
	HalfLife   Span     `yaml:"half_life"` // the window by default
	NeedWeight AutoReal `yaml:"need_weight"`
	Resolution AutoReal `yaml:"resolution"`
	Seed       uint64   `yaml:"seed"`
	Repeats    int      `yaml:"repeats"`
	MinTribe   int      `yaml:"min_tribe"`
}

// Report says where reports go and when there are enough people for one.
type Report struct {
	Dir            string `yaml:"dir"`
	MinPeopleTotal int    `yaml:"min_people_total"`
	MinPeopleTribe int    `yaml:"min_people_tribe"`
}

// Customer is the folder of the customer's own CSV files.
type Customer struct {
	Dir        string `yaml:"dir"`
	ContactCap int    `yaml:"contact_cap"` // contacts in 30 days that keep a member off a list
}

// Brand is what the customer is called and wants to be.
type Brand struct {
	Names       []string `yaml:"names"`
	Scope       []string `yaml:"scope"`
	WantedImage []string `yaml:"wanted_image"`
}

// Notify says who hears of a new report.
type Notify struct {
	Reports string  `yaml:"reports"` // address where the reports folder is published: letters lead there
	Email   Email   `yaml:"email"`
	Webhook Webhook `yaml:"webhook"`
}

// Email is a mail server and its recipients; the credentials are references.
type Email struct {
	To       []string `yaml:"to"`
	From     string   `yaml:"from"` // user, else the first recipient, where empty
	SMTP     string   `yaml:"smtp"`
	User     Secret   `yaml:"user"`
	Password Secret   `yaml:"password"`
}

// Webhook is an address that is told of new reports.
type Webhook struct {
	URL Secret `yaml:"url"`
}

// Lexicon adds a project's own words to those tribu knows.
type Lexicon struct {
	Products []string            `yaml:"products"` // always taken for what a need is about
	Stop     []string            `yaml:"stop"`     // words that tell nothing here
	Concepts map[string][]string `yaml:"concepts"` // concept → further words for it, English or Italian
}

// Defaults returns the settings of a project that says nothing.
func Defaults() Config {
	return Config{
		Project: "My project", Languages: []string{"en", "it"}, Timezone: "Europe/Rome",
		Crawl:    Crawl{Rate: Rate{Every: usualRate}, KeepText: Span(400 * day)},
		Schedule: Schedule{Crawl: "0 */6 * * *", Report: "0 6 * * MON"},
		Cluster: Cluster{
			Window: Span(4 * week), NeedWeight: AutoReal{Auto: true}, Resolution: AutoReal{Auto: true}, Seed: 1, Repeats: 20, MinTribe: 5,
		},
		Report:   Report{Dir: "reports", MinPeopleTotal: 50, MinPeopleTribe: 5},
		Customer: Customer{Dir: "customer", ContactCap: 1},
	}
}

// Location returns the project's time zone.
func (c Config) Location() (*time.Location, error) { return time.LoadLocation(c.Timezone) }
