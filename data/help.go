package data

import "strings"

// A Remark is what a post says where people ask and help each other: whether it asks, and whether
// it only thanks. Set Author, Answers and Advert, then Hear its needs.
type Remark struct {
	Author  AuthorID
	Answers bool // it answers a post of somebody else
	Advert  bool // a company's, and nobody had asked for it
	asks    bool
	wonders bool // asks something back
	thanks  bool
	tells   bool
}

// Hear takes in one need of the post, with the sentence that voices it.
func (r *Remark) Hear(need NeedType, quote string) {
	switch {
	case Asks(need, r.Answers):
		r.asks = true
	case need.Wanting() && question(quote):
		r.wonders = true
	case !need.Wanting() && need != Tip && thanks(quote):
		r.thanks = true
	default:
		r.tells = true
	}
}

// Asks reports whether the post is a request.
func (r Remark) Asks() bool { return r.asks }

// Asks reports whether a need of that type makes a request of the post that voices it: while
// somebody answers another, only what they outright look for does; a problem told there, or how a
// thing is done, is part of the answer as often as not.
func Asks(need NeedType, answers bool) bool {
	return need == Recommendation || need == Wish || need.Wanting() && !answers
}

// Helps reports whether reply helps who wrote request: whatever answers somebody else's request,
// unless it asks or wonders itself, only thanks, or is an advert.
func Helps(reply, request Remark) bool {
	return request.asks && reply.Author != request.Author && !reply.asks && !reply.wonders && !reply.Advert && (reply.tells || !reply.thanks)
}

func question(quote string) bool {
	return strings.HasSuffix(strings.TrimRight(quote, " \"')»”"), "?")
}

// thanks reports whether a sentence thanks somebody.
func thanks(quote string) bool {
	for word := range strings.FieldsFuncSeq(strings.ToLower(quote), func(r rune) bool { return r < 'a' || r > 'z' }) {
		switch word {
		case "thank", "thanks", "thx", "grazie", "ringrazio":
			return true
		}
	}
	return false
}
