package sqlite

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"testing"

	"tribu/data"
)

// most lends the language in which an author, or else a thread, wrote more than one post.
func most(author, thread map[data.Lang]int) data.Lang {
	for _, votes := range []map[data.Lang]int{author, thread} {
		for _, l := range slices.Sorted(maps.Keys(votes)) {
			if votes[l] > 1 {
				return l
			}
		}
	}
	return data.LangUnd
}

func TestUnsettled(t *testing.T) {
	db := create(t)
	var b data.Batch
	for i, by := range []string{"ann", "ann", "ann", "bob", "cid", "dan"} {
		p := post(string(rune('1'+i)), by, i)
		p.Title = ""
		if by == "dan" {
			p.Thread = data.NewThreadID("forum", "alone")
		}
		b.Posts = append(b.Posts, p)
	}
	save(t, db, b)
	heard := func(i int, lang, lent data.Lang) {
		t.Helper()
		a := data.Annotation{Post: b.Posts[i].ID, Version: "v1", Lang: lang, Lent: lent}
		if err := db.SaveAnnotations(t.Context(), []data.Annotation{a}, nil); err != nil {
			t.Fatal(err)
		}
	}
	// again hears what is unsettled, and tells the number of each post and what it is lent.
	again := func(stop bool) (lent map[int]data.Lang, asked int) {
		t.Helper()
		lent = map[int]data.Lang{}
		ask := func(author, thread map[data.Lang]int) data.Lang {
			asked++
			return most(author, thread)
		}
		for page, err := range db.Unsettled(t.Context(), "v1", ask) {
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range page {
				i := slices.IndexFunc(b.Posts, func(q data.Post) bool { return q.ID == p.ID })
				lent[i] = p.Prior
				if p.Body != b.Posts[i].Body {
					t.Errorf("post %d has body %q, want %q", i, p.Body, b.Posts[i].Body)
				}
			}
			if stop {
				return lent, asked
			}
			for i, l := range lent {
				heard(i, l, l)
			}
		}
		return lent, asked
	}
	expect := func(when string, stop bool, want map[int]data.Lang, asks bool) {
		t.Helper()
		if got, asked := again(stop); !maps.Equal(got, want) || (asked > 0) != asks {
			t.Errorf("%s: unsettled %v, asked %d times; want %v, asked: %t", when, got, asked, want, asks)
		}
	}
	heard(0, "it", "")
	heard(1, "it", "")
	expect("nobody is in doubt", false, nil, false)
	heard(2, "und", "und") // ann's
	heard(3, "und", "und") // bob's, in her thread
	heard(5, "und", "und") // dan's, alone
	expect("stopped before it is saved", true, map[int]data.Lang{2: "it", 3: "it"}, true)
	expect("two are lent Italian", false, map[int]data.Lang{2: "it", 3: "it"}, true)
	expect("nothing has changed", false, nil, false)
	heard(4, "en", "")
	expect("one voice of English is too few", false, nil, true)
	expect("nothing has changed since", false, nil, false)
	heard(0, "en", "")
	heard(1, "en", "")
	expect("they were heard as English", false, map[int]data.Lang{2: "en", 3: "en"}, true)
	expect("all is settled", false, nil, false)
	b.Posts[5].Thread = b.Posts[0].Thread
	save(t, db, data.Batch{Posts: b.Posts[5:]})
	expect("a post is moved to their thread", false, map[int]data.Lang{5: "en"}, true)
	expect("the move is settled", false, nil, false)
}

// A faltering querier fails once, when it has been asked so many times.
type faltering struct {
	querier
	left *int
}

func (q faltering) context(ctx context.Context) context.Context {
	*q.left--
	if *q.left != 0 {
		return ctx
	}
	ctx, stop := context.WithCancel(ctx)
	stop()
	return ctx
}

func (q faltering) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	return q.querier.QueryContext(q.context(ctx), text, args...)
}

func (q faltering) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	return q.querier.QueryRowContext(q.context(ctx), text, args...)
}

// Whatever fails, nothing is lent anew by what could not be counted.
func TestUnsettledTellsErrors(t *testing.T) {
	db := create(t)
	var b data.Batch
	var heard []data.Annotation
	for i, lang := range []data.Lang{"it", "it", data.LangUnd} {
		p := post(string(rune('1'+i)), string(rune('a'+i)), i)
		b.Posts = append(b.Posts, p)
		heard = append(heard, data.Annotation{Post: p.ID, Version: "v1", Lang: lang})
	}
	heard[2].Lent = "it" // by its thread
	save(t, db, b)
	if err := db.SaveAnnotations(t.Context(), heard, nil); err != nil {
		t.Fatal(err)
	}
	for asked, left := 0, 0; left <= 0; asked++ {
		left = asked + 1
		due, _, err := db.unsettled(t.Context(), faltering{db.pool, &left}, "v1", most)
		if failed := left <= 0; failed != (err != nil) || len(due) > 0 {
			t.Fatalf("query %d fails %v: %d posts and error %v", asked+1, failed, len(due), err)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	for page, err := range db.Unsettled(ctx, "v1", most) {
		if err == nil {
			t.Fatalf("a context that is done: %d posts and no error", len(page))
		}
	}
}
