package nlp

import (
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tribu/nlp/lexicon"
)

// A frame is what a phrase does around the words of a letter. Its names are those of mail.txt, where they
// are explained.
type frame uint8

const (
	closing frame = iota
	postscript
	answers
	counts
	header
	forwards
	begins
	wrote
	cites
	message
	scrubbed
	numberOfFrames
)

var frameNames = [numberOfFrames]string{"closing", "postscript", "answer", "counts", "header", "forwards", "begins", "wrote", "cites", "message", "scrubbed"}

// frames are the phrases that frame letters, by what they do.
type frames struct {
	words [numberOfFrames]map[string]bool
	lines [numberOfFrames][]string // as a line has them: small, or with a capital where it begins with them
}

func (f *frames) addFrame(e lexicon.Entry) error {
	for _, name := range e.Attrs {
		at := slices.Index(frameNames[:], name)
		if at < 0 {
			return errNoFrame
		}
		if f.words[at] == nil {
			f.words[at] = map[string]bool{}
		}
		if !f.words[at][e.Phrase] {
			f.words[at][e.Phrase] = true
			f.lines[at] = append(f.lines[at], written(frame(at), e.Phrase))
		}
	}
	return nil
}

var errNoFrame = errors.New("unknown role")

// written returns phrase as lines have it.
func written(in frame, phrase string) string {
	switch in {
	case wrote, scrubbed:
		return " " + phrase
	case postscript:
		return strings.ToUpper(phrase)
	case begins, cites, message, header:
		r, n := utf8.DecodeRuneInString(phrase)
		return string(unicode.ToUpper(r)) + phrase[n:]
	}
	return phrase
}

// opens reports whether t begins with a phrase of that frame, a whole word.
func (f *frames) opens(t string, in frame) bool {
	return slices.ContainsFunc(f.lines[in], func(phrase string) bool {
		rest, ok := strings.CutPrefix(t, phrase)
		return ok && (rest == "" || !isAlnum(phrase[len(phrase)-1]) || strings.IndexByte(" :<\t", rest[0]) >= 0)
	})
}

// ends reports whether t ends with a phrase of that frame.
func (f *frames) ends(t string, in frame) bool {
	return slices.ContainsFunc(f.lines[in], func(phrase string) bool { return strings.HasSuffix(t, phrase) })
}

// plainTitle returns title without the marks of an answer: "Re:", "[Fwd]", "R: ".
func (f *frames) plainTitle(title string) string {
	for {
		t := strings.TrimLeft(title, " \t")
		k := strings.IndexAny(t[:min(len(t), 8)], ":]")
		if k < 0 {
			return t
		}
		low := strings.ToLower(strings.Trim(t[:k], "[ "))
		for _, again := range [...]string{"^2", "[2", "(2)"} {
			low = strings.TrimSuffix(low, again)
		}
		if !f.words[answers][low] {
			return t
		}
		title = t[k+1:]
	}
}

// saysAnswer reports whether a title says that its post answers somebody: "Re: the lid". One letter says too
// little: people write of R, and to it.
func (f *frames) saysAnswer(title string) bool {
	title = strings.TrimLeft(title, " \t")
	return f.plainTitle(title) != title && strings.IndexAny(title, ":]") > 1
}

// serial reports whether a title counts what it stands over, as that of a list's digest does:
// "Digest, Vol 53, Issue 14". Nobody chose its words.
func (f *frames) serial(title string) bool {
	counted := 0
	before := ""
	for w := range strings.FieldsSeq(strings.ToLower(title)) {
		if f.words[counts][strings.TrimRight(before, ".")] && w[0] >= '0' && w[0] <= '9' {
			counted++
		}
		before = w
	}
	return counted > 1
}

// attribution returns how many lines from t on introduce others' words, 0 where none do.
func (f *frames) attribution(t, next string) int {
	switch {
	case f.introduces(t) && len(t) < 200:
		return 1
	case f.introduces(next) && len(next) <= 120 && strings.ContainsAny(t, "0123456789@<") && f.opens(t, begins):
		return 2
	}
	return 0
}

// introduces reports whether t ends like "… wrote:", or begins with the name of a message.
func (f *frames) introduces(t string) bool {
	if !strings.HasSuffix(t, ":") && !strings.HasSuffix(t, ">") {
		return len(t) < 120 && f.opens(t, message)
	}
	t = strings.TrimRight(t, ":> ")
	return f.ends(t, wrote) || f.opens(t, message) || f.opens(t, cites)
}

// isHeader reports whether t is a line of a mail's head that was left in the body: what only mailers write
// anywhere, what people write too at the top.
func (f *frames) isHeader(t string, top bool) bool {
	k := strings.IndexByte(t[:min(len(t), 28)], ':')
	if k <= 0 {
		return false
	}
	if k < 8 && strings.HasSuffix(t, ": not available") {
		return true // what a list leaves of an attachment
	}
	switch t[:k] {
	case "Sender", "Organization", "Distribution", "NNTP-Posting-Host", "Nntp-Posting-Host", "Lines", "Reply-To", "Message-ID", "Message-Id",
		"Originator", "Article-I.D.", "Followup-To", "Followups-To", "News-Software", "References", "In-Reply-To", "Content-Type", "Mime-Version",
		"MIME-Version", "X-Newsreader", "X-Mailer", "Approved", "Path", "Newsgroups", "Xref", "Expires", "Return-Path", "Content-Transfer-Encoding":
		return true
	case "Archive-name", "Last-modified", "CC":
		return top
	}
	return top && slices.Contains(f.lines[header], t[:k])
}
