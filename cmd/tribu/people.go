package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tribu/data"
	"tribu/data/sqlite"
	"tribu/reports/export"
)

func newPeople(a *app) *cobra.Command {
	c := &cobra.Command{Use: "people", Short: "Look at a person, or let one go"}
	source := c.PersistentFlags().String("source", "", "source of the person, where a name is known in several")
	var run string
	show := &cobra.Command{Use: "show AUTHOR", Short: "What is known of a person, by handle, name, profile address or id", Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
		return a.read(c.Context(), func(db *sqlite.DB) error { return a.peopleShow(c.Context(), db, run, *source, args[0]) })
	}}
	why := &cobra.Command{Use: "why AUTHOR", Short: "Why a person is in their tribe: strongest ties and needs", Args: cobra.ExactArgs(1), RunE: func(c *cobra.Command, args []string) error {
		return a.read(c.Context(), func(db *sqlite.DB) error { return a.peopleWhy(c.Context(), db, run, *source, args[0]) })
	}}
	for _, c := range []*cobra.Command{show, why} {
		c.Flags().StringVar(&run, "run", "", "`RUN`, by id or name (default the newest of the main line)")
	}
	c.AddCommand(show, why)
	for _, p := range partings() {
		c.AddCommand(newParting(a, p, source))
	}
	return c
}

// author returns the one person that who names: a handle, an address, an id, a member_id.
func (a *app) author(ctx context.Context, db *sqlite.DB, source, who string) (data.Author, error) {
	found, err := a.authors(ctx, db, source, who)
	if exact := spelt(found, who); len(exact) > 0 {
		found = exact
	}
	switch {
	case err != nil:
		return data.Author{}, err
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		next := "name one by its id"
		if found[0].Source != found[len(found)-1].Source {
			next = "name one with --source, or by its id"
		}
		return data.Author{}, &problem{code: exitUsage, what: fmt.Sprintf("%q could be %s", who, either(found)), next: next}
	}
	unknown := &problem{code: exitUsage, what: fmt.Sprintf("nobody is known as %q", who), cause: data.ErrNotFound,
		next: "give a handle, the address of a profile, or an id; people who opted out are not known any more"}
	if called, err := db.FindAuthorsNamed(ctx, source, who); err == nil && len(called) > 0 {
		unknown.next = fmt.Sprintf("a display name can be anybody's; if you mean %s, give that", either(called))
	}
	return data.Author{}, unknown
}

// knownSource refuses a source of which nothing was ever collected; none is asked for where it is empty.
func knownSource(ctx context.Context, db *sqlite.DB, source string) error {
	all, err := db.SourceStates(ctx)
	if err != nil || source == "" || slices.ContainsFunc(all, func(s data.SourceState) bool { return s.Name == source }) {
		return err
	}
	return usage("there is no source %q", source).then("tribu source list names them")
}

// spelt returns those of found whose handle, or else id at the source, is spelt as who is.
func spelt(found []data.Author, who string) (exact []data.Author) {
	bare := strings.TrimPrefix(strings.TrimSpace(who), "@")
	for _, a := range found {
		if cmp.Or(a.Handle, a.NativeID) == bare {
			exact = append(exact, a)
		}
	}
	return exact
}

// authorOrNamed returns the one person that who names, a display name included.
func (a *app) authorOrNamed(ctx context.Context, db *sqlite.DB, source, who string) (data.Author, error) {
	if err := knownSource(ctx, db, source); err != nil {
		return data.Author{}, err
	}
	found, err := a.author(ctx, db, source, who)
	if !errors.Is(err, data.ErrNotFound) {
		return found, err
	}
	called, findErr := db.FindAuthorsNamed(ctx, source, who)
	switch {
	case findErr != nil && !errors.Is(findErr, data.ErrNotFound):
		return data.Author{}, findErr
	case len(called) == 0:
		return data.Author{}, nearby(ctx, db, who, err)
	case len(called) > 1:
		return data.Author{}, &problem{code: exitUsage, what: fmt.Sprintf("%q could be %s", who, either(called)), next: "name one by that, or by its id"}
	}
	return called[0], nil
}

// nearby adds to err, which says that nobody has that name, a few who are called nearly so.
func nearby(ctx context.Context, db *sqlite.DB, who string, err error) error {
	var unknown *problem
	part := strings.ToLower(who)
	if len(part) < 3 || !errors.As(err, &unknown) {
		return err
	}
	var near []string
	for author, err := range db.Authors(ctx) {
		if err != nil || len(near) == 3 {
			break
		}
		if strings.Contains(strings.ToLower(author.Name), part) || strings.Contains(strings.ToLower(author.Handle), part) {
			near = append(near, strings.TrimSpace(fmt.Sprintf("%s (%s)", cmp.Or(author.Name, author.Handle), cmp.Or(author.Handle, author.ID.String()))))
		}
	}
	if len(near) > 0 {
		unknown.next = "did you mean " + strings.Join(near, ", or ") + "?"
	}
	return unknown
}

func either(found []data.Author) string {
	var places []string
	for _, f := range found {
		places = append(places, fmt.Sprintf("%s in %s (%s)", cmp.Or(f.Handle, f.NativeID), f.Source, f.ID))
	}
	return strings.Join(places, ", or ")
}

// authors returns those whom a source, or the project, knows by that handle, address or id, or by
// how their id begins.
func (a *app) authors(ctx context.Context, db *sqlite.DB, source, who string) ([]data.Author, error) {
	found, err := db.FindAuthors(ctx, source, who)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return nil, err
	}
	if len(found) > 0 {
		return found, nil
	}
	if found, err = a.byMemberID(ctx, db, who); err != nil || len(found) > 0 {
		return found, err
	}
	return db.FindAuthorsByStart(ctx, source, who)
}

// byMemberID looks who is exported under that id.
func (a *app) byMemberID(ctx context.Context, db *sqlite.DB, who string) ([]data.Author, error) {
	key, err := a.secret()
	wanted := strings.ToLower(strings.TrimSpace(who))
	if err != nil || len(wanted) != len(export.MemberID(key, data.AuthorID{})) {
		return nil, nil
	}
	for author, err := range db.Authors(ctx) {
		if err != nil {
			return nil, err
		}
		if export.MemberID(key, author.ID) == wanted {
			return []data.Author{author}, nil
		}
	}
	return nil, nil
}
