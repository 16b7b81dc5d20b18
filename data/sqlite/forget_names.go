package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"io"
	"strings"

	"tribu/data"
)

const (
	selectSaidBy   = `SELECT DISTINCT n.object, n.quote FROM post AS p CROSS JOIN need AS n ON n.post = p.id WHERE p.author = ?1 AND n.quote <> '' ORDER BY 1, 2`
	anyOtherSays   = `SELECT EXISTS (SELECT 1 FROM need AS n CROSS JOIN post AS p ON p.id = n.post WHERE p.author <> ?1 AND instr(lower(n.quote), ?2) > 0)`
	selectPhrases  = `SELECT id, 0, phrases FROM problem`
	updatePhrases  = `UPDATE problem SET phrases = CAST(?3 AS TEXT) WHERE id = ?1 AND ?2 = 0`
	selectAllNeeds = `SELECT run, 0, doc FROM run_needs`
	updateRunNeeds = `UPDATE run_needs SET doc = ?3 WHERE run = ?1 AND ?2 = 0`
)

// Coined are the names of problems that are cut from one author's sentences, and that nobody else
// says: they go with their author, and the thing the need is about stands in their place.
type coined struct {
	q      querier
	author data.AuthorID
	said   []saying
	things map[string]string // by name
}

// A saying is a sentence in small letters and what it is about.
type saying struct{ thing, quote string }

func coinedBy(ctx context.Context, q querier, author data.AuthorID) (*coined, error) {
	c := &coined{q: q, author: author, things: map[string]string{}}
	err := query(ctx, q, selectSaidBy, func(r scanner) error {
		var s saying
		err := r.Scan(&s.thing, &s.quote)
		s.quote = strings.ToLower(s.quote)
		c.said = append(c.said, s)
		return err
	}, author[:])
	return c, err
}

// instead returns the name that stays where name stood. A single word is nobody's.
func (c *coined) instead(ctx context.Context, name string) (string, error) {
	if !strings.Contains(name, " ") {
		return name, nil
	}
	if thing, met := c.things[name]; met {
		return thing, nil
	}
	thing, low := name, strings.ToLower(name)
	for _, s := range c.said {
		if !strings.Contains(s.quote, low) {
			continue
		}
		var shared bool
		if err := c.q.QueryRowContext(ctx, anyOtherSays, c.author[:], low).Scan(&shared); err != nil {
			return "", err
		}
		if !shared {
			thing = s.thing
		}
		break
	}
	c.things[name] = thing
	return thing, nil
}

// forgetNames takes names that an author coined from the problems, today's and those of stored runs.
func forgetNames(ctx context.Context, tx *sql.Conn, c *coined) error {
	if err := rewrite(ctx, tx, selectPhrases, updatePhrases, c.inPhrases); err != nil {
		return err
	}
	return rewrite(ctx, tx, selectAllNeeds, updateRunNeeds, c.inNamings)
}

// inPhrases returns a problem's phrases without those that were coined; nil where there are none.
func (c *coined) inPhrases(ctx context.Context, doc []byte) ([]byte, error) {
	var phrases map[data.Lang]string
	if err := json.Unmarshal(doc, &phrases); err != nil {
		return nil, err
	}
	changed := false
	for lang, name := range phrases {
		thing, err := c.instead(ctx, name)
		if err != nil {
			return nil, err
		}
		phrases[lang], changed = thing, changed || thing != name
	}
	if !changed {
		return nil, nil
	}
	return json.Marshal(phrases)
}

// inNamings returns packed namings without the names that were coined; nil where there are none.
func (c *coined) inNamings(ctx context.Context, doc []byte) ([]byte, error) {
	text, err := decompress(doc)
	if err != nil {
		return nil, err
	}
	size, n := binary.Uvarint(text)
	if n <= 0 || size > uint64(len(text)-n) {
		return nil, io.ErrUnexpectedEOF
	}
	all := namings{rows: text[n+int(size):]}
	if err := json.Unmarshal(text[n:n+int(size)], &all.names); err != nil {
		return nil, err
	}
	changed := false
	for i, of := range all.names {
		thing, err := c.instead(ctx, of.Called)
		if err != nil {
			return nil, err
		}
		all.names[i].Called, changed = thing, changed || thing != of.Called
	}
	if !changed {
		return nil, nil
	}
	return all.packed()
}

// rewrite puts what change returns in the place of the documents that read finds behind
// both parts of their key, where it is not nil.
func rewrite(ctx context.Context, tx *sql.Conn, read, write string, change func(context.Context, []byte) ([]byte, error)) error {
	type row struct {
		key  any
		part int64
		doc  []byte
	}
	var all []row
	err := query(ctx, tx, read, func(r scanner) error {
		var found row
		err := r.Scan(&found.key, &found.part, &found.doc)
		all = append(all, found)
		return err
	})
	for _, r := range all {
		if err != nil {
			return err
		}
		var doc []byte
		if doc, err = change(ctx, r.doc); err != nil || doc == nil {
			continue
		}
		_, err = tx.ExecContext(ctx, write, r.key, r.part, doc)
	}
	return err
}
