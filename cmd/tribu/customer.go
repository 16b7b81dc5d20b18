package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"tribu/cmd/tribu/config"
	"tribu/data"
	"tribu/data/sqlite"
	"tribu/nlp"
	"tribu/reports"
	"tribu/reports/measure"
	"tribu/reports/measure/cpi"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/experiment"
	"tribu/reports/measure/signs"
)

// customerPath returns where one of the customer's own files is.
func (a *app) customerPath(name string) string {
	return filepath.Join(a.path(a.cfg.Customer.Dir), name)
}

// customerFiles are the names of the files of the customer's folder that are read or written.
func customerFiles() []string {
	return []string{"handles.csv", "goals.csv", "cpi_obs.csv", "crm.csv", "transactions.csv", "value_delivered.csv", "events.csv", observedFile,
		"clients.csv", "optout.csv", "own_contacts.csv", "cpis.csv", plansFile, peeksFile, softFile}
}

// warnOfStrangers names the tables in the customer's folder that nothing reads.
func (a *app) warnOfStrangers() {
	found, _ := os.ReadDir(a.path(a.cfg.Customer.Dir))
	for _, f := range found {
		name, hint := f.Name(), ""
		if filepath.Ext(name) != ".csv" || slices.Contains(customerFiles(), name) {
			continue
		}
		if near := config.Nearest(name, customerFiles()); near != "" {
			hint = fmt.Sprintf("; did you mean %s?", near)
		}
		a.warn("%s is not read: no file of that name is known%s", a.customerPath(name), hint)
	}
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
	return putFile(a, path, write)
}

// customer reads what the report tells of the customer.
func (a *app) customer() (c reports.Customer, err error) {
	c.Names, c.WantedImage, c.Mood, c.Precision = a.cfg.Brand.Names, a.cfg.Brand.WantedImage, moodAccuracy, motivePrecision()
	if c.Makers, err = a.makers(); err != nil {
		return c, err
	}
	if c.Books, err = a.books(); err != nil {
		return c, err
	}
	if c.Consent, err = customerFile(a, "clients.csv", customer.People); err != nil {
		return c, err
	}
	if c.Goals, err = customerFile(a, "goals.csv", customer.Goals); err != nil {
		return c, err
	}
	c.Adopted, err = customerFile(a, "cpis.csv", cpi.ReadAdopted)
	return c, err
}

// books reads what the customer's files say of those who buy; every file may be missing.
func (a *app) books() (b cpi.Books, err error) {
	if b.Scores, err = customerFile(a, "cpi_obs.csv", customer.Scores); err != nil {
		return b, err
	}
	if b.Clients, err = customerFile(a, "crm.csv", customer.Clients); err != nil {
		return b, err
	}
	if b.Sales, err = customerFile(a, "transactions.csv", customer.Sales); err != nil {
		return b, err
	}
	if b.Delivered, err = customerFile(a, "value_delivered.csv", customer.Deliveries); err != nil {
		return b, err
	}
	accounts, err := customerFile(a, "handles.csv", customer.Accounts)
	for _, x := range accounts {
		if x.Kind == "competitor" {
			b.Rivals = append(b.Rivals, x.Handle)
		}
	}
	return b, err
}

// booksOf reads what the customer's files say, and which of authors are in them.
func (a *app) booksOf(authors map[data.AuthorID]data.Author) (cpi.Books, error) {
	b, err := a.books()
	b.Known = cpi.Clients(b.Clients, authors)
	return b, err
}

// moodAccuracy is how often polarity is read right on labelled posts, at the least.
const moodAccuracy = 0.54

// motivePrecision returns how often each motive that needs record is there, on labelled posts.
func motivePrecision() map[signs.Sign]float64 {
	out := make(map[signs.Sign]float64)
	for _, m := range signs.Motives() {
		out[m] = nlp.MotivePrecision(string(m))
	}
	return out
}

// makers returns the accounts that speak for companies: those of the configuration, and the official
// ones and the team's of handles.csv.
func (a *app) makers() ([]string, error) {
	accounts, err := customerFile(a, "handles.csv", customer.Accounts)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(a.cfg.Makers)
	for _, x := range accounts {
		if x.Kind != "competitor" {
			out = append(out, x.Handle)
		}
	}
	return out, nil
}

// notPeople returns the ids of the authors who speak for a company, ours, theirs or another's: those of
// the settings and all of handles.csv. They belong to no tribe.
func (a *app) notPeople(ctx context.Context, db *sqlite.DB) ([]string, error) {
	accounts, err := customerFile(a, "handles.csv", customer.Accounts)
	if err != nil {
		return nil, err
	}
	names := slices.Clone(a.cfg.Makers)
	for _, x := range accounts {
		names = append(names, x.Handle)
	}
	found, err := authorsCalled(ctx, db, names)
	var out []string
	for id := range found {
		out = append(out, id.String())
	}
	slices.Sort(out)
	return out, err
}

// authorsCalled returns the authors who go by one of names.
func authorsCalled(ctx context.Context, db *sqlite.DB, names []string) (map[data.AuthorID]bool, error) {
	if len(names) == 0 {
		return nil, nil
	}
	all := make(map[data.AuthorID]data.Author)
	for author, err := range db.Authors(ctx) {
		if err != nil {
			return nil, err
		}
		all[author.ID] = author
	}
	return measure.Makers(all, names), nil
}

// listen lays out a run for measuring.
func (a *app) listen(ctx context.Context, db *sqlite.DB, run string) (*measure.Reading, error) {
	reading, _, err := a.hear(ctx, db, run)
	return reading, err
}

// hear lays out a run for measuring, and says who its authors are.
func (a *app) hear(ctx context.Context, db *sqlite.DB, run string) (*measure.Reading, map[data.AuthorID]data.Author, error) {
	r, err := a.record(ctx, db, run)
	if err != nil {
		return nil, nil, err
	}
	from, err := a.telling(ctx, db, false)
	if err != nil {
		return nil, nil, err
	}
	story, err := from.Story(ctx, r.ID)
	if err != nil {
		return nil, nil, err
	}
	makers, err := a.makers()
	if err != nil {
		return nil, nil, err
	}
	reading, err := reports.Listen(ctx, from, story, makers)
	if err == nil {
		a.unread(reading, r.ID)
	}
	return reading, story.Authors, err
}

// unread says where only a part of what was written has been read.
func (a *app) unread(r *measure.Reading, run string) {
	if r.Words == nil {
		a.warn("the weeks of run %s hold more than %s posts: only what needs quote was read", run, thousands(reports.MostPosts))
	}
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

// outcomeNamed returns the outcome of that key or name.
func outcomeNamed(all []cpi.Outcome, name string) (cpi.Outcome, error) {
	o, ok := cpi.Find(all, name)
	if !ok {
		return o, &problem{code: exitUsage, what: "no outcome \"" + name + "\" was heard in the window", next: "tribu cpi list"}
	}
	return o, nil
}
