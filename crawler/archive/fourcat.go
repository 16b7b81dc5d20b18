package archive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// looks4CAT knows 4CAT's exports by the columns that all of its data sets share.
func looks4CAT(head []byte) bool {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	if bytes.HasPrefix(line, []byte("{")) {
		wrapped := bytes.Contains(line, []byte(`"source_platform"`)) && bytes.Contains(line, []byte(`"timestamp_collected"`))
		return wrapped || has(line, `"thread_id"`, `"body"`, `"timestamp"`) && !has(line, `"created_at"`)
	}
	names := strings.Split(strings.ToLower(strings.ReplaceAll(string(bytes.TrimRight(line, "\r")), `"`, "")), ",")
	for _, due := range []string{"id", "thread_id", "timestamp", "body", "author"} {
		if !slices.Contains(names, due) {
			return false
		}
	}
	return !slices.Contains(names, "created_at")
}

func has(line []byte, all ...string) bool {
	for _, s := range all {
		if !bytes.Contains(line, []byte(s)) {
			return false
		}
	}
	return true
}

// read4CAT reads a data set that 4CAT wrote as CSV or NDJSON. Platforms differ in columns; those
// with a meaning here are known by all the names that 4CAT gives them.
func read4CAT(in *input, to rows) error {
	if bytes.HasPrefix(bytes.TrimLeft(in.head, " \t\r\n"), []byte("{")) {
		return eachObject(in, to, func(line int, object []byte) error { return take4CATObject(line, object, to) })
	}
	records := &recordReader{lines: newLineReader(in.text), comma: ','}
	names, err := header4CAT(records, in)
	if err != nil || names == nil {
		return err
	}
	for {
		record, line, fault, err := records.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := take4CATRecord(record, line, fault, names, to); err != nil {
			return err
		}
	}
}

func header4CAT(records *recordReader, in *input) ([]string, error) {
	record, _, fault, err := records.next()
	if err == io.EOF {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	names := splitRecord(record, ',')
	for i := range names {
		names[i] = strings.ToLower(strings.TrimSpace(names[i]))
	}
	if fault != "" || !slices.Contains(names, "id") || !slices.Contains(names, "body") {
		return nil, fmt.Errorf("read %s: %w: 4CAT's header has id and body", in.path, ErrFormat)
	}
	return names, nil
}

func take4CATRecord(record []byte, line int, fault string, names []string, to rows) error {
	if fault == "" && len(bytes.TrimSpace(record)) == 0 {
		return nil
	}
	fields := splitRecord(record, ',')
	if fault == "" && len(fields) != len(names) {
		fault = fmt.Sprintf("%d fields where the header has %d", len(fields), len(names))
	}
	if fault != "" {
		return to.reject(line, fault, string(record))
	}
	f := fields4CAT{}
	for i, name := range names {
		f[name] = fields[i]
	}
	return f.take(line, to)
}

func take4CATObject(line int, object []byte, to rows) error {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(object, &raw); err != nil {
		return to.reject(line, jsonReason(err), string(object[:min(len(object), 2*rejectTextBytes)]))
	}
	if platform, wrapped := raw["source_platform"]; wrapped && raw["data"] != nil {
		return to.reject(line, "a capture of "+cut(strings.Trim(string(platform), `"`), 40)+" as the browser extension wrote it: export the data set from 4CAT as CSV", string(object[:min(len(object), rejectTextBytes)]))
	}
	f := fields4CAT{}
	for _, name := range slices.Backward(slices.Sorted(maps.Keys(raw))) {
		var s scalar
		if json.Unmarshal(raw[name], &s) == nil {
			f[strings.ToLower(name)] = string(s)
		}
	}
	return f.take(line, to)
}

// fields4CAT holds one row by column.
type fields4CAT map[string]string

// first returns the first of the named columns that holds something.
func (f fields4CAT) first(names ...string) string {
	for _, n := range names {
		if v := strings.TrimSpace(f[n]); v != "" && v != "None" && v != "null" {
			return v
		}
	}
	return ""
}

func (f fields4CAT) take(line int, to rows) error {
	author := f.first("author_username", "author", "author_name", "username")
	switch {
	case strings.EqualFold(author, "anonymous") || strings.EqualFold(author, "anon"):
		to.skip("anonymous author")
		return nil
	case author == "[deleted]" || gone(f["body"]):
		to.skip("deleted")
		return nil
	}
	r := row{
		ID: scalar(f.first("id")), Author: scalar(author), AuthorName: f.first("author_fullname", "author_full", "author_display_name", "author_name"),
		ParentID: scalar(f.first("parent", "parent_id", "reply_to", "reply_to_id", "in_reply_to", "in_reply_to_id")), ThreadID: scalar(f.first("thread_id", "conversation_id")),
		CreatedAt: when4CAT(f.first("unix_timestamp", "created_utc"), f.first("timestamp", "created_at")), Title: f.first("subject", "title"), Text: f.first("body", "text"),
		URL: f.first("post_url", "link", "url", "permalink"), Lang: f.first("language", "lang"),
		Score: number(f.first("score", "like_count", "likes")), Views: number(f.first("views", "view_count")), Place: f.first("subreddit", "board", "chat", "group", "channel"),
	}
	if r.ParentID == "" && r.ThreadID != "" && r.ThreadID != r.ID {
		r.ParentID, r.ParentKind = r.ThreadID, "topic"
	}
	r.Quotes = boardQuotes(r.Text)
	return to.row(line, &r)
}

// when4CAT reads seconds since 1970, or UTC as "2026-01-31 12:00:00".
func when4CAT(unix, stamp string) string {
	if unix != "" {
		return unixInstant(scalar(unix))
	}
	for _, layout := range []string{time.DateTime, "2006-01-02T15:04:05", "2006-01-02 15:04"} {
		if at, err := time.Parse(layout, stamp); err == nil {
			return at.Format(time.RFC3339)
		}
	}
	return unixInstant(scalar(stamp))
}

// boardQuotes returns the posts that an imageboard's ">>12345" points at.
func boardQuotes(text string) []scalar {
	var out []scalar
	for rest := text; len(out) < maxHandles; {
		_, after, found := strings.Cut(rest, ">>")
		if !found {
			return out
		}
		digits := len(after) - len(strings.TrimLeft(after, "0123456789"))
		if digits > 1 && digits < 20 {
			out = append(out, scalar(after[:digits]))
		}
		rest = after[digits:]
	}
	return out
}
