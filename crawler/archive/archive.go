// Package archive reads posts from files: what a community exported, a mailing list's mbox, a
// data dump. A bad row never stops an import; it is handed to Options.Reject and counted.
//
// A format is one entry in formats and one file with its reader: func(*input, rows) error.
package archive

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"tribu/data"
)

// A Sink stores what an import reads. Each batch is saved in one transaction or not at all; its
// slices are written over afterwards.
type Sink interface {
	Save(ctx context.Context, b data.Batch) (data.Saved, error)
}

// Options say how a file is read. The zero value guesses the format and names the source "import".
type Options struct {
	Source    string                         // for rows that name none; "import" when empty
	Format    string                         // a name in Formats; "" and "auto" look at the file
	Now       func() time.Time               // dates more than a day after it are refused; nil: no such limit
	BatchRows int                            // most rows in one batch; 16000 when 0
	Reject    func(data.Reject) error        // receives each bad row; an error ends the import
	Progress  func(done, bytes, total int64) // rows done, bytes of the file read, its size
}

// A Result counts what an import did.
type Result struct {
	Format   string
	Rows     int // rows read, rejected ones included
	Rejected int
	Unknown  map[string]int // rows per key that no format knows; "…" stands for all after the first 200
	Skipped  map[string]int // rows left out on purpose and not in Rows, per reason: deleted posts, requests not to be archived
	Saved    data.Saved
}

// Import reads the posts of the file at path into sink; a file in which nothing is written has none. On an error everything counted in
// Result.Saved is stored; a *Damaged error says that the file broke off in the middle.
func Import(ctx context.Context, path string, o Options, sink Sink) (Result, error) {
	in, err := open(path)
	if err != nil {
		return Result{}, err
	}
	defer in.close()
	f, err := pick(o.Format, in)
	if errors.Is(err, ErrFormat) && in.blank {
		return Result{}, nil
	}
	if err != nil {
		return Result{}, err
	}
	w := newWriter(ctx, o, in, sink)
	w.result.Format = f.name
	other := lookalike(in.head)
	r, err := w.finish(f.read(in, w))
	if err == nil && r.Rows == 0 && other != "" && other != f.name {
		err = fmt.Errorf("read %s: %w: nothing in it is %s, it looks like %s", path, ErrOther, f.name, other)
	}
	return r, err
}

const (
	defaultBatchRows = 16000    // what they have in common, the pages of indexes and the sync to the disk, costs once
	enoughBytes      = 16 << 20 // of text in one batch
)

// rows is what a format's reader hands its rows to. An error ends the reading.
type rows interface {
	row(line int, r *row) error
	reject(line int, reason, text string) error
	unknown(key string)
	skip(reason string)
}

type writer struct {
	ctx     context.Context
	o       Options
	in      *input
	sink    Sink
	latest  time.Time
	batch   batch
	pending int // rows in it
	bytes   int // of text in it
	result  Result
}

func newWriter(ctx context.Context, o Options, in *input, sink Sink) *writer {
	if o.Source == "" {
		o.Source = "import"
	}
	if o.BatchRows <= 0 {
		o.BatchRows = defaultBatchRows
	}
	latest := time.Unix(1<<62, 0)
	if o.Now != nil {
		latest = o.Now().Add(24 * time.Hour)
	}
	return &writer{ctx: ctx, o: o, in: in, sink: sink, latest: latest, batch: newBatch(), result: Result{Unknown: map[string]int{}, Skipped: map[string]int{}}}
}

// maxUnknown is how many unknown keys are told apart; a file that uses values as keys has millions.
const maxUnknown = 200

func (w *writer) unknown(key string) {
	key = cut(key, rejectTextBytes)
	if _, known := w.result.Unknown[key]; !known && len(w.result.Unknown) >= maxUnknown {
		key = "…"
	}
	w.result.Unknown[key]++
}

func (w *writer) skip(reason string) { w.result.Skipped[reason]++ }

func (w *writer) row(line int, r *row) error {
	w.result.Rows++
	if reason := r.check(w.o.Source, w.latest); reason != "" {
		return w.refuse(line, r.file+reason, r.start())
	}
	w.batch.add(r)
	w.bytes += len(r.Text) + len(r.HTML)
	return w.next()
}

// next counts one more row in the batch and saves it when it is full.
func (w *writer) next() error {
	if w.pending++; w.pending < w.o.BatchRows && w.bytes < enoughBytes {
		return nil
	}
	return w.flush()
}

func (w *writer) reject(line int, reason, text string) error {
	w.result.Rows++
	return w.refuse(line, reason, text)
}

const rejectTextBytes = 200

func (w *writer) refuse(line int, reason, text string) error {
	w.result.Rejected++
	w.batch.Failures = append(w.batch.Failures, data.Failure{Stage: "import", Subject: fmt.Sprintf("%s:%d", filepath.Base(w.in.path), line), Reason: reason})
	if w.o.Reject == nil {
		return w.next()
	}
	r := data.Reject{File: w.in.path, Line: line, Reason: reason, Text: cut(clean(text), rejectTextBytes)}
	if err := w.o.Reject(r); err != nil {
		return fmt.Errorf("record rejected row: %w", err)
	}
	return w.next()
}

// flush saves the batch and begins another.
func (w *writer) flush() error {
	if err := w.ctx.Err(); err != nil || w.pending == 0 {
		return err
	}
	saved, err := w.sink.Save(w.ctx, w.batch.Batch)
	if err != nil {
		return fmt.Errorf("save posts of %s: %w", w.in.path, err)
	}
	w.result.Saved = w.result.Saved.Add(saved)
	w.batch.clear()
	w.pending, w.bytes = 0, 0
	w.progress()
	return nil
}

func (w *writer) progress() {
	if w.o.Progress != nil {
		w.o.Progress(int64(w.result.Rows), w.in.consumed(), w.in.size)
	}
}

func (w *writer) finish(err error) (Result, error) {
	if err != nil && !isDamaged(err) {
		return w.result, err
	}
	if saveErr := w.flush(); saveErr != nil {
		return w.result, saveErr
	}
	w.progress()
	return w.result, w.in.damage(err, w.result.Rows-w.result.Rejected)
}
