package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestGenerateStops: who stops it waits for no world, and finds no half of one.
func TestGenerateStops(t *testing.T) {
	for _, kind := range [][]string{{"--authors", "200"}, {"--edges", "--authors", "2000"}} {
		ctx, stop := context.WithCancel(t.Context())
		stop()
		dir := filepath.Join(t.TempDir(), "world")
		var said bytes.Buffer
		a := &app{out: &said, err: &said, in: strings.NewReader(""), now: time.Now, env: func(string) string { return "" }}
		if code := a.main(ctx, append([]string{"graph", "generate", "-o", dir}, kind...)); code != exitInterrupted {
			t.Errorf("generate %v, stopped: exit %d, want %d; said %s", kind, code, exitInterrupted, said.String())
		}
		if files, err := os.ReadDir(dir); err != nil || len(files) > 0 {
			t.Errorf("generate %v, stopped: left %v, %v", kind, files, err)
		}
	}
}
