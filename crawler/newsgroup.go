package crawler

// A newsgroup is read by article number: GROUP tells how far it goes, OVER or XOVER which articles
// there are, ARTICLE gives them. The cursor is the last number that was read. With Since, overviews
// are read downwards first until everything in one is older.
//
// News knows no edits: an article that supersedes another is a new one, and the other is cancelled.
// What is cancelled disappears from the overview and can no longer be had. Every run reads the
// overview of the articles of the last week; one that is missing is deleted once it is found gone
// twice. What is below the first number of a group has expired, which is no deletion.

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"tribu/data"
)

const (
	newsStep    = 2 * newsArticles
	newsWidest  = 10_000 // numbers per overview
	newsSample  = 20
	newsAtFirst = 1000 // numbers of the first overview on the way down
	newsAgain   = 5000 // numbers of young articles per overview
)

type newsgroup struct {
	origin
	states remembered[mailState]
}

// A newsArticle is one that may still be cancelled.
type newsArticle struct {
	Number int64
	ID     string
	At     int64 // Unix time
}

// MarshalJSON writes [number, id, time].
func (a newsArticle) MarshalJSON() ([]byte, error) {
	return json.Marshal([3]any{a.Number, a.ID, a.At})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (a *newsArticle) UnmarshalJSON(b []byte) error {
	return json.Unmarshal(b, &[3]any{&a.Number, &a.ID, &a.At})
}

// valid checks the address.
func (g *newsgroup) valid() error {
	_, err := newsQuestionOf(g.at)
	return err
}

// Seeds asks how far the group goes.
func (g *newsgroup) Seeds(_ string, now time.Time) []data.Task {
	return []data.Task{g.ask("group", "group", g.at, 0, now)}
}

// numbers asks for articles, or for their overview.
func (g *newsgroup) numbers(kind, more string, from, to int64, depth int, due time.Time) data.Task {
	span := fmt.Sprintf("%d-%d", from, to)
	address := g.at + "/" + span
	if kind == "over" || kind == "down" {
		address += "?over"
	}
	return g.ask(kind, kind+":"+span+more, address, depth, due)
}

// Probe asks how far the group goes, and for its last articles.
func (g *newsgroup) Probe(ctx context.Context, fetch Fetch) (caps Caps, err error) {
	r, err := fetch(ctx, g.at)
	if err != nil {
		return caps, err
	}
	if r.Status != http.StatusOK {
		return caps, fmt.Errorf("the news server says %.200q", r.Body)
	}
	_, last, err := groupBounds(readTalk(r.Body))
	if err != nil || last < 1 {
		return caps, err
	}
	err = caps.probe(ctx, fetch, g.numbers("articles", "", max(1, last-newsSample+1), last, 1, time.Time{}), func(Response) bool { return true })
	return caps, err
}

// A newsAnswer is one command of a conversation and what it was answered.
type newsAnswer struct {
	verb   string
	number int64 // of ARTICLE
	code   int
	line   string
	text   []byte
}

// readTalk reads a conversation that newsTalk wrote.
func readTalk(body []byte) []newsAnswer {
	var out []newsAnswer
	for r := textproto.NewReader(bufio.NewReader(bytes.NewReader(body))); ; {
		command, err := r.ReadLine()
		if err != nil {
			return out
		}
		line, err := r.ReadLine()
		if err != nil {
			return out
		}
		a := newsAnswer{line: line}
		verb, rest, _ := strings.Cut(command, " ")
		a.verb = verb
		if verb == "ARTICLE" {
			a.number, _ = strconv.ParseInt(rest, 10, 64)
		}
		a.code, _ = strconv.Atoi(line[:min(3, len(line))])
		if a.code == 220 || a.code == 224 {
			if a.text, err = r.ReadDotBytes(); err != nil {
				return out
			}
		}
		out = append(out, a)
	}
}

// groupBounds returns the first and the last number of the group that a conversation is about.
func groupBounds(talk []newsAnswer) (first, last int64, err error) {
	if len(talk) == 0 || talk[0].verb != "GROUP" || talk[0].code != 211 {
		return 0, 0, errNewsTalk
	}
	var code, count int64
	if _, err := fmt.Sscanf(talk[0].line, "%d %d %d %d", &code, &count, &first, &last); err != nil || first < 0 || last > newsGreatest {
		return 0, 0, fmt.Errorf("%w: %.80q", errNewsTalk, talk[0].line)
	}
	return max(first, 1), last, nil
}
