package sample

import (
	"fmt"
	"strings"
	"time"
)

// A threadReader turns the lines of one file into topics.
type threadReader struct {
	file   string
	loc    *time.Location
	people map[string]Person
	topics []Topic
	text   []string
}

func (r *threadReader) read(lines []string) ([]Topic, error) {
	for i, line := range lines {
		var err error
		switch {
		case strings.HasPrefix(line, "=== "):
			err = r.startTopic(line[4:])
		case strings.HasPrefix(line, "--- "):
			err = r.startPost(line[4:])
		case strings.HasPrefix(line, "#") && r.between():
		default:
			r.text = append(r.text, line)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", r.file, i+1, err)
		}
	}
	if err := r.endPost(); err != nil {
		return nil, fmt.Errorf("%s: at the end: %w", r.file, err)
	}
	return r.topics, nil
}

// between reports whether no post is being read: a comment may stand here or after a blank line.
func (r *threadReader) between() bool {
	return len(r.topics) == 0 || len(r.last().Posts) == 0 || (len(r.text) > 0 && r.text[len(r.text)-1] == "")
}

func (r *threadReader) last() *Topic { return &r.topics[len(r.topics)-1] }

func (r *threadReader) startTopic(head string) error {
	if err := r.endPost(); err != nil {
		return err
	}
	cut := strings.LastIndex(head, "|")
	if cut < 0 {
		return fmt.Errorf("thread %q: want title | place", head)
	}
	r.topics = append(r.topics, Topic{
		Title: strings.TrimSpace(head[:cut]), Place: strings.TrimSpace(head[cut+1:]), File: strings.TrimSuffix(r.file, ".txt"),
	})
	return nil
}

func (r *threadReader) startPost(head string) error {
	if err := r.endPost(); err != nil {
		return err
	}
	if len(r.topics) == 0 {
		return fmt.Errorf("post %q stands before any thread", head)
	}
	f := fields(head)
	if len(f) < 2 || len(f) > 3 {
		return fmt.Errorf("post %q: want handle | time | > handle", head)
	}
	author, ok := r.people[f[0]]
	if !ok {
		return fmt.Errorf("%s is in no file of people", f[0])
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", f[1], r.loc)
	if err != nil {
		return fmt.Errorf("read time of post: %w", err)
	}
	post := Post{Author: author, At: at.UTC(), Number: len(r.last().Posts) + 1}
	if len(f) == 3 {
		if post.ReplyTo, err = r.answered(f[2]); err != nil {
			return err
		}
	}
	if n := len(r.last().Posts); n > 0 && !post.At.After(r.last().Posts[n-1].At) {
		return fmt.Errorf("post of %s at %s is not later than the one before it", f[0], f[1])
	}
	r.last().Posts = append(r.last().Posts, post)
	return nil
}

// answered returns the number of the latest post by the person that "> handle" names.
func (r *threadReader) answered(field string) (int, error) {
	handle := strings.TrimSpace(strings.TrimPrefix(field, ">"))
	for i := len(r.last().Posts) - 1; i >= 0; i-- {
		if p := r.last().Posts[i]; p.Author.Handle == handle {
			return p.Number, nil
		}
	}
	return 0, fmt.Errorf("%s has not written in %q yet", handle, r.last().Title)
}

func (r *threadReader) endPost() error {
	text := strings.TrimSpace(strings.Join(r.text, "\n"))
	r.text = nil
	if len(r.topics) == 0 {
		if text != "" {
			return fmt.Errorf("text %q stands before any thread", text)
		}
		return nil
	}
	posts := r.last().Posts
	if len(posts) == 0 {
		return nil
	}
	if text == "" {
		return fmt.Errorf("post of %s in %q is empty", posts[len(posts)-1].Author.Handle, r.last().Title)
	}
	posts[len(posts)-1].Text = text
	return nil
}
