package nlp

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"runtime"
	"sync"

	"tribu/data"
)

// A Corpus is where posts come from and annotations go to.
type Corpus interface {
	// Unanalysed returns the posts without an annotation of version.
	Unanalysed(ctx context.Context, version string) iter.Seq2[data.Post, error]
	// Unsettled returns, in pages, the posts that version heard in another language than lend lends them now,
	// with that as their Prior. Lend is told how many posts of the author, and of the thread, are in which
	// language by their own words or by their source's. What is heard in a page is saved before the next is asked for.
	Unsettled(ctx context.Context, version string, lend func(author, thread map[data.Lang]int) data.Lang) iter.Seq2[[]data.Post, error]
	// SaveAnnotations stores a batch in one transaction.
	SaveAnnotations(ctx context.Context, annotations []data.Annotation, failures []data.Failure) error
}

// Options tune Run. The zero value works.
type Options struct {
	Config   Config
	Batch    int             // posts per transaction; 0 means 300
	Workers  int             // posts analysed at once; 0 means one per CPU
	Progress func(posts int) // called after each batch with the number of posts done
}

// A Summary counts what Run did.
type Summary struct {
	Posts  int // analysed and saved
	Failed int // given up, each with a failure row
	Needs  int // in Posts as they were first heard
}

// A hearing is one call of Run.
type hearing struct {
	Options
	to       Corpus
	version  string
	analyzer *Analyzer // nil until there is something to hear
}

// Run analyses every post that has no annotation of the configuration's version, in the order of the
// corpus, and hears those again whose words leave doubt about their language and that are lent another one
// since: what is heard depends on neither the order nor the batches in which posts come.
// Stopped by ctx, it has saved whole batches and can be run again.
func Run(ctx context.Context, o Options, c Corpus) (Summary, error) {
	h := hearing{Options: o, to: c, version: o.Config.Version()}
	sum, err := h.first(ctx)
	if err != nil {
		return sum, err
	}
	for page, err := range c.Unsettled(ctx, h.version, lend) {
		if err != nil {
			return sum, fmt.Errorf("read posts: %w", err)
		}
		if _, err := h.save(ctx, page); err != nil {
			return sum, err
		}
	}
	return sum, nil
}

// first hears the posts that are new.
func (h *hearing) first(ctx context.Context) (sum Summary, err error) {
	size := cmp.Or(max(h.Batch, 0), 300)
	batch := make([]data.Post, 0, size)
	flush := func() error {
		s, err := h.save(ctx, batch)
		sum.Posts, sum.Failed, sum.Needs = sum.Posts+s.Posts, sum.Failed+s.Failed, sum.Needs+s.Needs
		if err == nil && h.Progress != nil && len(batch) > 0 {
			h.Progress(sum.Posts + sum.Failed)
		}
		batch = batch[:0]
		return err
	}
	for p, err := range h.to.Unanalysed(ctx, h.version) {
		if err != nil {
			return sum, fmt.Errorf("read posts: %w", err)
		}
		if batch = append(batch, p); len(batch) < size {
			continue
		}
		if err := flush(); err != nil {
			return sum, err
		}
	}
	err = flush()
	return sum, err
}

// save analyses and stores one batch.
func (h *hearing) save(ctx context.Context, batch []data.Post) (sum Summary, err error) {
	if len(batch) == 0 {
		return sum, nil
	}
	if err := ctx.Err(); err != nil {
		return sum, err
	}
	if h.analyzer == nil {
		if h.analyzer, err = New(h.Config); err != nil {
			return sum, err
		}
	}
	annotations, failures := h.analyzer.AnalyzeAll(batch, h.Workers)
	if err := h.to.SaveAnnotations(ctx, annotations, failures); err != nil {
		return sum, fmt.Errorf("save annotations: %w", err)
	}
	sum = Summary{Posts: len(annotations), Failed: len(failures)}
	for _, n := range annotations {
		sum.Needs += len(n.Needs)
	}
	return sum, nil
}

// AnalyzeAll analyses posts, workers at a time (0: one per CPU), and returns the annotations in
// the order of posts, and a failure for each that has none.
func (a *Analyzer) AnalyzeAll(posts []data.Post, workers int) ([]data.Annotation, []data.Failure) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	all := make([]data.Annotation, len(posts))
	errs := make([]error, len(posts))
	var group sync.WaitGroup
	for w := range min(workers, len(posts)) {
		group.Go(func() {
			for i := w; i < len(posts); i += workers {
				all[i], errs[i] = a.Analyze(posts[i])
			}
		})
	}
	group.Wait()
	annotations := make([]data.Annotation, 0, len(posts))
	var failures []data.Failure
	for i, err := range errs {
		if err != nil {
			failures = append(failures, data.Failure{Stage: "analyse", Version: a.version, Subject: posts[i].ID.String(), Reason: err.Error()})
			continue
		}
		annotations = append(annotations, all[i])
	}
	return annotations, failures
}
