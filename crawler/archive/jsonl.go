package archive

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

func looksJSONL(head []byte) bool { return bytes.HasPrefix(head, []byte("{")) }

// readJSONL reads one JSON object per line.
func readJSONL(in *input, to rows) error {
	lines := newLineReader(in.text)
	keys := map[string]bool{}
	for _, k := range rowKeys() {
		keys[k] = true
	}
	var r row
	for {
		line, long, err := lines.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := takeJSON(line, long, lines.line, keys, &r, to); err != nil {
			return err
		}
	}
}

func takeJSON(line []byte, long bool, number int, keys map[string]bool, r *row, to rows) error {
	if long {
		return to.reject(number, tooLong(), string(line[:rejectTextBytes]))
	}
	if line = bytes.TrimSpace(line); len(line) == 0 {
		return nil
	}
	*r = row{}
	if err := json.Unmarshal(line, r); err != nil {
		return to.reject(number, jsonReason(err), string(line[:min(len(line), 2*rejectTextBytes)]))
	}
	own := r.own()
	eachKey(line, func(key []byte) {
		if !keys[string(key)] && !keys[strings.ToLower(string(key))] && !(own && slices.Contains(ownKeys(), string(key))) {
			to.unknown(string(bytes.ToValidUTF8(key, []byte("\ufffd"))))
		}
	})
	return to.row(number, r)
}

func tooLong() string { return fmt.Sprintf("row is longer than %d MiB", maxLineBytes>>20) }

func jsonReason(err error) string {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) && wrong.Field != "" {
		return fmt.Sprintf("%s: %s where a %s is due", wrong.Field, wrong.Value, kindName(wrong.Type.Kind().String()))
	}
	if errors.As(err, &wrong) {
		return "not a JSON object: " + wrong.Value
	}
	if broken := new(json.SyntaxError); errors.As(err, &broken) && strings.HasPrefix(broken.Error(), "unexpected end") {
		return "not JSON: the row breaks off"
	}
	return "not JSON"
}

func kindName(kind string) string {
	switch kind {
	case "slice":
		return "list"
	case "float64":
		return "number"
	}
	return kind
}

// eachKey calls visit with the raw keys of the outermost object of valid JSON.
func eachKey(object []byte, visit func(key []byte)) {
	depth, expectKey := 0, false
	for i := 0; i < len(object); i++ {
		switch object[i] {
		case '{', '[':
			depth++
			expectKey = depth == 1
		case '}', ']':
			depth--
		case ',':
			expectKey = depth == 1
		case '"':
			end := stringEnd(object, i+1)
			if expectKey {
				visit(object[i+1 : end])
				expectKey = false
			}
			i = end
		}
	}
}

// stringEnd returns the index of the quote that closes a JSON string whose text starts at i.
func stringEnd(b []byte, i int) int {
	for {
		j := bytes.IndexByte(b[i:], '"')
		if j < 0 {
			return len(b)
		}
		i += j
		slashes := 0
		for k := i - 1; k >= 0 && b[k] == '\\'; k-- {
			slashes++
		}
		if slashes%2 == 0 {
			return i
		}
		i++
	}
}
