package data

import "time"

// An InteractionKind says how one author turned to another.
type InteractionKind string

// The kinds of interaction, strongest first. Topic is an answer to a thread whose exact target is
// unknown: it points at the thread's first post and is weak evidence.
const (
	Reply   InteractionKind = "reply"
	Quote   InteractionKind = "quote"
	Mention InteractionKind = "mention"
	Name    InteractionKind = "name"
	Boost   InteractionKind = "boost"
	Topic   InteractionKind = "topic"
)

// An Interaction is one author turning to another in a post. Written, exactly one of To, ToPost
// and ToHandle names the target; read back from the store, To is known and never equals From.
type Interaction struct {
	Post     PostID // the post that shows it
	Kind     InteractionKind
	From     AuthorID
	To       AuthorID
	ToPost   PostID // the target's post, stored or not yet
	ToHandle string // the target's handle or name in the same source, without @
	At       time.Time
}
