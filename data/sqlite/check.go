package sqlite

import (
	"context"
	"fmt"

	"tribu/data"
)

// A Finding is one thing that is wrong with a database.
type Finding struct {
	Kind    string // integrity, reference, content or audit
	Subject string // table, post id or line
	Text    string
}

// String returns the finding on one line.
func (f Finding) String() string { return f.Kind + " " + f.Subject + ": " + f.Text }

const (
	foreignKeys   = `PRAGMA foreign_key_check`
	selectAllPost = `SELECT ` + postColumns + `, p.deleted, p.hash, p.input FROM post AS p
CROSS JOIN source AS s ON s.num = p.source CROSS JOIN post_text AS t ON t.num = p.num`
	selectTextless  = `SELECT p.id FROM post AS p WHERE NOT EXISTS (SELECT 1 FROM post_text AS t WHERE t.num = p.num)`
	selectAllLinks  = `SELECT post, kind, from_author, to_author, to_post, coalesce(to_handle, ''), at, hash FROM interaction`
	selectVersions  = `SELECT name FROM version ORDER BY name`
	selectHeardHash = `SELECT post, hash FROM annotation WHERE version = (SELECT num FROM version WHERE name = ?)`
)

// Check reads everything and returns what is wrong: SQLite's own checks, references that lead
// nowhere, rows whose content is not what their hash says, and breaks in the audit log.
func (db *DB) Check(ctx context.Context) ([]Finding, error) {
	var all []Finding
	for _, step := range []func(context.Context) ([]Finding, error){
		db.checkFile, db.checkReferences, db.checkPosts, db.checkInteractions, db.checkAnnotations, db.checkAudit,
	} {
		found, err := step(ctx)
		all = append(all, found...)
		if err != nil && len(all) > 0 {
			return append(all, Finding{"integrity", "file", fmt.Sprintf("cannot be read to the end: %v", explain(err))}), nil
		}
		if err != nil {
			return all, fmt.Errorf("check database: %w", explain(err))
		}
	}
	return all, nil
}

func (db *DB) checkFile(ctx context.Context) (all []Finding, err error) {
	lines, err := texts(ctx, db.pool, integrity)
	for _, line := range lines {
		if line != "ok" {
			all = append(all, Finding{"integrity", "file", line})
		}
	}
	return all, err
}

func (db *DB) checkReferences(ctx context.Context) (all []Finding, err error) {
	err = query(ctx, db.pool, foreignKeys, func(r scanner) error {
		var table, parent string
		var row *int64
		var key int
		err := r.Scan(&table, &row, &parent, &key)
		all = append(all, Finding{"reference", table, "a row refers to a row of " + parent + " that is not there"})
		return err
	})
	if err != nil {
		return all, err
	}
	err = query(ctx, db.pool, selectTextless, func(r scanner) error {
		var id data.PostID
		err := r.Scan((*idColumn)(&id))
		all = append(all, Finding{"reference", id.String(), "the post has no text row"})
		return err
	})
	return all, err
}

func (db *DB) checkPosts(ctx context.Context) (all []Finding, err error) {
	err = query(ctx, db.pool, selectAllPost, func(r scanner) error {
		var deleted bool
		var hash, input int64
		p, err := scanPost(withMore{r, []any{&deleted, &hash, &input}})
		if gotHash, gotInput := hashPost(&p, deleted); gotHash != hash || gotInput != input {
			all = append(all, Finding{"content", p.ID.String(), "the post is not what was stored"})
		}
		return err
	})
	return all, err
}

// withMore scans further columns behind those asked for.
type withMore struct {
	scanner
	more []any
}

// Scan scans into dest, then into the further columns.
func (w withMore) Scan(dest ...any) error { return w.scanner.Scan(append(dest, w.more...)...) }

func (db *DB) checkInteractions(ctx context.Context) (all []Finding, err error) {
	err = query(ctx, db.pool, selectAllLinks, func(r scanner) error {
		var in data.Interaction
		var at, hash int64
		err := r.Scan((*idColumn)(&in.Post), (*string)(&in.Kind), (*idColumn)(&in.From), (*idColumn)(&in.To), (*idColumn)(&in.ToPost), &in.ToHandle, &at, &hash)
		in.At = seconds(at)
		if hashInteraction(&in) != hash {
			all = append(all, Finding{"content", in.Post.String(), "an interaction is not what was stored"})
		}
		return err
	})
	return all, err
}

func (db *DB) checkAnnotations(ctx context.Context) (all []Finding, err error) {
	versions, err := texts(ctx, db.pool, selectVersions)
	for _, version := range versions {
		found, err := db.checkVersion(ctx, version)
		all = append(all, found...)
		if err != nil {
			return all, err
		}
	}
	return all, err
}

func (db *DB) checkVersion(ctx context.Context, version string) (all []Finding, err error) {
	hashes := map[data.PostID]int64{}
	err = query(ctx, db.pool, selectHeardHash, func(r scanner) error {
		var id data.PostID
		var hash int64
		err := r.Scan((*idColumn)(&id), &hash)
		hashes[id] = hash
		return err
	}, version)
	if err != nil {
		return nil, err
	}
	for p, err := range db.annotated(ctx, version, data.Window{From: seconds(-1 << 40), To: seconds(1 << 40)}) {
		if err != nil {
			return append(all, Finding{"content", "annotations of " + version, err.Error()}), nil
		}
		if hashAnnotation(&p.Annotation, encodeTerms(p.Terms, p.Topics)) != hashes[p.ID] {
			all = append(all, Finding{"content", p.ID.String(), "the annotation is not what was stored"})
		}
	}
	return all, nil
}

func (db *DB) checkAudit(ctx context.Context) (all []Finding, err error) {
	_, broken, err := auditLog(ctx, db.pool)
	for _, num := range broken {
		all = append(all, Finding{"audit", fmt.Sprintf("line %d", num), "it does not follow from the line before"})
	}
	return all, err
}
