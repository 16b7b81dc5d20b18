package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"

	"tribu/data"
)

// withMigrations returns the real migrations and more.
func withMigrations(t *testing.T, more map[string]string) fstest.MapFS {
	t.Helper()
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, name := range names {
		text, err := migrations.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: text}
	}
	for name, text := range more {
		files["migrations/"+name] = &fstest.MapFile{Data: []byte("-- +goose Up\n" + text)}
	}
	return files
}

func TestMigrationIsOneTransactionAfterABackup(t *testing.T) {
	db := create(t)
	save(t, db, community(10))
	before := digest(t, db)
	good := map[string]string{"90002_a.sql": "CREATE TABLE a (x TEXT);", "90003_b.sql": "CREATE TABLE b (x TEXT);"}
	bad := map[string]string{"90002_a.sql": "CREATE TABLE a (x TEXT);", "90003_b.sql": "CREATE TABLE b (x TEXT); nonsense;"}
	tables := func() (all []string) {
		all, err := texts(t.Context(), db.pool, `SELECT name FROM sqlite_schema WHERE name IN ('a', 'b') ORDER BY name`)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	if err := db.migrate(t.Context(), withMigrations(t, bad)); err == nil {
		t.Error("migrate with a broken file succeeded")
	}
	if got := tables(); len(got) != 0 {
		t.Errorf("tables after a migration that failed: %v, want none", got)
	}
	if err := db.migrate(t.Context(), withMigrations(t, good)); err != nil {
		t.Fatal(err)
	}
	if got := tables(); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("tables after migrating: %v, want a and b", got)
	}
	for _, name := range []string{".before-v90003", ".before-v90003.2"} {
		old, err := Open(t.Context(), db.Path()+name, Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		if got := digest(t, old); got != before {
			t.Errorf("digest of %s = %s, want %s", name, got, before)
		}
		old.Close()
	}
	if _, err := Open(t.Context(), db.Path(), Options{}); !errors.Is(err, data.ErrFutureSchema) {
		t.Errorf("Open by the older program = %v, want %v", err, data.ErrFutureSchema)
	}
}

// TestAnOlderFileIsSoundOnceMigrated: nothing that was stored before a migration is called damaged after it.
func TestAnOlderFileIsSoundOnceMigrated(t *testing.T) {
	const storedThen int64 = -1953983362773642725 // the hash that schema 95 stored of the annotation
	db := create(t)
	p := post("1", "a", 0)
	save(t, db, data.Batch{Posts: []data.Post{p}})
	annotate(t, db, p.ID)
	for _, step := range []string{
		`ALTER TABLE annotation DROP COLUMN acts`,
		`DROP INDEX annotation_lent`,
		`ALTER TABLE annotation DROP COLUMN lent`,
		`DELETE FROM goose_db_version WHERE version_id > 95`,
		fmt.Sprintf(`UPDATE annotation SET hash = %d`, storedThen),
	} {
		if _, err := db.pool.ExecContext(t.Context(), step); err != nil {
			t.Fatalf("%s: %v", step, err)
		}
	}
	if err := db.migrate(t.Context(), migrations); err != nil {
		t.Fatal(err)
	}
	if found, err := db.Check(t.Context()); err != nil || len(found) > 0 {
		t.Errorf("Check of a file of schema 95, migrated: %v, %v, want nothing found", found, err)
	}
}

// TestASourceIsThereAtTheCommit: rows may come before their source, but not without it.
func TestASourceIsThereAtTheCommit(t *testing.T) {
	const row = `INSERT INTO thread (id, source, native_id, title, url, place) VALUES (x'00', 7, '', '', '', '')`
	for _, c := range []struct {
		name  string
		after []string
		kept  bool
	}{
		{"the source follows", []string{`INSERT INTO source (num, name) VALUES (7, 'forum')`}, true},
		{"no source", nil, false},
	} {
		db := create(t)
		err := db.write(t.Context(), func(ctx context.Context, tx *sql.Conn) error {
			for _, step := range append([]string{row}, c.after...) {
				if _, err := tx.ExecContext(ctx, step); err != nil {
					t.Fatalf("%s: %s: %v", c.name, step, err)
				}
			}
			return nil
		})
		if kept := err == nil; kept != c.kept {
			t.Errorf("%s: commit: %v, want it kept: %t", c.name, err, c.kept)
		}
		if found, err := db.Check(t.Context()); err != nil || len(found) > 0 {
			t.Errorf("%s: Check: %v, %v, want nothing found", c.name, found, err)
		}
	}
}
