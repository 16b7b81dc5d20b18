package export

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"time"

	"github.com/parquet-go/parquet-go"
)

// writeParquet writes a table as one Parquet file, snappy inside: strings, INT64, DOUBLE, DATE and
// TIMESTAMP in milliseconds; what has no day is null.
func writeParquet(w io.Writer, t table, run string) error {
	rowType := parquetType(t)
	schema := parquet.SchemaOf(reflect.New(rowType).Interface())
	out := parquet.NewWriter(w, schema, parquet.Compression(&parquet.Snappy), parquet.CreatedBy("tribu", "1", "export"), parquet.KeyValueMetadata("run_id", run))
	for _, cells := range t.rows {
		row := reflect.New(rowType)
		for i, cell := range cells {
			setParquet(row.Elem().Field(i), cell, t.columns[i].kind)
		}
		if err := out.Write(row.Interface()); err != nil {
			return fmt.Errorf("write parquet: %w", err)
		}
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("write parquet: %w", err)
	}
	return nil
}

// parquetType returns the type of a row: a field per column, in order.
func parquetType(t table) reflect.Type {
	var fields []reflect.StructField
	for i, c := range t.columns {
		f := reflect.StructField{Name: fmt.Sprintf("F%d", i), Tag: reflect.StructTag(fmt.Sprintf(`parquet:"%s"`, c.name))}
		switch c.kind {
		case whole:
			f.Type = reflect.TypeFor[int64]()
		case counted:
			f.Type, f.Tag = reflect.TypeFor[*int64](), reflect.StructTag(fmt.Sprintf(`parquet:"%s,optional"`, c.name))
		case decimal:
			f.Type = reflect.TypeFor[float64]()
		case maybe:
			f.Type, f.Tag = reflect.TypeFor[*float64](), reflect.StructTag(fmt.Sprintf(`parquet:"%s,optional"`, c.name))
		case date:
			f.Type, f.Tag = reflect.TypeFor[*int32](), reflect.StructTag(fmt.Sprintf(`parquet:"%s,optional,date"`, c.name))
		case moment:
			f.Type, f.Tag = reflect.TypeFor[*int64](), reflect.StructTag(fmt.Sprintf(`parquet:"%s,optional,timestamp(millisecond)"`, c.name))
		default:
			f.Type = reflect.TypeFor[string]()
		}
		fields = append(fields, f)
	}
	return reflect.StructOf(fields)
}

func setParquet(field reflect.Value, cell any, k kind) {
	switch v := cell.(type) {
	case string:
		field.SetString(printable(v))
	case int:
		if n := int64(v); k == counted {
			field.Set(reflect.ValueOf(&n))
			return
		}
		field.SetInt(int64(v))
	case float64:
		if k == maybe {
			field.Set(reflect.ValueOf(&v))
			return
		}
		field.SetFloat(v)
	case time.Time:
		switch {
		case v.IsZero():
		case k == moment:
			ms := v.UnixMilli()
			field.Set(reflect.ValueOf(&ms))
		default:
			days := int32(time.Date(v.Year(), v.Month(), v.Day(), 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
			field.Set(reflect.ValueOf(&days))
		}
	}
}

// Texts returns the texts a Parquet file holds, a line each. A body that is none is an error.
func Texts(body []byte) ([]byte, error) {
	f, err := parquet.OpenFile(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, fmt.Errorf("read parquet: %w", err)
	}
	var out []byte
	page := make([]parquet.Row, 256)
	for _, group := range f.RowGroups() {
		rows := group.Rows()
		for {
			n, err := rows.ReadRows(page)
			for _, row := range page[:n] {
				for _, v := range row {
					if v.Kind() == parquet.ByteArray {
						out = append(append(out, v.ByteArray()...), '\n')
					}
				}
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return nil, errors.Join(fmt.Errorf("read parquet: %w", err), rows.Close())
			}
		}
		if err := rows.Close(); err != nil {
			return nil, fmt.Errorf("read parquet: %w", err)
		}
	}
	return out, nil
}
