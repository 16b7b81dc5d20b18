package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tribu/data"
)

func TestAnAbandonedTransactionLeavesNothing(t *testing.T) {
	db := create(t)
	b := community(40)
	save(t, db, slice(b, 0, 20))
	before := digest(t, db)
	crashed := filepath.Join(t.TempDir(), "crashed.db")
	conn, err := db.pool.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{`PRAGMA cache_size = 1`, `BEGIN IMMEDIATE`, `DELETE FROM interaction`, `UPDATE post_text SET body = zeroblob(9000) || 'x'`} {
		if _, err := conn.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	for _, suffix := range []string{"", "-wal"} { // what a killed process leaves
		content, err := os.ReadFile(db.Path() + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(crashed+suffix, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := conn.ExecContext(t.Context(), `ROLLBACK`); err != nil {
		t.Fatal(err)
	}
	conn.Close()
	again, err := Open(t.Context(), crashed, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := digest(t, again); got != before {
		t.Errorf("digest after the crash = %s, want %s", got, before)
	}
	save(t, again, b)
	save(t, db, b)
	if got, want := digest(t, again), digest(t, db); got != want {
		t.Errorf("digest after going on = %s, want %s", got, want)
	}
}

func TestFullDisk(t *testing.T) {
	db := create(t)
	save(t, db, community(10))
	before := digest(t, db)
	db.pool.SetMaxOpenConns(1)
	if _, err := db.pool.Exec(`PRAGMA max_page_count = 60`); err != nil {
		t.Fatal(err)
	}
	big := post("big", "a1", 0)
	big.Body = strings.Repeat("long ", 100_000)
	_, err := db.Save(t.Context(), data.Batch{Posts: []data.Post{big}})
	if !errors.Is(err, data.ErrDiskFull) || !strings.Contains(err.Error(), "everything before it is kept") {
		t.Errorf("Save on a full disk = %v, want %v", err, data.ErrDiskFull)
	}
	if got := digest(t, db); got != before {
		t.Errorf("digest = %s, want %s: nothing committed may be lost", got, before)
	}
	db.pool.SetMaxOpenConns(0)
}

func TestBackup(t *testing.T) {
	db := create(t)
	save(t, db, community(10))
	file := filepath.Join(t.TempDir(), "copy.db")
	if err := db.Backup(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	copied, err := Open(t.Context(), file, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer copied.Close()
	if got, want := digest(t, copied), digest(t, db); got != want {
		t.Errorf("digest of the copy = %s, want %s", got, want)
	}
	if info, err := os.Stat(file); err != nil || info.Mode() != 0o600 {
		t.Errorf("mode of the copy: %v, %v, want 0600", info.Mode(), err)
	}
	if err := db.Backup(t.Context(), file); !errors.Is(err, fs.ErrExist) {
		t.Errorf("Backup over an existing file = %v, want %v", err, fs.ErrExist)
	}
	if rest, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "*.part")); len(rest) > 0 {
		t.Errorf("left behind: %v", rest)
	}
	if err := db.Vacuum(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestCheckFindsWhatWasChangedPastTheStore(t *testing.T) {
	for _, c := range []struct{ statement, kind string }{
		{`UPDATE post_text SET body = body || '!' WHERE num = 3`, "content"},
		{`UPDATE post SET score = 7 WHERE num = 3`, "content"},
		{`UPDATE interaction SET at = at + 1 WHERE num = 1`, "content"},
		{`UPDATE need SET quote = 'other' WHERE ord = 0`, "content"},
		{`UPDATE heard SET terms = x'0100'`, "content"},
		{`UPDATE annotation SET words = 99`, "content"},
		{`DELETE FROM post_text WHERE num = 4`, "reference"},
		{`PRAGMA foreign_keys = off; DELETE FROM post WHERE num = 4`, "reference"},
		{`DROP TRIGGER audit_stay; DELETE FROM audit WHERE num = 1`, "audit"},
		{`DROP TRIGGER audit_keep; UPDATE audit SET detail = 'less' WHERE num = 2`, "audit"},
	} {
		path := filepath.Join(t.TempDir(), "t.db")
		db, err := Open(t.Context(), path, Options{Create: true})
		if err != nil {
			t.Fatal(err)
		}
		b := community(20)
		save(t, db, b)
		annotate(t, db, b.Posts[5].ID)
		if err := errors.Join(db.Audit(t.Context(), "import", "a"), db.Audit(t.Context(), "import", "b")); err != nil {
			t.Fatal(err)
		}
		if found, err := db.Check(t.Context()); err != nil || len(found) > 0 {
			t.Errorf("Check before %q = %v, %v, want nothing", c.statement, found, err)
		}
		makeForeign(t, path, c.statement)
		found, err := db.Check(t.Context())
		if err != nil || len(found) == 0 || found[0].Kind != c.kind {
			t.Errorf("Check after %q = %v, %v, want a finding of kind %s", c.statement, found, err, c.kind)
		}
		db.Close()
	}
}

func TestAuditLogIsAppendOnly(t *testing.T) {
	db := create(t)
	if err := errors.Join(db.Audit(t.Context(), "import", "a.jsonl"), db.Audit(t.Context(), "export", "members")); err != nil {
		t.Fatal(err)
	}
	got, err := db.AuditLog(t.Context())
	want := []AuditEntry{{epoch, "import", "a.jsonl"}, {epoch, "export", "members"}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("AuditLog = %v, %v, want %v", got, err, want)
	}
	for _, statement := range []string{`DELETE FROM audit`, `UPDATE audit SET detail = ''`} {
		if _, err := db.pool.Exec(statement); err == nil {
			t.Errorf("%s succeeded", statement)
		}
	}
}

func TestMeta(t *testing.T) {
	db := create(t)
	if _, err := db.Meta(t.Context(), "gamma"); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("Meta of an unknown key = %v, want %v", err, data.ErrNotFound)
	}
	before := digest(t, db)
	for key, seen := range map[string]bool{"local.last_run": false, "gamma": true} {
		if err := errors.Join(db.SetMeta(t.Context(), key, "0.5"), db.SetMeta(t.Context(), key, "0.7")); err != nil {
			t.Fatal(err)
		}
		if got, err := db.Meta(t.Context(), key); got != "0.7" || err != nil {
			t.Errorf("Meta(%s) = %q, %v, want 0.7", key, got, err)
		}
		if changed := digest(t, db) != before; key == "local.last_run" && changed {
			t.Errorf("digest changed with %s: want %v", key, seen)
		}
		if _, err := db.pool.Exec(`DELETE FROM meta`); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLockNamesItsHolder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tribu.db")
	held, err := Lock(path, epoch)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Lock(path, epoch.Add(time.Hour))
	want := fmt.Sprintf("process %d on", os.Getpid())
	if !errors.Is(err, data.ErrLocked) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "since 2026-11-01T12:00:00Z") {
		t.Errorf("second Lock = %v, want %v with %q and since when", err, data.ErrLocked, want)
	}
	if err := held.Release(); err != nil {
		t.Fatal(err)
	}
	again, err := Lock(path, epoch)
	if err != nil {
		t.Fatalf("Lock after Release = %v", err)
	}
	again.Release()
}

// TestLockOfAKilledProcessIsFree runs itself as the process that is killed while it holds the lock.
func TestLockOfAKilledProcessIsFree(t *testing.T) {
	if path := os.Getenv("HOLD_LOCK"); path != "" {
		if _, err := Lock(path, epoch); err != nil {
			t.Fatal(err)
		}
		fmt.Println("held")
		select {}
	}
	path := filepath.Join(t.TempDir(), "tribu.db")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	holder := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestLockOfAKilledProcessIsFree$")
	holder.Env = append(os.Environ(), "HOLD_LOCK="+path)
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 4)); err != nil {
		t.Fatal(err)
	}
	if _, err := Lock(path, epoch); !errors.Is(err, data.ErrLocked) {
		t.Errorf("Lock while another process holds it = %v, want %v", err, data.ErrLocked)
	}
	cancel()
	holder.Wait()
	free, err := Lock(path, epoch)
	if err != nil {
		t.Fatalf("Lock after its holder was killed = %v", err)
	}
	free.Release()
}
