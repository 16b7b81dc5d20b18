// Command tribu finds the tribes in public posts: people held together by a shared problem, need,
// belonging or passion, and by talking to each other.
package main

import (
	"context"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// version is set by the linker for releases.
var version = "dev"

func main() {
	log.SetOutput(io.Discard) // net/http logs bytes that servers send unasked; a crawl tells of trouble in its own words
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop() // a second signal ends the process at once
	}()
	a := &app{out: os.Stdout, err: os.Stderr, in: os.Stdin, now: time.Now, env: os.Getenv}
	os.Exit(a.main(ctx, os.Args[1:]))
}
