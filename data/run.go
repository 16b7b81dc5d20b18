package data

import "time"

// A Run is one clustering: everything needed to compute it again. Equal Inputs, Params, Code,
// Parent and Replaced give an equal ID and equal results everywhere.
type Run struct {
	ID         string // ISO week, "-", 6 hexadecimal digits: 2026-W47-3fa9c1
	Name       string // label of a side run; empty on the main line
	Main       bool   // may be a parent and the report's default
	Week       string // ISO week the run tells about: 2026-W47
	AsOf       time.Time
	Window     Window
	Params     string // canonical JSON of every parameter, defaults included
	Inputs     string // digest of the posts, annotations and interactions in the window
	Code       string // version of the clustering
	Annotation string // version of the annotations read
	Parent     string // id of the run before, of an earlier week; empty on the first
	Replaced   string `json:",omitempty"` // id of the newest run of the same week before, whose newborn tribes keep their ids; empty where there is none
	TooFew     bool   // too little data: there are no tribes
	People     int    // authors with a post in the window
	Posts      int
	Threads    int
	Pairs      int // pairs of authors who turned to each other in the window
	Places     int
	Algorithm  string
	Resolution float64 // as chosen, where the parameters leave it open
	NeedWeight float64 // share of shared need against interaction, as chosen
	Agreement  float64 // of two halves of the conversations on the groups, where that chose; 0 otherwise
	Modularity float64
	Stability  float64        // mean over tribes; 0 where not measured
	Profile    []ProfilePoint // granularity profile; may be empty
	Worn       map[string]int // letters that tribes of runs before had and none has now, and how many runs ago: no other gets one so soon
	Notes      map[string]int // counts worth telling: reposts dropped, authors without text, …
}

// A ProfilePoint is what one resolution gives.
type ProfilePoint struct {
	Resolution float64
	Tribes     int
	Coverage   float64
	Stability  float64
}

// A RunRecord is a run with all it found.
type RunRecord struct {
	Run
	Tribes  []Tribe   // by size
	Members []Member  // every author in the window, by Author then Rank
	Lineage []Lineage // what became of the parent's tribes
}

// A SourceState is how a source stands, as the crawler and the importer left it.
type SourceState struct {
	Name      string
	Kind      string // discourse, …; "import" for files
	Posts     int
	Newest    time.Time // newest post
	Denied    int       // pages refused by robots or metas, posts of people who opted out
	Pending   int       // tasks still to do
	Dead      int       // tasks given up
	ParkedTo  time.Time // no request before
	LastError string    // in plain words; empty where the last crawl went well
}

// A Failure is one post, page or row that could not be worked on; it never stops a run.
type Failure struct {
	Stage   string // crawl, import, analyse, …
	Version string
	Subject string // post id, URL or file:line
	Reason  string
}

// A Reject is a row of a file that could not be read.
type Reject struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Reason string `json:"reason"`
	Text   string `json:"text,omitempty"` // the start of the row
}
