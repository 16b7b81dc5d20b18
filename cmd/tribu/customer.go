package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports"
	"tribu/reports/measure"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/experiment"
)

// customerPath returns where one of the customer's own files is.
func (a *app) customerPath(name string) string {
	return filepath.Join(a.path(a.cfg.Customer.Dir), name)
}

// ownFile is customerFile for a file of the folder that is written back whole: what could not be read would be lost.
func ownFile[T any](a *app, name string, read func(io.Reader) ([]T, []data.Reject, error)) ([]T, error) {
	return customerFile(a, name, func(in io.Reader) ([]T, []data.Reject, error) {
		all, bad, err := read(in)
		if err == nil && len(bad) > 0 {
			return nil, nil, &problem{code: exitUsage, what: name + " cannot be read in full: " + bad[0].Reason}
		}
		return all, nil, err
	})
}

// writeCustomer writes one of the customer's own files.
func (a *app) writeCustomer(name string, write func(io.Writer) error) error {
	path := a.customerPath(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return a.fileProblem(path, err)
	}
	return writeFile(a, path, write)
}

// customer reads what the report tells of the customer.
func (a *app) customer() (c reports.Customer, err error) {
	c.Makers = a.cfg.Makers
	if c.Goals, err = customerFile(a, "goals.csv", customer.Goals); err != nil {
		return c, err
	}
	c.Adopted, err = customerFile(a, "cpis.csv", cpi.ReadAdopted)
	return c, err
}

// listen lays out a run for measuring.
func (a *app) listen(ctx context.Context, db *sqlite.DB, run string) (*measure.Reading, error) {
	r, err := a.record(ctx, db, run)
	if err != nil {
		return nil, err
	}
	story, err := decided{db}.Story(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	reading, err := reports.Listen(ctx, db, story, a.cfg.Makers)
	if err == nil && reading.Words == nil {
		a.warn("the weeks of run %s hold more than %d posts: only what needs quote was read", r.ID, reports.MostPosts)
	}
	return reading, err
}

// results reads every registered experiment whose deadline has passed.
func (a *app) results() (plans []experiment.Plan, results map[string]experiment.Result, err error) {
	if plans, err = customerFile(a, "hypotheses.csv", experiment.ReadPlans); err != nil || len(plans) == 0 {
		return plans, nil, err
	}
	seen, err := customerFile(a, "experiments.csv", customer.Observations)
	if err != nil {
		return plans, nil, err
	}
	results = map[string]experiment.Result{}
	for _, p := range plans {
		r, err := experiment.Check(p, seen, a.now(), false)
		if errors.Is(err, experiment.ErrPeeking) {
			continue
		}
		if err != nil {
			return plans, nil, err
		}
		results[p.ID] = r
	}
	return plans, results, nil
}

// confirmed reports whether an experiment showed that an outcome moves a KPI.
func (a *app) confirmed(outcome string) (bool, error) {
	plans, results, err := a.results()
	if err != nil {
		return false, err
	}
	return experiment.ConfirmedCPIs(experiment.Graph(plans, results, a.now()))[outcome], nil
}

// outcomeNamed returns the outcome of that key.
func outcomeNamed(all []cpi.Outcome, key string) (cpi.Outcome, error) {
	i := slices.IndexFunc(all, func(o cpi.Outcome) bool { return o.String() == key })
	if i < 0 {
		return cpi.Outcome{}, &problem{code: exitUsage, what: "no outcome \"" + key + "\" was heard in the window", next: "tribu cpi list"}
	}
	return all[i], nil
}
