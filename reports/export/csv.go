package export

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

func writeCSV(w io.Writer, t table, d Dialect) error {
	comma, mark := ',', "."
	switch d {
	case RFC4180, "":
	case Excel, ExcelIT:
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return fmt.Errorf("write csv: %w", err)
		}
	default:
		return fmt.Errorf("write csv: unknown dialect %q", d)
	}
	if d == ExcelIT {
		comma, mark = ';', ","
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = comma, true
	record := make([]string, len(t.columns))
	for i, c := range t.columns {
		record[i] = c.name
	}
	if err := out.Write(record); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	for _, row := range t.rows {
		for i, cell := range row {
			record[i] = write(cell, t.columns[i].kind, mark)
		}
		if err := out.Write(record); err != nil {
			return fmt.Errorf("write csv: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

// writeJSONL writes an object a row, keys in the order of the columns.
func writeJSONL(w io.Writer, t table) error {
	out := bufio.NewWriter(w)
	for _, row := range t.rows {
		for i, cell := range row {
			if at, ok := cell.(time.Time); ok {
				cell = write(at, t.columns[i].kind, "")
				if at.IsZero() {
					cell = nil
				}
			}
			value, err := json.Marshal(cell)
			if err != nil {
				return fmt.Errorf("write jsonl: %w", err)
			}
			lead := ","
			if i == 0 {
				lead = "{"
			}
			fmt.Fprintf(out, "%s%q:%s", lead, t.columns[i].name, value)
		}
		fmt.Fprintln(out, "}")
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write jsonl: %w", err)
	}
	return nil
}
