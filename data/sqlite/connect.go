package sqlite

import (
	"cmp"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/mattn/go-sqlite3"

	"tribu/data"
)

// oldestLibrary is the first SQLite without known ways to corrupt a WAL database: 3.51.3.
const oldestLibrary = 3051003

const (
	writeParams = "_foreign_keys=on&_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000&_txlock=immediate&_secure_delete=on&_stmt_cache_size=100&_mutex=no"
	readParams  = "mode=ro&_foreign_keys=on&_busy_timeout=5000&_txlock=deferred&_mutex=no"
)

// perConnection holds what the data source name has no word for.
const perConnection = `PRAGMA journal_size_limit = 67108864;
PRAGMA wal_autocheckpoint = 4096;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -`

// newFile sets what a file keeps from its first page on. With pages twice the usual 4 KiB less is
// split, logged and copied where rows come in by the thousand.
const newFile = `PRAGMA page_size = 8192; PRAGMA journal_mode = WAL`

const usualCache = 64 << 20 // bytes of pages

// A connector opens connections without registering a driver: no global state.
type connector struct {
	name   string
	driver *sqlite3.SQLiteDriver
}

func newConnector(path string, o Options) connector {
	params := writeParams
	switch {
	case o.ReadOnly && frozen(path):
		params = readParams + "&immutable=1"
	case o.ReadOnly:
		params = readParams
	}
	setUp := perConnection + strconv.Itoa(cmp.Or(o.CacheBytes, usualCache)>>10)
	return connector{name: dataSource(path, params), driver: &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		_, err := c.Exec(setUp, nil)
		return err
	}}}
}

// layOut writes the first page of an empty file.
func layOut(path string) error {
	c, err := (&sqlite3.SQLiteDriver{}).Open(dataSource(path, ""))
	if err != nil {
		return err
	}
	_, err = c.(*sqlite3.SQLiteConn).Exec(newFile, nil)
	return errors.Join(err, c.Close())
}

// frozen reports whether nobody can be writing to the database at path, and the reader may not put
// the files beside it that SQLite otherwise needs for reading.
func frozen(path string) bool {
	const mayWrite = 2
	for _, beside := range []string{"-wal", "-shm"} {
		if _, err := os.Stat(path + beside); !errors.Is(err, fs.ErrNotExist) {
			return false
		}
	}
	return syscall.Access(filepath.Dir(path), mayWrite) != nil
}

// Connect opens one connection.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	opened, err := c.driver.Open(c.name)
	if err != nil {
		return nil, err
	}
	return connection{opened.(*sqlite3.SQLiteConn)}, nil
}

// A connection hands the cells of many rows to SQLite as they are. database/sql would look at each
// of them, and copy all, for every statement.
type connection struct{ *sqlite3.SQLiteConn }

// cells are the arguments of a statement, as one argument.
type cells []driver.NamedValue

// CheckNamedValue accepts cells and leaves everything else to database/sql.
func (connection) CheckNamedValue(v *driver.NamedValue) error {
	if _, many := v.Value.(cells); many {
		return nil
	}
	return driver.ErrSkip
}

// QueryContext runs a statement with its arguments or with cells.
func (c connection) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	if len(args) == 1 {
		if many, ok := args[0].Value.(cells); ok {
			args = many
		}
	}
	return c.SQLiteConn.QueryContext(ctx, text, args)
}

// Driver returns the driver behind the connections.
func (c connector) Driver() driver.Driver { return c.driver }

// dataSource names the file at path in the form that survives ?, # and % in file names.
func dataSource(path, params string) string {
	escaped := (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
	return "file:" + strings.ReplaceAll(escaped, "?", "%3F") + "?" + params
}

func checkLibrary() error {
	if name, number, _ := sqlite3.Version(); number < oldestLibrary {
		return fmt.Errorf("check SQLite: version %s is too old, 3.51.3 is the oldest that is safe", name)
	}
	return nil
}

// explain turns what SQLite reports into what happened and what it means for the reader.
func explain(err error) error {
	var lite sqlite3.Error
	if err == nil || errors.Is(err, data.ErrDiskFull) || !errors.As(err, &lite) {
		return err
	}
	switch {
	case lite.Code == sqlite3.ErrFull || lite.SystemErrno == syscall.ENOSPC || lite.SystemErrno == syscall.EFBIG:
		return fmt.Errorf("%w: this step was undone, everything before it is kept: %w", data.ErrDiskFull, err)
	case lite.Code == sqlite3.ErrNotADB:
		return fmt.Errorf("the file is not an SQLite database, or its start was overwritten; %w; it was left as it is: %w", data.ErrDamaged, err)
	case lite.Code == sqlite3.ErrCorrupt:
		return fmt.Errorf("%w; it was left as it is: %w", data.ErrDamaged, err)
	case lite.Code == sqlite3.ErrReadonly || lite.Code == sqlite3.ErrCantOpen || lite.Code == sqlite3.ErrPerm:
		return fmt.Errorf("the database or its folder cannot be written: %w: %w", fs.ErrPermission, err)
	case lite.Code == sqlite3.ErrBusy:
		return fmt.Errorf("another process is writing to the database: %w", err)
	}
	return err
}
