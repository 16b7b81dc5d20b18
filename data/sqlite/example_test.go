package sqlite_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"tribu/data"
	"tribu/data/sqlite"
)

// A batch is saved whole or not at all; saving it again changes nothing.
func Example() {
	folder, err := os.MkdirTemp("", "tribu")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	ctx := context.Background()
	db, err := sqlite.Open(ctx, filepath.Join(folder, "tribu.db"), sqlite.Options{Create: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer db.Close()
	batch := data.Batch{Posts: []data.Post{{
		ID: data.NewPostID("forum", "1"), Source: "forum", NativeID: "1", Author: data.NewAuthorID("forum", "anna"),
		CreatedAt: time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC), Body: "My battery dies in the cold.", Format: data.FormatText,
	}}}
	for range 2 {
		saved, err := db.Save(ctx, batch)
		fmt.Println(saved.New, saved.Unchanged, err)
	}
	for p, err := range db.Unanalysed(ctx, "v1") {
		fmt.Println(p.Body, err)
	}
	// Output:
	// 1 0 <nil>
	// 0 1 <nil>
	// My battery dies in the cold. <nil>
}
