// Package sample is the bundled community: an invented bilingual forum about growing food where
// there is little room, eight weeks of it, kept as text a person can read and edit, and a server
// that replays it the way a Discourse forum would show it to visitors.
//
// A file of people holds one person a line, "handle | name | languages | age | city | gender |
// who they are". A file of posts holds threads, "=== title | place", each with its posts,
// "--- handle | 2026-05-06 21:14 | > handle answered", the text below. Lines of "#" before the
// first thread or between threads are comments. Times are local to Location.
package sample

import (
	"bufio"
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"
)

//go:embed people/*.txt community/*.txt
var files embed.FS

// A Person is one account of the community. Age, City and Gender are for whoever edits the files:
// they are never served, so that nothing downstream can use them.
type Person struct {
	Handle, Name, Langs, Age, City, Gender, Note string
	File                                         string
}

// A Post is one message. Topic and ID count from 1 in the order of time.
type Post struct {
	ID, Topic, Number int
	ReplyTo           int // number within the topic; 0: to nobody in particular
	Author            Person
	At                time.Time
	Text              string
}

// A Topic is one thread.
type Topic struct {
	ID    int
	Title string
	Place string
	File  string
	Posts []Post // by Number, which is the order of time
}

// A Community is everybody and everything they wrote.
type Community struct {
	People []Person
	Topics []Topic // by ID
	Posts  []Post  // by ID
}

// Location is the time zone the community lives in.
func Location() (*time.Location, error) { return time.LoadLocation("Europe/Rome") }

// Load reads the bundled files. An error names the file and line at fault.
func Load() (Community, error) { return load(files) }

func load(fsys fs.FS) (Community, error) {
	loc, err := Location()
	if err != nil {
		return Community{}, fmt.Errorf("load time zone: %w", err)
	}
	var c Community
	byHandle := map[string]Person{}
	err = eachFile(fsys, "people", func(name string, lines []string) error {
		return readPeople(name, lines, byHandle, &c)
	})
	if err != nil {
		return Community{}, err
	}
	err = eachFile(fsys, "community", func(name string, lines []string) error {
		r := threadReader{file: name, loc: loc, people: byHandle}
		topics, err := r.read(lines)
		c.Topics = append(c.Topics, topics...)
		return err
	})
	if err != nil {
		return Community{}, err
	}
	c.number()
	return c, nil
}

func eachFile(fsys fs.FS, dir string, read func(name string, lines []string) error) error {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return fmt.Errorf("list %s: %w", dir, err)
	}
	for _, e := range entries {
		body, err := fs.ReadFile(fsys, dir+"/"+e.Name())
		if err != nil {
			return fmt.Errorf("read %s: %w", e.Name(), err)
		}
		var lines []string
		for s := bufio.NewScanner(strings.NewReader(string(body))); s.Scan(); {
			lines = append(lines, strings.TrimRight(s.Text(), " \t\r"))
		}
		if err := read(e.Name(), lines); err != nil {
			return err
		}
	}
	return nil
}

func readPeople(file string, lines []string, byHandle map[string]Person, c *Community) error {
	for i, line := range lines {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := fields(line)
		if len(f) != 7 {
			return fmt.Errorf("%s:%d: want 7 fields between |, got %d", file, i+1, len(f))
		}
		p := Person{Handle: f[0], Name: f[1], Langs: f[2], Age: f[3], City: f[4], Gender: f[5], Note: f[6], File: strings.TrimSuffix(file, ".txt")}
		if _, twice := byHandle[p.Handle]; twice {
			return fmt.Errorf("%s:%d: %s is listed twice", file, i+1, p.Handle)
		}
		byHandle[p.Handle] = p
		c.People = append(c.People, p)
	}
	return nil
}

func fields(line string) []string {
	f := strings.Split(line, "|")
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	return f
}

// number gives topics and posts their ids in the order of time.
func (c *Community) number() {
	slices.SortStableFunc(c.Topics, func(a, b Topic) int {
		return cmp.Or(a.Posts[0].At.Compare(b.Posts[0].At), cmp.Compare(a.Title, b.Title))
	})
	for i := range c.Topics {
		c.Topics[i].ID = i + 1
		for j := range c.Topics[i].Posts {
			c.Topics[i].Posts[j].Topic = i + 1
			c.Posts = append(c.Posts, c.Topics[i].Posts[j])
		}
	}
	slices.SortStableFunc(c.Posts, func(a, b Post) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Topic, b.Topic), cmp.Compare(a.Number, b.Number))
	})
	for i := range c.Posts {
		c.Posts[i].ID = i + 1
		c.Topics[c.Posts[i].Topic-1].Posts[c.Posts[i].Number-1].ID = i + 1
	}
}
