package crawler_test

import (
	"context"
	"fmt"
	"time"

	"tribu/crawler"
)

func ExampleRun() {
	sources := []crawler.SourceConfig{{Name: "forum.bikes", Kind: "discourse", URL: "https://forum.example"}}
	_, err := crawler.Run(context.Background(), crawler.Options{Sources: sources, Now: time.Now}, nil)
	fmt.Println(err)
	// Output: crawl forum.bikes: a contact is needed to crawl public hosts
}
