package archive_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"tribu/crawler/archive"
	"tribu/data"
)

func ExampleImport() {
	dir, _ := os.MkdirTemp("", "posts")
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "posts.csv")
	_ = os.WriteFile(path, []byte("id,author,created_at,text\n1,ada,2026-01-02T03:04:05Z,My chain squeaks\n2,bo,yesterday,Oil it\n"), 0o600)
	o := archive.Options{Source: "bikes", Reject: func(r data.Reject) error {
		fmt.Printf("line %d: %s\n", r.Line, r.Reason)
		return nil
	}}
	r, err := archive.Import(context.Background(), path, o, nowhere{})
	fmt.Println(r.Format, r.Saved.New, "new", r.Rejected, "rejected", err)
	// Output:
	// line 3: created_at "yesterday": want a date such as 2026-01-31T12:00:00Z
	// csv 1 new 1 rejected <nil>
}
