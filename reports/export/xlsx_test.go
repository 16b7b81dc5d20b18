package export

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"strings"
	"testing"
)

// TestEverySheetHasItsFilter reads the sheets themselves: a filter that only the workbook names is none.
func TestEverySheetHasItsFilter(t *testing.T) {
	made := produce(t, Members, XLSX, story(), options())
	book, err := zip.NewReader(bytes.NewReader(made), int64(len(made)))
	if err != nil {
		t.Fatal(err)
	}
	sheets := 0
	for _, f := range book.File {
		if ok, _ := path.Match("xl/worksheets/sheet*.xml", f.Name); !ok {
			continue
		}
		sheets++
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{`<autoFilter ref="`, `state="frozen"`} {
			if !strings.Contains(string(text), want) {
				t.Errorf("%s lacks %s", f.Name, want)
			}
		}
	}
	if sheets != 6 {
		t.Errorf("got %d sheets, want 6", sheets)
	}
}
