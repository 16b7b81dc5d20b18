package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
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
