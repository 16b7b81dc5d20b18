package archive

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// postsOf returns the Posts.xml in the folder path, if there is one; else path.
func postsOf(path string) string {
	if st, err := os.Stat(path); err != nil || !st.IsDir() {
		return path
	}
	if posts := filepath.Join(path, "Posts.xml"); isFile(posts) {
		return posts
	}
	return path
}

func isFile(path string) bool {
	st, err := os.Stat(path)
	return err == nil && st.Mode().IsRegular()
}

func looksDump(head []byte) bool {
	return bytes.HasPrefix(head, []byte("<?xml")) && bytes.Contains(head, []byte("<posts>"))
}

// A dump is a Stack Exchange data dump being read: Posts.xml with Users.xml and Comments.xml
// beside it, where they are. Memory grows with the number of users and answers.
type dump struct {
	to       rows
	site     string // https://HOST where the folder is named after the site
	names    map[string]string
	question map[string]string // of answers and, as themselves, questions
	titles   map[string]string // of questions
}

// readDump reads the users' names, then questions and answers, then the comments on them.
func readDump(in *input, to rows) error {
	folder := filepath.Dir(in.path)
	d := &dump{to: to, site: siteOf(folder), names: map[string]string{}, question: map[string]string{}, titles: map[string]string{}}
	if err := d.beside(folder, "Users.xml", d.takeName); err != nil {
		return err
	}
	if err := eachRow(in, d.takePost, to.reject); err != nil {
		return err
	}
	return d.beside(folder, "Comments.xml", d.takeComment)
}

// beside reads another file of the dump, if it is there. What is wrong in it is rejected under
// its name.
func (d *dump) beside(folder, name string, take func(line int, a attributesOf) error) error {
	path := filepath.Join(folder, name)
	if !isFile(path) {
		return nil
	}
	in, err := open(path)
	if err != nil {
		return err
	}
	defer in.close()
	return eachRow(in, take, func(line int, reason, text string) error { return d.to.reject(line, name+": "+reason, text) })
}

func siteOf(folder string) string {
	name := filepath.Base(folder)
	for _, known := range []string{".stackexchange.com", "stackoverflow.com", "superuser.com", "serverfault.com", "askubuntu.com", "mathoverflow.net", "stackapps.com"} {
		if strings.HasSuffix(name, known) {
			return "https://" + name
		}
	}
	return ""
}

func (d *dump) takeName(_ int, a attributesOf) error {
	if a["Id"] != "" {
		d.names[a["Id"]] = a["DisplayName"]
	}
	return nil
}

// author fills in who wrote r: a user, or the name that is left of one.
func (d *dump) author(r *row, id, name string) {
	if id == "" && name != "" {
		id = "name:" + name
	}
	r.Author, r.AuthorName = scalar(id), firstOf(d.names[id], name)
	r.handle = strings.ReplaceAll(r.AuthorName, " ", "")
}

func (d *dump) takePost(line int, a attributesOf) error {
	r := row{ID: scalar(a["Id"]), CreatedAt: instant(a["CreationDate"]), HTML: a["Body"], Score: number(a["Score"]), Views: number(a["ViewCount"])}
	switch a["PostTypeId"] {
	case "1":
		d.question[a["Id"]], d.titles[a["Id"]] = a["Id"], a["Title"]
		r.Title = a["Title"]
		r.URL = d.url("/q/", a["Id"])
	case "2":
		if a["ParentId"] == "" {
			return d.to.reject(line, "an answer without ParentId", a["Body"])
		}
		d.question[a["Id"]] = a["ParentId"]
		r.ParentID, r.ThreadID, r.topic = scalar(a["ParentId"]), scalar(a["ParentId"]), d.titles[a["ParentId"]]
		r.URL = d.url("/a/", a["Id"])
	default:
		d.to.skip("PostTypeId " + cut(clean(a["PostTypeId"]), 10) + ": neither a question nor an answer")
		return nil
	}
	d.author(&r, a["OwnerUserId"], a["OwnerDisplayName"])
	return d.to.row(line, &r)
}

func (d *dump) takeComment(line int, a attributesOf) error {
	question := firstOf(d.question[a["PostId"]], a["PostId"])
	r := row{ID: scalar("c" + a["Id"]), ParentID: scalar(a["PostId"]), ThreadID: scalar(question), topic: d.titles[question],
		file: "Comments.xml: ", CreatedAt: instant(a["CreationDate"]), Text: a["Text"], Score: number(a["Score"])}
	if a["Id"] == "" || a["PostId"] == "" {
		return d.to.reject(line, r.file+"a comment without Id or PostId", a["Text"])
	}
	d.author(&r, a["UserId"], a["UserDisplayName"])
	if r.Author == "" {
		d.to.skip("comment of a deleted account")
		return nil
	}
	return d.to.row(line, &r)
}

func (d *dump) url(path, id string) string {
	if d.site == "" {
		return ""
	}
	return d.site + path + id
}

// instant writes a date of the dump, which is UTC without saying so, as RFC 3339.
func instant(s string) string {
	if s == "" || strings.HasSuffix(s, "Z") {
		return s
	}
	return s + "Z"
}

func number(s string) (f float64) {
	_, _ = fmt.Sscanf(s, "%g", &f)
	return f
}

// attributesOf holds the attributes of one <row …/>.
type attributesOf map[string]string

// eachRow visits the rows of one XML file. A row may span lines; what is none is rejected.
func eachRow(in *input, take func(line int, a attributesOf) error, reject func(line int, reason, text string) error) error {
	lines := newLineReader(in.text)
	var open []byte
	start := 0
	for {
		line, long, err := lines.next()
		if err == io.EOF && len(open) > 0 {
			return reject(start, "a row is never closed", string(open))
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		text := bytes.TrimSpace(line)
		starts := bytes.HasPrefix(text, []byte("<row ")) || bytes.Equal(text, []byte("<row"))
		if len(open) > 0 && starts {
			if err := reject(start, "a row is never closed", string(open)); err != nil {
				return err
			}
			open = open[:0]
		}
		if long || len(open)+len(text) > maxLineBytes {
			open = open[:0]
			if err := reject(lines.line, tooLong(), string(text[:rejectTextBytes])); err != nil {
				return err
			}
			continue
		}
		if !starts && len(open) == 0 {
			continue
		}
		if starts {
			start = lines.line
		}
		open = append(append(open, text...), ' ')
		if !bytes.HasSuffix(text, []byte("/>")) {
			continue
		}
		if err := takeRow(open, start, take, reject); err != nil {
			return err
		}
		open = open[:0]
	}
}

func takeRow(text []byte, line int, take func(int, attributesOf) error, reject func(int, string, string) error) error {
	a, ok := attributesIn(string(text))
	if !ok {
		return reject(line, "not a row of XML attributes", string(text[:min(len(text), 2*rejectTextBytes)]))
	}
	return take(line, a)
}

// attributesIn reads `<row A="1" B="x &amp; y"/>`.
func attributesIn(s string) (attributesOf, bool) {
	s = strings.TrimSpace(strings.TrimPrefix(s, "<row"))
	a := attributesOf{}
	for {
		s = strings.TrimLeft(s, " \t\r\n")
		if s == "/>" {
			return a, true
		}
		name, rest, found := strings.Cut(s, `="`)
		if !found || name == "" || strings.ContainsAny(name, " \t\"<>/=") {
			return nil, false
		}
		value, after, found := strings.Cut(rest, `"`)
		if !found {
			return nil, false
		}
		a[name], s = html.UnescapeString(value), after
	}
}
