package data

import "iter"

// A Remark is a post where people ask and help each other.
type Remark struct {
	Author  AuthorID
	Answers bool // it answers a post of somebody else
	Advert  bool // a company's, and nobody had asked for it
	Acts    Acts
}

// Asks reports whether the post is a request that waits for an answer: its author asks others for
// something in their own person; where it opens a conversation, a question or trouble of their own will do.
func (r Remark) Asks() bool {
	return r.Acts.Has(Pleading) || r.Acts.Has(Asking) && !r.Answers
}

// Helps reports whether reply helps who wrote request: it answers somebody else's request, offers
// information or action, is no request itself and no advert.
func Helps(reply, request Remark) bool {
	return request.Asks() && reply.Author != request.Author && reply.Acts.Has(Offering) && !reply.Asks() && !reply.Advert
}

// Joins reports whether a reply that does acts, and asks in the problem wants, joins in a request that asks in the
// problem asked: it asks for the same and offers nothing. Who needs it too has not replied. Without a problem nobody joins.
func Joins[P comparable](acts Acts, wants, asked P) bool {
	var none P
	return wants != none && wants == asked && !acts.Has(Offering)
}

// crowded is how many answers a conversation has of which nobody can say what they answer.
const crowded = 50

// Guestbooks returns the conversations with very many answers of which none names the post it answers:
// people write there one after the other, and nobody can tell who asks or answers whom. links are theirs.
func Guestbooks(posts iter.Seq[*PostMeta], links []Interaction) map[ThreadID]bool {
	answers := make(map[ThreadID]int)
	for p := range posts {
		if !p.Parent.IsZero() {
			answers[p.Thread]++
		}
	}
	found := make(map[ThreadID]bool)
	for id, n := range answers {
		if n > crowded && !id.IsZero() {
			found[id] = true
		}
	}
	if len(found) == 0 {
		return nil
	}
	in := make(map[PostID]ThreadID)
	for p := range posts {
		if found[p.Thread] {
			in[p.ID] = p.Thread
		}
	}
	for i := range links {
		if links[i].Kind == Reply || links[i].Kind == Quote {
			delete(found, in[links[i].Post])
		}
	}
	return found
}
