package sqlite

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"tribu/data"
)

// A LockFile is the hold of one process on a project.
type LockFile struct{ file *flock.Flock }

// A LockedError says which process on which host has had a project's lock since when; PID is 0 where
// that is not known yet. It wraps data.ErrLocked.
type LockedError struct {
	PID   int       `json:"pid"`
	Host  string    `json:"host"`
	Since time.Time `json:"since"`
}

// Error is in words of logs.
func (e *LockedError) Error() string {
	if e.PID == 0 {
		return data.ErrLocked.Error() + ": it has just been taken by another process"
	}
	return fmt.Sprintf("%v: process %d on %s since %s", data.ErrLocked, e.PID, e.Host, e.Since.Format(time.RFC3339))
}

// Unwrap returns data.ErrLocked.
func (e *LockedError) Unwrap() error { return data.ErrLocked }

// Lock takes the lock beside the database at path, or returns a *LockedError. The operating system
// frees the lock of a process that died.
func Lock(path string, now time.Time) (*LockFile, error) {
	name := path + ".lock"
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return nil, fmt.Errorf("lock project: %w", err)
	}
	file := flock.New(name, flock.SetPermissions(0o600))
	got, err := file.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock project: %w", err)
	}
	if !got {
		return nil, fmt.Errorf("lock project: %w", holder(name))
	}
	if err := writeLockNote(name, now); err != nil {
		file.Unlock()
		return nil, fmt.Errorf("lock project: %w", err)
	}
	return &LockFile{file}, nil
}

// Release gives the lock up. The file stays: removing it would let two processes each lock another.
func (l *LockFile) Release() error {
	if err := os.Truncate(l.file.Path(), 0); err != nil {
		l.file.Unlock()
		return fmt.Errorf("release lock: %w", err)
	}
	if err := l.file.Unlock(); err != nil {
		return fmt.Errorf("release lock: %w", err)
	}
	return nil
}

func writeLockNote(name string, now time.Time) error {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown host"
	}
	note, err := json.Marshal(LockedError{os.Getpid(), host, now.UTC().Truncate(time.Second)})
	if err != nil {
		return err
	}
	return os.WriteFile(name, note, 0o600)
}

// holder is who holds the lock of that name, as far as they have written it down.
func holder(name string) *LockedError {
	var e LockedError
	text, err := os.ReadFile(name)
	if err != nil || json.Unmarshal(text, &e) != nil {
		return &LockedError{}
	}
	return &e
}
