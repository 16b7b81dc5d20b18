package data

// A Story is everything a weekly report tells from, read in one go. Slices are in the order of
// their ids unless stated otherwise.
type Story struct {
	RunRecord
	History      []RunRecord         // earlier main-line runs along the parents, oldest first, at most 7
	Activity     []PostMeta          // posts in the window and in the 8 weeks before its end, by CreatedAt then ID
	Needs        []NeedRow           // voiced in the window, in posts of Activity, by post and Ord
	Interactions []Interaction       // in the window, To known, by At then Post
	Authors      map[AuthorID]Author // everyone who wrote in the window
	Threads      map[ThreadID]Thread // every thread of Activity, and those in which tribes met
	Sources      []SourceState       // by Name
	Rejected     int                 // rows that imports refused
	Failed       int                 // posts that analysis gave up
	Decisions    []TribeDecision     // of people about tribes, in force, laid over the runs here; oldest first
}
