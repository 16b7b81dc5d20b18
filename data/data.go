// Package data is the vocabulary every stage speaks: posts and the people who wrote them, what was
// heard in them, the tribes they form, and the runs that found those tribes. It holds types and
// the few rules that belong to them, imports the standard library only, and does no I/O.
package data

import "errors"

var (
	// ErrNotFound says that the store holds nothing under the name asked for.
	ErrNotFound = errors.New("not found")
	// ErrLocked says that another process holds the project's lock.
	ErrLocked = errors.New("another run holds the lock")
	// ErrDamaged says that the database cannot be read as one.
	ErrDamaged = errors.New("the database is damaged")
	// ErrSeveral says that the start of an id is that of more than one.
	ErrSeveral = errors.New("several begin with it")
	// ErrPastSchema says that an older tribu wrote this database: it has to be migrated.
	ErrPastSchema = errors.New("database was written by an older version")
	// ErrFutureSchema says that a newer tribu wrote this database.
	ErrFutureSchema = errors.New("database was written by a newer version")
	// ErrDiskFull says that there is no room left for the database.
	ErrDiskFull = errors.New("the disk is full")
	// ErrTooFew says that there is too little data to form tribes.
	ErrTooFew = errors.New("too little data for tribes")
)
