package export

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// maxCell is the most characters a cell of a sheet can hold.
const maxCell = 32767

// writeXLSX writes a sheet per table: frozen and filtered header, set widths, real dates, strings
// that are never formulas. asOf stands where a program would put its clock.
func writeXLSX(w io.Writer, tables []table, asOf time.Time) (err error) {
	f := excelize.NewFile()
	defer func() {
		if e := f.Close(); err == nil && e != nil {
			err = fmt.Errorf("close xlsx: %w", e)
		}
	}()
	at := asOf.UTC().Format(time.RFC3339)
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "tribu", LastModifiedBy: "tribu", Created: at, Modified: at}); err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	header, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EFECE4"}}})
	if err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	format := "yyyy-mm-dd"
	dates, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	format = "yyyy-mm-dd hh:mm:ss"
	moments, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	for i, t := range tables {
		if i == 0 {
			err = f.SetSheetName("Sheet1", t.name)
		} else {
			_, err = f.NewSheet(t.name)
		}
		if err == nil {
			err = writeSheet(f, t, styles{header, dates, moments})
		}
		if err != nil {
			return fmt.Errorf("write xlsx sheet %s: %w", t.name, err)
		}
	}
	raw, err := f.WriteToBuffer()
	if err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	return rezip(w, raw.Bytes())
}

// tooLong returns how many cells of t no sheet can hold whole.
func tooLong(t table) (n int) {
	for _, row := range t.rows {
		for _, cell := range row {
			if s, ok := cell.(string); ok && len(s) > maxCell && utf8.RuneCountInString(s) > maxCell {
				n++
			}
		}
	}
	return n
}

// styles are the numbers of the styles of a sheet.
type styles struct{ header, date, moment int }

func writeSheet(f *excelize.File, t table, style styles) error {
	out, err := f.NewStreamWriter(t.name)
	if err != nil {
		return err
	}
	for i, c := range t.columns {
		if err := out.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	row := make([]any, len(t.columns))
	for i, c := range t.columns {
		row[i] = excelize.Cell{StyleID: style.header, Value: c.name}
	}
	if err := out.SetRow("A1", row); err != nil {
		return err
	}
	for r, cells := range t.rows {
		for i, cell := range cells {
			row[i] = sheetCell(cell, t.columns[i].kind, style)
		}
		if err := out.SetRow(fmt.Sprintf("A%d", r+2), row); err != nil {
			return err
		}
	}
	last, err := excelize.CoordinatesToCellName(len(t.columns), len(t.rows)+1)
	if err != nil {
		return err
	}
	if err := f.AutoFilter(t.name, "A1:"+last, nil); err != nil { // before Flush, which closes the sheet
		return err
	}
	return out.Flush()
}

func sheetCell(cell any, k kind, style styles) any {
	switch v := cell.(type) {
	case string:
		v = printable(v) // typed as a string, which no program runs
		if utf8.RuneCountInString(v) > maxCell {
			v = string([]rune(v)[:maxCell-1]) + "…"
		}
		return v
	case time.Time:
		if v.IsZero() {
			return nil
		}
		if k == moment {
			return excelize.Cell{StyleID: style.moment, Value: v.UTC()}
		}
		return excelize.Cell{StyleID: style.date, Value: time.Date(v.Year(), v.Month(), v.Day(), 0, 0, 0, 0, time.UTC)}
	}
	return cell
}

// rezip writes an archive again with its files by name and without times.
func rezip(w io.Writer, raw []byte) error {
	in, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	entries := slices.Clone(in.File)
	slices.SortFunc(entries, func(a, b *zip.File) int {
		const first = "[Content_Types].xml"
		if (a.Name == first) != (b.Name == first) {
			if a.Name == first {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Name, b.Name)
	})
	out := zip.NewWriter(w)
	for _, entry := range entries {
		if err := copyEntry(out, entry); err != nil {
			return fmt.Errorf("write xlsx %s: %w", entry.Name, err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	return nil
}

func copyEntry(out *zip.Writer, entry *zip.File) error {
	from, err := entry.Open()
	if err != nil {
		return err
	}
	to, err := out.CreateHeader(&zip.FileHeader{Name: entry.Name, Method: zip.Deflate})
	if err != nil {
		from.Close()
		return err
	}
	if _, err := io.Copy(to, from); err != nil {
		from.Close()
		return err
	}
	return from.Close()
}
