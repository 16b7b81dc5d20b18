package export

import (
	"bytes"
	"encoding/json"
	"time"

	"tribu/data"
	"tribu/reports/figures"
)

// params writes the parameters of the run for people: lengths of time as settings have them, companies by
// the ids that the tables have.
func (l *list) params() []byte {
	var all map[string]any
	in := json.NewDecoder(bytes.NewReader([]byte(l.Params)))
	in.UseNumber()
	if in.Decode(&all) != nil {
		return append([]byte(l.Params), '\n')
	}
	for _, key := range []string{"half_life", "window"} {
		if n, ok := all[key].(json.Number); ok {
			if d, err := n.Int64(); err == nil {
				all[key] = figures.LengthOf(time.Duration(d))
			}
		}
	}
	if makers, ok := all["makers"].([]any); ok {
		for i, m := range makers {
			text, _ := m.(string)
			if id, err := data.ParseAuthorID(text); err == nil {
				makers[i] = l.id(id)
			}
		}
	}
	out, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return append([]byte(l.Params), '\n')
	}
	return append(out, '\n')
}
