package data

// A DecisionKind says what a person decided about a tribe.
type DecisionKind string

// The kinds of decision.
const (
	Rename    DecisionKind = "rename" // Tribe is called Text
	LockIn    DecisionKind = "lock"   // Authors stay members of Tribe
	MergeInto DecisionKind = "merge"  // Tribe is part of Into
	SplitOff  DecisionKind = "split"  // Authors leave Tribe for Into, which is made of them; Text is its name
	NoteOn    DecisionKind = "note"   // Text is worth knowing about Tribe
	Undo      DecisionKind = "undo"   // the decision Undoes is no longer in force
)

// A TribeDecision is what a person decided about a tribe. Runs are never changed by it: it is laid
// over them when they are shown, told or exported. Decisions are only ever added; the one that ends
// another is an Undo, which can be undone in turn.
type TribeDecision struct {
	Num     int // 1, 2, 3, … in the order they were made; 0 before it is kept
	Kind    DecisionKind
	Run     string // the run that was looked at
	Tribe   TribeID
	Into    TribeID
	Authors []AuthorID // in id order
	Text    string
	Undoes  int
}
