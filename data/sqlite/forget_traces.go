package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"html"
	"strings"
	"unicode/utf8"

	"tribu/data"
)

const (
	// A thread is opened by the author of its post without a parent.
	selectOpened = `SELECT DISTINCT p.thread FROM post AS p WHERE p.author = ?1 AND p.parent IS NULL`
	wipeThread   = `UPDATE thread SET title = '', url = '' WHERE id = ? AND (title <> '' OR url <> '')`
	selectURLsBy = `SELECT p.url FROM post AS p WHERE p.author = ?1 AND p.url <> ''
UNION SELECT t.url FROM post AS p CROSS JOIN thread AS t ON t.id = p.thread WHERE p.author = ?1 AND p.parent IS NULL AND t.url <> ''`
	selectPagesOf  = `SELECT num, url, body FROM page WHERE source = (SELECT source FROM author WHERE id = ?)`
	deletePage     = `DELETE FROM page WHERE num = ?`
	selectTasksOf  = `SELECT source, key, url, error FROM task WHERE source = (SELECT source FROM author WHERE id = ?)`
	deleteTask     = `DELETE FROM task WHERE source = ? AND key = ?`
	selectOpenFail = `SELECT stage, version, subject, reason FROM failure WHERE stage <> 'analyse'`
	deleteFailure  = `DELETE FROM failure WHERE stage = ? AND version = ? AND subject = ?`
)

// forgetAll removes every row of an author, the row of the author included.
func (db *DB) forgetAll(ctx context.Context, tx *sql.Conn, author data.AuthorID) (Forgotten, error) {
	gone, err := db.forgetButID(ctx, tx, author)
	if err != nil {
		return gone, err
	}
	_, err = tx.ExecContext(ctx, removeAuthor, author[:])
	return gone, err
}

// forgetButID removes all of an author but the row with their id.
func (db *DB) forgetButID(ctx context.Context, tx *sql.Conn, author data.AuthorID) (Forgotten, error) {
	traces, err := forgetTraces(ctx, tx, author)
	if err != nil {
		return traces, err
	}
	gone, err := db.forgetRows(ctx, tx, author)
	gone.Pages, gone.Tasks = traces.Pages, traces.Tasks
	gone.Failures += traces.Failures
	return gone, err
}

// forgetTraces removes what was fetched and names an author: raw pages, requests and failures. It
// needs the rows of the author to know them by.
func forgetTraces(ctx context.Context, tx *sql.Conn, author data.AuthorID) (traces Forgotten, err error) {
	a, err := authorOf(ctx, tx, author)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return Forgotten{}, err
	}
	urls, err := texts(ctx, tx, selectURLsBy, author[:])
	if err != nil {
		return Forgotten{}, err
	}
	marks := marksOf(a, urls)
	for _, step := range []struct {
		n  *int
		do func() (int, error)
	}{
		{&traces.Pages, func() (int, error) { return forgetPages(ctx, tx, author, marks) }},
		{&traces.Tasks, func() (int, error) { return forgetTasks(ctx, tx, author, marks) }},
		{&traces.Failures, func() (int, error) { return forgetFaults(ctx, tx, marks) }},
	} {
		if *step.n, err = step.do(); err != nil {
			return traces, err
		}
	}
	return traces, nil
}

// forgetAnswers removes the raw pages and failures that name an author. Requests stay: one of them
// may be under way.
func forgetAnswers(ctx context.Context, tx *sql.Conn, author data.AuthorID) error {
	a, err := authorOf(ctx, tx, author)
	if err != nil {
		return err
	}
	urls, err := texts(ctx, tx, selectURLsBy, author[:])
	if err != nil {
		return err
	}
	m := marksOf(a, urls)
	if _, err := forgetPages(ctx, tx, author, m); err != nil {
		return err
	}
	_, err = forgetFaults(ctx, tx, m)
	return err
}

// marks are the texts by which a person is known in what was fetched: in lower case, as they are,
// as JSON writes them and as HTML does.
type marks [][]byte

// marksOf returns the marks of an author. What is shorter than three letters, or a mere number,
// names nobody.
func marksOf(a data.Author, urls []string) marks {
	var all marks
	for _, s := range append([]string{a.Handle, a.Name, a.NativeID, a.URL}, urls...) {
		s = strings.ToLower(strings.TrimSpace(s))
		if utf8.RuneCountInString(s) < 3 || strings.Trim(s, "0123456789") == "" {
			continue
		}
		quoted, _ := json.Marshal(s)
		all = append(all, []byte(s), []byte(html.EscapeString(s)), quoted[1:len(quoted)-1], []byte(escapeASCII(s)), []byte(strings.ReplaceAll(s, "/", `\/`)))
	}
	return all
}

// escapeASCII writes s as JSON encoders do that write ASCII only.
func escapeASCII(s string) string {
	const digits = "0123456789abcdef"
	var b strings.Builder
	for _, r := range s {
		if r < 0x80 || r > 0xffff {
			b.WriteRune(r)
			continue
		}
		b.WriteString(`\u`)
		for shift := 12; shift >= 0; shift -= 4 {
			b.WriteByte(digits[r>>shift&0xf])
		}
	}
	return b.String()
}

func (m marks) in(text []byte) bool {
	text = bytes.ToLower(text)
	for _, mark := range m {
		if bytes.Contains(text, mark) {
			return true
		}
	}
	return false
}

func forgetPages(ctx context.Context, tx *sql.Conn, author data.AuthorID, m marks) (n int, err error) {
	var named []int64
	err = query(ctx, tx, selectPagesOf, func(r scanner) error {
		var num int64
		var url string
		var body []byte
		if err := r.Scan(&num, &url, &body); err != nil {
			return err
		}
		text, err := decompress(body)
		if err != nil || m.in([]byte(url)) || m.in(text) {
			named = append(named, num)
		}
		return nil
	}, author[:])
	for _, num := range named {
		if err == nil {
			_, err = tx.ExecContext(ctx, deletePage, num)
		}
	}
	return len(named), err
}

func forgetTasks(ctx context.Context, tx *sql.Conn, author data.AuthorID, m marks) (n int, err error) {
	type task struct {
		source int64
		key    string
	}
	var named []task
	err = query(ctx, tx, selectTasksOf, func(r scanner) error {
		var t task
		var url, fault string
		err := r.Scan(&t.source, &t.key, &url, &fault)
		if m.in([]byte(t.key + " " + url + " " + fault)) {
			named = append(named, t)
		}
		return err
	}, author[:])
	for _, t := range named {
		if err == nil {
			_, err = tx.ExecContext(ctx, deleteTask, t.source, t.key)
		}
	}
	return len(named), err
}

func forgetFaults(ctx context.Context, tx *sql.Conn, m marks) (n int, err error) {
	var named []data.Failure
	err = query(ctx, tx, selectOpenFail, func(r scanner) error {
		var f data.Failure
		err := r.Scan(&f.Stage, &f.Version, &f.Subject, &f.Reason)
		if m.in([]byte(f.Subject + " " + f.Reason)) {
			named = append(named, f)
		}
		return err
	})
	for _, f := range named {
		if err == nil {
			_, err = tx.ExecContext(ctx, deleteFailure, f.Stage, f.Version, f.Subject)
		}
	}
	return len(named), err
}

// forgetThreads empties the titles and addresses of the threads an author opened: they are the
// author's words. The threads are suppressed, so that a later crawl does not fill them again.
func (db *DB) forgetThreads(ctx context.Context, tx *sql.Conn, author data.AuthorID) (n int, err error) {
	var opened []data.ThreadID
	err = query(ctx, tx, selectOpened, func(r scanner) error {
		var id data.ThreadID
		err := r.Scan((*idColumn)(&id))
		opened = append(opened, id)
		return err
	}, author[:])
	for _, id := range opened {
		if err != nil {
			return n, err
		}
		var r sql.Result
		if r, err = tx.ExecContext(ctx, wipeThread, id[:]); err != nil {
			return n, err
		}
		wiped, _ := r.RowsAffected()
		n += int(wiped)
		err = db.suppressThread(ctx, tx, id)
	}
	if err == nil {
		err = unhearThreads(ctx, tx, opened)
	}
	return n, err
}

// suppressThread keeps the title of a thread out, with whichever post it comes again.
func (db *DB) suppressThread(ctx context.Context, tx *sql.Conn, id data.ThreadID) error {
	if db.o.KeyHash == nil {
		return nil
	}
	return db.suppress(ctx, tx, db.o.KeyHash(data.AuthorID(id)))
}

const (
	selectQuotesBy = `SELECT DISTINCT n.quote FROM post AS p CROSS JOIN need AS n ON n.post = p.id WHERE p.author = ?1 AND n.quote <> ''`
	countNaming    = `SELECT count(*) FROM post AS p CROSS JOIN post_text AS t ON t.num = p.num
WHERE p.author <> ?1 AND p.source = (SELECT source FROM author WHERE id = ?1) AND instr(lower(t.title || ' ' || t.body), ?2) > 0`
)

// KnownBy returns the texts by which an author is known outside of the database, in reports and
// exports: names, addresses of profile and posts, and what was quoted. What is too short to name
// anybody is left out. It also counts the posts of others that call the author by handle.
func (db *DB) KnownBy(ctx context.Context, author data.AuthorID) (all []string, named int, err error) {
	a, err := authorOf(ctx, db.pool, author)
	if err != nil {
		return nil, 0, explain(err)
	}
	urls, err := texts(ctx, db.pool, selectURLsBy, author[:])
	if err != nil {
		return nil, 0, explain(err)
	}
	quotes, err := texts(ctx, db.pool, selectQuotesBy, author[:])
	if err != nil {
		return nil, 0, explain(err)
	}
	for _, s := range append(append([]string{a.Handle, a.Name, a.NativeID, a.URL}, urls...), quotes...) {
		s = strings.TrimSpace(s)
		if utf8.RuneCountInString(s) >= 3 && strings.Trim(s, "0123456789") != "" {
			all = append(all, s)
		}
	}
	called := strings.ToLower(a.Handle)
	if utf8.RuneCountInString(called) < 5 {
		called = "@" + called // short enough to be a word
	}
	if called != "@" {
		err = db.pool.QueryRowContext(ctx, countNaming, author[:], called).Scan(&named)
	}
	return all, named, explain(err)
}
