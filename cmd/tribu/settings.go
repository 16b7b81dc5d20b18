package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"tribu/cmd/tribu/config"
	"tribu/crawler"
	"tribu/data"
	"tribu/reports/measure/soft"
	"tribu/tribes"
)

// checkNumbers refuses numbers that no run or report can be made with, at their place in the file.
func (a *app) checkNumbers() error {
	err := a.clusterDefaults().Check()
	switch {
	case err != nil:
	case a.cfg.Cluster.Resolution == config.AutoReal{}:
		return a.mistakeAt("cluster.resolution", errors.New("resolution 0: want a number above 0, or auto"))
	case a.cfg.Customer.ContactCap < 1:
		return a.mistakeAt("customer.contact_cap", errors.New("contact_cap: want at least 1"))
	case a.cfg.Report.MinPeopleTribe < 2:
		return a.mistakeAt("report.min_people_tribe", errors.New("min_people_tribe: want at least 2: one person is no tribe"))
	case a.cfg.Report.MinPeopleTotal < 2:
		return a.mistakeAt("report.min_people_total", errors.New("min_people_total: want at least 2"))
	default:
		return nil
	}
	key := "cluster"
	for _, k := range []string{"need_weight", "resolution", "repeats", "min_tribe", "window"} {
		if strings.HasPrefix(err.Error(), strings.ReplaceAll(k, "_", " ")) {
			key += "." + k
		}
	}
	return a.mistakeAt(key, err)
}

// lang is the project's first language.
func (a *app) lang() data.Lang {
	if len(a.cfg.Languages) == 0 {
		return data.LangEN
	}
	return data.Lang(a.cfg.Languages[0])
}

// clusterDefaults is what tribu.yaml says of every run.
func (a *app) clusterDefaults() tribes.Params {
	set := a.cfg.Cluster
	return tribes.Params{
		Algorithm: tribes.Leiden, Resolution: set.Resolution.Value, AutoResolution: set.Resolution.Auto, NeedWeight: set.NeedWeight.Value, AutoWeight: set.NeedWeight.Auto,
		Window: length(set.Window), HalfLife: time.Duration(set.HalfLife), Seed: set.Seed, Repeats: given(set.Repeats), MinTribe: given(set.MinTribe),
	}
}

// given is a number that was given: none is too few, not the usual number.
func given(n int) int {
	if n == 0 {
		return -1
	}
	return n
}

// length is a span that was given: none is too short, not the usual one.
func length(s config.Span) time.Duration {
	if s == 0 {
		return -1
	}
	return time.Duration(s)
}

// mistakeAt is the problem of a setting that cannot be used, where it was written.
func (a *app) mistakeAt(key string, err error) error {
	if from := a.origin[key]; strings.HasPrefix(from, "TRIBU_") {
		return &problem{code: exitUsage, what: fmt.Sprintf("environment %s: %v", from, err), cause: err}
	}
	m := config.MistakeAt(a.configPath(), key, err.Error())
	return &problem{code: exitUsage, what: m.Error(), excerpt: m.Excerpt, cause: err}
}

// unusable lists what stops a later command: a source that cannot be crawled as it is written, and a
// customer's file that cannot be read. It asks no source.
func (a *app) unusable() (wrong []error) {
	if err := a.checkSources(); err != nil {
		wrong = append(wrong, err)
	}
	if _, err := a.customer(); err != nil {
		wrong = append(wrong, err)
	} else if _, _, err := a.results(); err != nil {
		wrong = append(wrong, err)
	}
	if _, err := customerFile(a, softFile, soft.ReadRegister); err != nil {
		wrong = append(wrong, err)
	}
	if _, err := a.exportFiles(exportFlags{}); err != nil {
		wrong = append(wrong, err)
	}
	return wrong
}

func (a *app) checkSources() error {
	sources, err := a.sources("")
	if err != nil {
		return err
	}
	err = crawler.Check(a.crawlerOptions(sources, crawlOptions{}))
	var wrong *crawler.WrongSource
	if !errors.As(err, &wrong) {
		return configured(err)
	}
	key := fmt.Sprintf("sources[%d]", slices.IndexFunc(a.cfg.Sources, func(s config.Source) bool { return s.Name == wrong.Name }))
	for _, part := range []string{"kind", "url"} {
		if strings.Contains(wrong.Err.Error(), part) {
			key += "." + part
			break
		}
	}
	return a.mistakeAt(key, errors.New(strings.TrimPrefix(wrong.Error(), "open ")))
}

// unreachable says that a contact is none by which anybody can be reached; empty where it is one.
func (a *app) unreachable() string {
	if c := strings.TrimSpace(a.cfg.Crawl.Contact); c != "" && !strings.ContainsAny(c, "@.:") {
		return fmt.Sprintf("nobody can be reached by crawl: {contact: %q}: sites want a mailto: or the address of a page", c)
	}
	return ""
}
