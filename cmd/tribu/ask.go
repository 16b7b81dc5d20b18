package main

import (
	"bufio"
	"context"
	"fmt"
	"strings"
)

// ask puts a question on a terminal and returns the answer, or fallback where it is empty. Whoever
// interrupts it ends the command there and then: nothing was begun.
func (a *app) ask(ctx context.Context, question, fallback string) (string, error) {
	fmt.Fprintf(a.err, "%s [%s]: ", question, fallback)
	answer := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(a.in).ReadString('\n')
		answer <- strings.TrimSpace(line)
	}()
	select {
	case line := <-answer:
		if line == "" {
			line = fallback
		}
		return line, nil
	case <-ctx.Done():
		fmt.Fprintln(a.err)
		return "", &problem{code: exitInterrupted, what: "interrupted at a question", kept: "everything, as it was", cause: ctx.Err()}
	}
}

// agrees asks a question that yes or no answers.
func (a *app) agrees(ctx context.Context, question, fallback string) (bool, error) {
	answer, err := a.ask(ctx, question, fallback)
	return strings.HasPrefix(strings.ToLower(answer), "y"), err
}
