package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports"
	"tribu/reports/notify"
)

func newNotify(a *app) *cobra.Command {
	c := &cobra.Command{Use: "notify", Short: "Tell people of new reports"}
	c.AddCommand(&cobra.Command{Use: "test", Short: "Send the newest report's five lines now, to see whether they arrive", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return a.read(c.Context(), func(db *sqlite.DB) error { return a.notifyTest(c.Context(), db) })
		}})
	return c
}

func (a *app) notifies() bool {
	return len(a.cfg.Notify.Email.To) > 0 || a.cfg.Notify.Webhook.URL != ""
}

func (a *app) notifyTest(ctx context.Context, db *sqlite.DB) error {
	if !a.notifies() {
		return &problem{code: exitUsage, what: "tribu.yaml names nobody to notify", next: `add notify: {email: {to: [you@example.org], smtp: "smtp.example.org:587"}, webhook: {url: "env:TRIBU_WEBHOOK"}}, or one of the two, to ` + a.configPath()}
	}
	r, err := db.Latest(ctx, time.Time{})
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return err
	}
	project := cmp.Or(a.project(), "tribu.yaml")
	letter := reports.Letter{Project: project, Subject: project + ": tribu can reach you", Headline: "tribu can reach you.",
		Text: "tribu can reach you. There is no report yet.\n", HTML: "<p>tribu can reach you. There is no report yet.</p>\n"}
	if err == nil {
		if letter, err = a.letter(ctx, db, r.ID); err != nil {
			return err
		}
	}
	sent, failed := a.send(ctx, letter)
	if len(failed) > 0 {
		code := exitFailed
		if len(sent) > 0 {
			code = exitGaps
		}
		return &problem{code: code, what: strings.Join(failed, "; "), kept: sentence("sent", sent), next: "mend notify in " + a.configPath() + ", then tribu notify test"}
	}
	return a.result("notify.test", map[string]any{"sent": sent}, nil, func(w io.Writer) {
		if len(sent) > 0 && !a.quiet {
			fmt.Fprintln(w, sentence("sent", sent))
		}
	})
}

func sentence(verb string, all []string) string {
	if len(all) == 0 {
		return ""
	}
	return verb + " " + strings.Join(all, " and ")
}

func (a *app) letter(ctx context.Context, db *sqlite.DB, run string) (reports.Letter, error) {
	o, err := a.tells()
	if err != nil {
		return reports.Letter{}, err
	}
	set := a.cfg.Notify
	o.Published, o.Contact = set.Reports, set.Email.From
	from, err := a.telling(ctx, db, false)
	if err != nil {
		return reports.Letter{}, err
	}
	return reports.ReadLetter(ctx, from, run, a.lang(), o)
}

// send sends a letter wherever tribu.yaml says; it returns what was sent and what was not, in words
// that hold no secret.
func (a *app) send(ctx context.Context, l reports.Letter) (sent, failed []string) {
	note := func(what string, err error) {
		if err != nil {
			failed = append(failed, plain(err))
			return
		}
		sent = append(sent, what)
	}
	if mail := a.cfg.Notify.Email; len(mail.To) > 0 {
		what := "e-mail to " + strings.Join(mail.To, ", ")
		if a.dryRun {
			a.log("notify", "would send %s", what)
		} else {
			note(what, a.mail(ctx, l))
		}
	}
	if a.cfg.Notify.Webhook.URL != "" {
		if a.dryRun {
			a.log("notify", "would call the webhook %s", string(a.cfg.Notify.Webhook.URL))
		} else {
			note("a call to the webhook", a.hook(ctx, l))
		}
	}
	return sent, failed
}

func (a *app) mail(ctx context.Context, l reports.Letter) error {
	set := a.cfg.Notify.Email
	user, err := set.User.Reveal(a.env, a.path)
	if err != nil {
		return err
	}
	password, err := set.Password.Reveal(a.env, a.path)
	if err != nil {
		return err
	}
	return notify.Outbox{Server: set.SMTP, User: user, Password: password, From: set.From, To: set.To, Now: a.now()}.Mail(ctx, l)
}

func (a *app) hook(ctx context.Context, l reports.Letter) error {
	url, err := a.cfg.Notify.Webhook.URL.Reveal(a.env, a.path)
	if err != nil {
		return err
	}
	return notify.Hook{URL: url}.Post(ctx, l)
}

// notify tells of the report of a run. What cannot be sent is a gap: the report is there.
func (a *app) notify(ctx context.Context, db *sqlite.DB, run, report string) error {
	if !a.notifies() {
		return nil
	}
	letter, err := a.letter(ctx, db, run)
	if err != nil {
		return err
	}
	sent, failed := a.send(ctx, letter)
	if len(sent) > 0 {
		a.log("notify", "%s", sentence("sent", sent))
	}
	if len(failed) > 0 {
		return &problem{code: exitGaps, what: strings.Join(failed, "; "), kept: "the report " + report, next: "mend notify in " + a.configPath() + ", then tribu notify test"}
	}
	return nil
}
