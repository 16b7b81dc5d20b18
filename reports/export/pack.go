package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

type packField struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Description string `json:"description,omitempty"`
}

type packReference struct {
	Fields    string         `json:"fields"`
	Reference map[string]any `json:"reference"`
}

type packSchema struct {
	Fields  []packField     `json:"fields"`
	Key     []string        `json:"primaryKey,omitempty"`
	Foreign []packReference `json:"foreignKeys,omitempty"`
	Missing []string        `json:"missingValues"`
}

type packResource struct {
	Name    string     `json:"name"`
	Title   string     `json:"title"`
	Path    string     `json:"path"`
	Format  string     `json:"format"`
	Media   string     `json:"mediatype"`
	Charset string     `json:"encoding,omitempty"`
	Bytes   int        `json:"bytes"`
	Hash    string     `json:"hash"`
	Rows    int        `json:"rows"`
	Schema  packSchema `json:"schema"`
}

// datapackage describes the tables as a Frictionless Data Package.
func (l *list) datapackage(to Format, tables []resource, files []File) ([]byte, error) {
	pack := struct {
		Profile     string         `json:"profile"`
		Name        string         `json:"name"`
		Title       string         `json:"title"`
		Description string         `json:"description"`
		Created     string         `json:"created"`
		Version     string         `json:"version"`
		Resources   []packResource `json:"resources"`
	}{
		"data-package", "tribu-" + strings.ToLower(l.ID), printable(l.Project), "Tribes in public posts, run " + l.ID +
			". People who opted out are in none of these files. member_id is keyed with the project's secret.", l.AsOf.UTC().Format(time.RFC3339), l.ID, nil,
	}
	media := map[Format]string{CSV: "text/csv", JSONL: "application/x-ndjson", Parquet: "application/vnd.apache.parquet"}
	for i, t := range tables {
		sum := sha256.Sum256(files[i].Body)
		r := packResource{Name: t.name, Title: t.about, Path: files[i].Name, Format: string(to), Media: media[to], Bytes: len(files[i].Body),
			Hash: "sha256:" + hex.EncodeToString(sum[:]), Rows: len(t.rows), Schema: packSchema{Key: t.key, Missing: []string{""}}}
		if to != Parquet {
			r.Charset = "utf-8"
		}
		for _, c := range t.columns {
			r.Schema.Fields = append(r.Schema.Fields, packField{c.name, packType(c.kind, to), meaning(c.name)})
		}
		for _, ref := range t.refs {
			r.Schema.Foreign = append(r.Schema.Foreign, packReference{ref[0], map[string]any{"resource": ref[1], "fields": ref[2]}})
		}
		pack.Resources = append(pack.Resources, r)
	}
	raw, err := json.MarshalIndent(pack, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("describe bundle: %w", err)
	}
	return append(raw, '\n'), nil
}

func packType(k kind, to Format) string {
	switch k {
	case whole, counted:
		return "integer"
	case decimal, maybe:
		return "number"
	case date:
		if to == JSONL {
			return "datetime"
		}
		return "date"
	case moment:
		return "datetime"
	}
	return "string"
}

// queries returns SQL to start from: views for DuckDB, then questions in SQL that others read too.
func queries(to Format, tables []resource) []byte {
	var b strings.Builder
	fmt.Fprint(&b, "-- Run inside this folder: duckdb < queries.sql\n-- The questions are plain SQL: after loading the tables they run in SQLite and PostgreSQL as well.\n\n")
	for _, t := range tables {
		source := "'" + t.file(to) + "'"
		switch to {
		case CSV:
			source = "read_csv(" + source + ", header = true, quote = '\"', escape = '\"')"
		case JSONL:
			source = "read_json(" + source + ", format = 'newline_delimited')"
		}
		fmt.Fprintf(&b, "CREATE OR REPLACE VIEW %s AS SELECT * FROM %s;\n", t.name, source)
	}
	fmt.Fprint(&b, `
-- How large are the tribes, and what do they share?
SELECT tribe_letter, tribe_name, kind, people, stability, needs FROM tribes ORDER BY people DESC, tribe_letter;

-- What do most people need?
SELECT topic, type, people, posts, unanswered_48h FROM needs ORDER BY people DESC, topic LIMIT 20;

-- What does each tribe need?
SELECT t.tribe_letter, s.topic, count(DISTINCT n.member_id) AS people
FROM need_mentions AS n JOIN needs AS s ON s.need_id = n.need_id JOIN membership AS m ON m.member_id = n.member_id AND m.rank = 0 JOIN tribes AS t ON t.tribe_id = m.tribe_id
GROUP BY t.tribe_letter, s.need_id, s.topic HAVING count(DISTINCT n.member_id) >= 3 ORDER BY t.tribe_letter, people DESC, s.topic;

-- Who helps, in which tribe?
SELECT t.tribe_letter, p.handle, p.people_helped_28d, p.helped_back
FROM people AS p JOIN membership AS m ON m.member_id = p.member_id AND m.rank = 0 JOIN tribes AS t ON t.tribe_id = m.tribe_id
WHERE p.people_helped_28d > 0 ORDER BY p.people_helped_28d DESC, p.member_id LIMIT 20;

-- Who joins two tribes?
SELECT a.tribe_id AS from_tribe, b.tribe_id AS to_tribe, count(*) AS pairs, sum(e.weight) AS times
FROM edges AS e JOIN membership AS a ON a.member_id = e.source AND a.rank = 0 JOIN membership AS b ON b.member_id = e.target AND b.rank = 0
WHERE a.tribe_id <> b.tribe_id GROUP BY a.tribe_id, b.tribe_id ORDER BY times DESC, from_tribe, to_tribe;

-- How well are people served, in the outcomes they name?
SELECT name, status, people, increment, expected_median, expected_unit, this_week, usual_median, verdict FROM cpis ORDER BY people DESC, outcome LIMIT 20;

-- Who is in no tribe?
SELECT count(*) AS people_in_no_tribe FROM people WHERE member_id NOT IN (SELECT member_id FROM membership);

-- What became of the tribes?
SELECT r.week, l.event, l.from_tribe_id, l.to_tribe_id, l.people_in_both, l.people_before, l.people_after
FROM lineage AS l JOIN runs AS r ON r.run_id = l.run_id ORDER BY r.week, l.event, l.from_tribe_id, l.to_tribe_id;
`)
	return []byte(b.String())
}
