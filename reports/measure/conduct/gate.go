package conduct

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/customer"
)

// A Gate is what a person should look at.
type Gate struct {
	Review []data.NeedRow // heard less surely than Surest, or in a language that could not be told
	Unread []Unheard      // posts of a language in which nothing is heard
}

// Surest is the confidence below which a person should look: 0.6.
const Surest = 0.6

// Sort parts what was heard surely enough from what a person should look at.
func Sort(needs []data.NeedRow) (sure, review []data.NeedRow) {
	sure = make([]data.NeedRow, 0, len(needs))
	for _, n := range needs {
		if n.Confidence < Surest || n.Need.Lang == data.LangUnd || n.Need.Lang == "" {
			review = append(review, n)
		} else {
			sure = append(sure, n)
		}
	}
	return sure, review
}

// An Unheard is a post in a language without ears, with its first words.
type Unheard struct {
	Post  data.PostMeta
	Words string
}

// Unread returns the posts of the window whose language could not be told, or is one in which no need
// was ever heard.
func Unread(r *measure.Reading) []Unheard {
	heard := make(map[data.Lang]bool)
	for i := range r.Needs {
		heard[r.Needs[i].Need.Lang], heard[r.Needs[i].PostMeta.Lang] = true, true
	}
	var out []Unheard
	for _, p := range r.Posts {
		if r.Window.Contains(p.CreatedAt) && p.Lang != "" && !heard[p.Lang] && !r.Makers[p.Author] {
			words := strings.Fields(r.Said(p.ID))
			out = append(out, Unheard{p, strings.Join(words[:min(len(words), firstWords)], " ")})
		}
	}
	return out
}

// firstWords is how many words show what an unread post is.
const firstWords = 40

// WriteReview writes what a person should look at as review.csv, an empty column for the answer.
func WriteReview(w io.Writer, g Gate) error {
	rows := [][]string{{"post_id", "at", "type", "object", "lang", "confidence", "quote", "url", "right"}}
	for _, u := range g.Unread {
		rows = append(rows, []string{u.Post.ID.String(), u.Post.CreatedAt.UTC().Format(time.RFC3339), "", "", string(u.Post.Lang), "", customer.Cell(u.Words), customer.Cell(u.Post.URL), ""})
	}
	for _, n := range g.Review {
		row := []string{n.ID.String(), n.CreatedAt.UTC().Format(time.RFC3339), string(n.Type), n.Object, string(n.Need.Lang),
			strconv.FormatFloat(n.Confidence, 'f', 2, 64), n.Quote, n.URL, ""}
		for i, cell := range row {
			row[i] = customer.Cell(cell)
		}
		rows = append(rows, row)
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("write review: %w", err)
	}
	return nil
}
