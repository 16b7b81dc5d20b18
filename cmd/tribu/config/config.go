// Package config reads tribu.yaml: strict, with the line and column of every mistake, each value
// overridable by a TRIBU_* variable, and every value's origin kept.
package config

import "time"

// A Config is a project's settings. Defaults gives the zero project.
type Config struct {
	Project   string   `yaml:"project" about:"the title of reports"`
	About     Spoken   `yaml:"about" about:"what the project listens for, in one line; or such a line for each language of the reports"`
	Languages []string `yaml:"languages" about:"of reports: en, it; the first is the default, and names what lists hold"`
	Timezone  string   `yaml:"timezone" about:"of days, hours and schedules, such as Europe/Rome"`

	Sources  []Source `yaml:"sources"`
	Crawl    Crawl    `yaml:"crawl"`
	Schedule Schedule `yaml:"schedule"`
	Cluster  Cluster  `yaml:"cluster"`
	Report   Report   `yaml:"report"`
	Customer Customer `yaml:"customer"`
	Brand    Brand    `yaml:"brand"`
	Makers   []string `yaml:"makers" about:"accounts that speak for companies: in no tribe, on no list for an offer"`
	Notify   Notify   `yaml:"notify"`
	Lexicon  Lexicon  `yaml:"lexicon"`
}

// A Source is one place to collect from.
type Source struct {
	Name   string   `yaml:"name" about:"what to call it"`
	Kind   string   `yaml:"kind" about:"platform; tribu source detect finds it"`
	URL    string   `yaml:"url" about:"its address"`
	Every  Span     `yaml:"every" about:"how often to look"`
	Tags   []string `yaml:"tags" about:"mastodon: hashtags to read"`
	Allow  []string `yaml:"allow" about:"HOST:PORT of a private address that may be connected to"`
	Paused bool     `yaml:"paused" about:"not crawled"`
	Robots string   `yaml:"robots" about:"by whom and when it was permitted to read past robots.txt"`

	Query     []string          `yaml:"query" about:"words to search for, where the platform has a search"`
	Accounts  []string          `yaml:"accounts" about:"bluesky: further accounts"`
	Lists     []string          `yaml:"lists" about:"bluesky: further lists"`
	Preset    string            `yaml:"preset" about:"forum: whose pages these are, such as phpbb"`
	Selectors map[string]string `yaml:"selectors" about:"forum: CSS of its parts"`
	API       string            `yaml:"api" about:"address of the interface, where it is another"`
	Token     Secret            `yaml:"token" about:"key of the interface, as env:NAME or file:PATH"`
}

// Crawl is how politely and how long.
type Crawl struct {
	Contact  string `yaml:"contact" about:"mailto: or address by which sites can reach you; nothing public is crawled without"`
	Rate     Rate   `yaml:"rate" about:"requests to one site, at most"`
	KeepText Span   `yaml:"keep_text" about:"how long the words of crawled posts are kept"`
}

// Schedule holds cron expressions.
type Schedule struct {
	Crawl  string `yaml:"crawl" about:"five cron fields, or off"`
	Report string `yaml:"report" about:"five cron fields, or off"`
}

// Cluster holds the defaults of clustering.
type Cluster struct {
	Window     Span     `yaml:"window" about:"how much time a run takes in"`
	HalfLife   Span     `yaml:"half_life" about:"the window by default"`
	NeedWeight AutoReal `yaml:"need_weight" about:"what needs count beside talk, 0 to 1"`
	Resolution AutoReal `yaml:"resolution" about:"higher makes more and smaller tribes"`
	Seed       uint64   `yaml:"seed" about:"of chance"`
	Repeats    int      `yaml:"repeats" about:"how often the calculation is repeated to see what holds"`
	MinTribe   int      `yaml:"min_tribe" about:"people"`
}

// Report says where reports go and when there are enough people for one.
type Report struct {
	Dir            string `yaml:"dir" about:"folder of reports"`
	MinPeopleTotal int    `yaml:"min_people_total" about:"below it no tribe is told"`
	MinPeopleTribe int    `yaml:"min_people_tribe" about:"below it a tribe is not told"`
}

// Customer is the folder of the customer's own CSV files.
type Customer struct {
	Dir        string `yaml:"dir" about:"folder of your own CSV files"`
	ContactCap int    `yaml:"contact_cap" about:"contacts in 30 days, by own_contacts.csv, that keep a member off a list"`
}

// Brand is what the customer is called and wants to be.
type Brand struct {
	Names       []string `yaml:"names" about:"the brand's names, as people write them"`
	Scope       []string `yaml:"scope" about:"what the project asks about, in words people use; needs without one lie outside"`
	WantedImage []string `yaml:"wanted_image" about:"words people should use of the brand"`
}

// Notify says who hears of a new report.
type Notify struct {
	Reports string  `yaml:"reports" about:"address where the reports folder is published: letters lead there"`
	Email   Email   `yaml:"email"`
	Webhook Webhook `yaml:"webhook"`
}

// Email is a mail server and its recipients; the credentials are references.
type Email struct {
	To       []string `yaml:"to" about:"recipients"`
	From     string   `yaml:"from" about:"user, else the first recipient, where empty"`
	SMTP     string   `yaml:"smtp" about:"HOST:PORT"`
	User     Secret   `yaml:"user" about:"env:NAME or file:PATH"`
	Password Secret   `yaml:"password" about:"env:NAME or file:PATH"`
}

// Webhook is an address that is told of new reports.
type Webhook struct {
	URL Secret `yaml:"url" about:"address that is told of new reports, as env:NAME or file:PATH"`
}

// Lexicon adds a project's own words to those tribu knows.
type Lexicon struct {
	Products []string            `yaml:"products" about:"always taken for what a need is about"`
	Stop     []string            `yaml:"stop" about:"words that tell nothing here"`
	Concepts map[string][]string `yaml:"concepts" about:"concept → further words for it, English or Italian"`
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
