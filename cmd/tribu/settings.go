package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"tribu/cmd/tribu/config"
	"tribu/data"
	"tribu/tribes"
)

// wrongNumbers returns the numbers that no run or report can be made with, at their place in the file.
func (a *app) wrongNumbers() (wrong []error) {
	want := func(is bool, key, message string) {
		if !is {
			wrong = append(wrong, a.mistakeAt(key, errors.New(message)))
		}
	}
	if err := a.clusterDefaults().Check(); err != nil {
		wrong = append(wrong, a.wrongCluster(err))
	} else {
		want(a.cfg.Cluster.Resolution != config.AutoReal{}, "cluster.resolution", "resolution 0: want a number above 0, or auto")
	}
	want(a.cfg.Customer.ContactCap >= 1, "customer.contact_cap", "contact_cap: want at least 1")
	want(a.cfg.Report.MinPeopleTribe >= 2, "report.min_people_tribe", "min_people_tribe: want at least 2: one person is no tribe")
	want(a.cfg.Report.MinPeopleTotal >= 2, "report.min_people_total", "min_people_total: want at least 2")
	return wrong
}

// wrongCluster is the problem of a parameter of runs, where it was written.
func (a *app) wrongCluster(err error) error {
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

// unreachable says that a contact is none by which anybody can be reached; empty where it is one.
func (a *app) unreachable() string {
	if c := strings.TrimSpace(a.cfg.Crawl.Contact); c != "" && !strings.ContainsAny(c, "@.:") {
		return fmt.Sprintf("nobody can be reached by crawl: {contact: %q}: sites want a mailto: or the address of a page", c)
	}
	return ""
}
