package nlp

import (
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
	// SaveAnnotations stores a batch in one transaction.
	SaveAnnotations(ctx context.Context, annotations []data.Annotation, failures []data.Failure) error
}

// Options tune Run. The zero value works.
type Options struct {
	Config   Config
	Analyzer *Analyzer       // used instead of Config where set
	Batch    int             // posts per transaction; 0 means 300
	Workers  int             // posts analysed at once; 0 means one per CPU
	Progress func(posts int) // called after each batch with the number of posts done
}

// A Summary counts what Run did.
type Summary struct {
	Posts  int // analysed and saved
	Failed int // given up, each with a failure row
	Needs  int
}

// Run analyses every post that has no annotation of the analyzer's version, in the order of the corpus.
// Stopped by ctx, it has saved whole batches and can be run again.
func Run(ctx context.Context, o Options, c Corpus) (Summary, error) {
	var sum Summary
	a, err := o.analyzer()
	if err != nil {
		return sum, err
	}
	size := o.Batch
	if size <= 0 {
		size = 300
	}
	batch := make([]data.Post, 0, size)
	for p, err := range c.Unanalysed(ctx, a.version) {
		if err != nil {
			return sum, fmt.Errorf("read posts: %w", err)
		}
		if batch = append(batch, p); len(batch) < size {
			continue
		}
		if err := o.save(ctx, a, c, batch, &sum); err != nil {
			return sum, err
		}
		batch = batch[:0]
	}
	return sum, o.save(ctx, a, c, batch, &sum)
}

func (o Options) analyzer() (*Analyzer, error) {
	if o.Analyzer != nil {
		return o.Analyzer, nil
	}
	return New(o.Config)
}

// save analyses and stores one batch.
func (o Options) save(ctx context.Context, a *Analyzer, c Corpus, batch []data.Post, sum *Summary) error {
	if len(batch) == 0 {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	annotations, failures := a.AnalyzeAll(batch, o.Workers)
	if err := c.SaveAnnotations(ctx, annotations, failures); err != nil {
		return fmt.Errorf("save annotations: %w", err)
	}
	sum.Posts += len(annotations)
	sum.Failed += len(failures)
	for _, n := range annotations {
		sum.Needs += len(n.Needs)
	}
	if o.Progress != nil {
		o.Progress(sum.Posts + sum.Failed)
	}
	return nil
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
