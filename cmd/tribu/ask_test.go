package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"tribu/data"
	"tribu/data/sqlite"
)

func TestAQuestionEndsAtOnceWhereItIsInterrupted(t *testing.T) {
	silent, held := io.Pipe()
	defer held.Close()
	ctx, interrupt := context.WithCancel(t.Context())
	interrupt()
	a := &app{in: silent, err: &bytes.Buffer{}}
	_, err := a.agrees(ctx, "Delete them?", "no")
	var p *problem
	if !errors.As(err, &p) || p.code != exitInterrupted || p.kept != "everything, as it was" {
		t.Errorf("an interrupted question: got %+v, want exit %d and everything kept", err, exitInterrupted)
	}
}

func TestAnInterruptAfterTheRunSaysThatItIsKept(t *testing.T) {
	dir := project(t)
	posts := write(t, "one.jsonl", []byte(`{"id":"1","author":"ada","created_at":"2026-05-06T10:00:00Z","text":"The pump leaks."}`))
	run(t, exitDone, "-C", dir, "import", posts)
	run(t, exitDone, "-C", dir, "analyse")
	var said bytes.Buffer
	a := &app{out: io.Discard, err: &said, now: time.Now, env: func(string) string { return "" }, dir: dir}
	var made data.RunRecord
	err := a.write(t.Context(), func(db *sqlite.DB) error {
		at, err := a.asOf(t.Context(), db, "")
		if err != nil {
			return err
		}
		p, err := a.runParams(t.Context(), db, at)
		if err != nil {
			return err
		}
		made, _, err = a.cluster(t.Context(), db, p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, interrupt := context.WithCancel(t.Context())
	interrupt()
	said.Reset()
	if code := a.explain(ctx, ctx.Err()); code != exitInterrupted || !strings.Contains(said.String(), "kept  run "+made.ID) {
		t.Errorf("interrupted after run %s: got exit %d and %q, want it kept", made.ID, code, said.String())
	}
}

func TestAnswers(t *testing.T) {
	for _, c := range []struct {
		typed, fallback string
		want            bool
	}{{"y\n", "no", true}, {"Yes\n", "no", true}, {"\n", "no", false}, {"\n", "yes", true}, {"", "no", false}, {"n\n", "yes", false}} {
		a := &app{in: strings.NewReader(c.typed), err: &bytes.Buffer{}}
		if got, err := a.agrees(t.Context(), "Delete them?", c.fallback); got != c.want || err != nil {
			t.Errorf("%q to a question with [%s]: got %v, %v, want %v", c.typed, c.fallback, got, err, c.want)
		}
	}
}
