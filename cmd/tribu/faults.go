package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"tribu/cmd/tribu/config"
	"tribu/crawler"
	"tribu/reports/measure/soft"
)

// A faults is all that is wrong at once: each is told by itself.
type faults []error

func (f faults) Error() string { return errors.Join(f...).Error() }

// mistakes reads tribu.yaml and returns all that is wrong in it: of a file that cannot be read, the
// first thing that stops it, and then there are no origins.
func (a *app) mistakes() []error {
	var err error
	a.cfg, a.origin, err = config.Load(a.configPath(), a.env)
	var m *config.Mistake
	switch {
	case err == nil:
		return slices.Concat(a.wrongSchedules(), a.wrongNumbers())
	case errors.Is(err, fs.ErrNotExist) && a.configFile != "":
		a.origin = nil
		return faults{&problem{code: exitUsage, what: "there is no file " + a.configFile, next: elsewhere, cause: err}}
	case errors.Is(err, fs.ErrNotExist):
		a.origin = nil
		return faults{&problem{code: exitUsage, what: fmt.Sprintf("there is no tribu project in %s: %s is missing", show(a.dir), filepath.Base(a.configPath())),
			next: a.initCommand(), cause: err}}
	}
	each := []error{err}
	all, several := err.(interface{ Unwrap() []error })
	if several {
		each = all.Unwrap()
	}
	for i, err := range each {
		p := &problem{code: exitUsage, what: err.Error(), cause: err}
		if errors.As(err, &m) {
			p.excerpt = m.Excerpt
		}
		each[i] = p
	}
	if several { // all could be read
		each = slices.Concat(each, a.wrongSchedules(), a.wrongNumbers())
	}
	return each
}

// unusable lists what stops a later command: a source that cannot be crawled as it is written, and a
// customer's file that cannot be read. It asks no source.
func (a *app) unusable() []error { return append(a.wrongSources(), a.unreadFiles()...) }

// wrongSources lists the sources that cannot be crawled as they are written, for each the first reason.
func (a *app) wrongSources() (wrong []error) {
	seen := map[string]bool{}
	for _, s := range a.cfg.Sources {
		if s.Paused || s.Name == "" || s.Kind == "" || s.URL == "" || seen[s.Name] {
			continue
		}
		seen[s.Name] = true
		one, err := a.sources(s.Name)
		if err == nil {
			err = a.checkSource(s.Name, crawler.Check(a.crawlerOptions(one, crawlOptions{})))
		}
		if err != nil && !slices.ContainsFunc(wrong, func(e error) bool { return e.Error() == err.Error() }) {
			wrong = append(wrong, err)
		}
	}
	return wrong
}

// checkSource says where in the file it is that a source called name cannot be crawled.
func (a *app) checkSource(name string, err error) error {
	var wrong *crawler.WrongSource
	if !errors.As(err, &wrong) {
		return configured(err)
	}
	key := fmt.Sprintf("sources[%d]", slices.IndexFunc(a.cfg.Sources, func(s config.Source) bool { return s.Name == name }))
	for _, part := range []string{"kind", "url"} {
		if strings.Contains(wrong.Err.Error(), part) {
			key += "." + part
			break
		}
	}
	return a.mistakeAt(key, errors.New(strings.TrimPrefix(wrong.Error(), "open ")))
}

// unreadFiles lists the customer's files that cannot be read.
func (a *app) unreadFiles() (wrong []error) {
	before := a.lacking
	a.lacking = map[string]string{}
	defer func() { a.lacking = before }()
	_, customer := a.customer()
	_, _, plans := a.results()
	_, register := customerFile(a, softFile, soft.ReadRegister)
	_, lists := a.exportFiles(exportFlags{})
	for _, err := range []error{customer, plans, register, lists} {
		if err != nil && !slices.ContainsFunc(wrong, func(e error) bool { return e.Error() == err.Error() }) {
			wrong = append(wrong, err)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(a.lacking)) {
		wrong = append(wrong, &problem{code: exitUsage, what: fmt.Sprintf("%s: %s", path, a.lacking[path]), next: "mend the file, or take it out of the folder"})
	}
	return wrong
}

// unsaid lists the secrets of letters and calls that are not there now, in words that hold none.
func (a *app) unsaid() (lacking []string) {
	set := a.cfg.Notify
	for _, one := range []struct {
		key string
		of  config.Secret
	}{{"notify.email.user", set.Email.User}, {"notify.email.password", set.Email.Password}, {"notify.webhook.url", set.Webhook.URL}} {
		if _, err := one.of.Reveal(a.env, a.path); err != nil {
			lacking = append(lacking, fmt.Sprintf("%s: %s: nothing is sent without it", one.key, plain(err)))
		}
	}
	return lacking
}

// explainAll tells several faults, one after the other; as JSON, as one object. It returns the exit code.
func (a *app) explainAll(ctx context.Context, all faults) int {
	code := exitFailed
	var p *problem
	if errors.As(all[0], &p) {
		code = p.code
	}
	if !a.json {
		for _, err := range all {
			a.explain(ctx, err)
		}
		return code
	}
	type one struct {
		Message string `json:"message"`
		Next    string `json:"next"`
	}
	var told []one
	for _, err := range all {
		told = append(told, one{a.located(plain(err)), a.located(nextOf(err, ""))})
	}
	_ = json.NewEncoder(a.err).Encode(map[string]any{"error": map[string]any{
		"code": code, "message": fmt.Sprintf("%s; the first: %s", count(len(told), "mistake"), told[0].Message), "kept": "", "next": "correct each", "all": told,
	}})
	return code
}
