package reports

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"tribu/data"
)

// A Letter is the five lines of a report, to be sent.
type Letter struct {
	Run, Week string
	Project   string
	File      string // name of the report's page
	Subject   string
	Headline  string
	Lines     []Line
	Text      string // the letter as plain text
	HTML      string // the same as a page without script, image or address
}

// A Line is one of the five lines: a claim in words, and how sure it is.
type Line struct {
	Text     string `json:"text"`
	Strength string `json:"strength,omitempty"`
	parts    []span // Text with what is bold and where it leads
}

// Mail returns the letter about v in lang. Equal views give equal letters.
func Mail(v View, lang data.Lang) (Letter, error) {
	b, err := newBuilder(v, lang)
	if err != nil {
		return Letter{}, err
	}
	p := b.page()
	l := Letter{Run: v.Story.ID, Week: v.Story.Week, Project: p.Project, File: fmt.Sprintf("%s.%s.html", v.Story.Week, lang),
		Subject: clean(cut(plainText(p.Headline), 200)), Headline: plainText(p.Headline)}
	for _, line := range p.Lines {
		one := Line{Text: plainText(line.Parts), parts: b.published(line.Parts, l.File)}
		if line.Strength != nil {
			one.Strength = line.Strength.Word
		}
		l.Lines = append(l.Lines, one)
	}
	if len(l.Lines) == 0 {
		l.Lines = []Line{{Text: plainText(p.Lead), parts: b.published(p.Lead, l.File)}}
	}
	about, where, why := p.Title+", "+p.Dates, b.whereReport(l.File), b.text("mail.why")
	l.Text = letterText(l, about, plainText(where), why)
	if l.HTML, err = letterPage(l, p.Lang, about, where, why); err != nil {
		return Letter{}, err
	}
	return l, b.problem
}

// whereReport says where the whole report is: at its address, else with whom to ask for it.
func (b *builder) whereReport(file string) []span {
	switch at := b.address(file); {
	case at != "":
		return append(b.rich("mail.where"), span{Text: at, Href: at})
	case b.Options.Contact != "":
		return b.rich("mail.ask", "file", file, "name", collected(b.Options.Contact))
	}
	return b.rich("mail.file", "file", file)
}

// address returns where a file of the reports is published; empty where they are not.
func (b *builder) address(file string) string {
	at := link(strings.TrimRight(b.Options.Published, "/"))
	if at == "" {
		return ""
	}
	return at + "/" + file
}

// published leads the links of told to where the reports are published; elsewhere it has none.
func (b *builder) published(told []span, file string) []span {
	out := slices.Clone(told)
	for i, s := range out {
		switch {
		case s.Href == "":
		case b.address("") == "":
			out[i].Href = ""
		case strings.HasPrefix(s.Href, "#"):
			out[i].Href = b.address(file) + s.Href
		default:
			out[i].Href = b.address(s.Href)
		}
	}
	return out
}

func letterText(l Letter, about, where, why string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n\n", l.Headline, about)
	for i, line := range l.Lines {
		fmt.Fprintf(&b, "%d. %s", i+1, line.Text)
		if line.Strength != "" {
			fmt.Fprintf(&b, " (%s)", line.Strength)
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "\n%s\n\n--\n%s\n", where, why)
	return b.String()
}

const letterTemplate = `<!doctype html>
<html lang="{{.Lang}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{.Subject}}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 Georgia,serif;max-width:38em;color:#1c1b18;background:#ffffff">
<p style="margin:0;color:#5a564c">{{.About}}</p>
<h1 style="font-size:24px;line-height:1.25">{{.Headline}}</h1>
<ol>{{range .Told}}
<li style="margin-bottom:10px">{{template "spans" .Parts}}{{if .Strength}} <small style="color:#5a564c">({{.Strength}})</small>{{end}}</li>{{end}}
</ol>
<p>{{template "spans" .Where}}</p>
<p style="color:#5a564c"><small>{{.Why}}</small></p>
</body></html>
{{define "spans"}}{{range .}}{{if .Href}}<a href="{{.Href}}">{{template "span" .}}</a>{{else}}{{template "span" .}}{{end}}{{end}}{{end}}
{{define "span"}}{{if .Bold}}<strong>{{.Text}}</strong>{{else}}{{.Text}}{{end}}{{end}}
`

// A toldLine is a line of the letter's page.
type toldLine struct {
	Parts    []span
	Strength string
}

func letterPage(l Letter, lang, about string, where []span, why string) (string, error) {
	t, err := template.New("letter").Parse(letterTemplate)
	if err != nil {
		return "", fmt.Errorf("parse letter: %w", err)
	}
	var told []toldLine
	for _, line := range l.Lines {
		told = append(told, toldLine{line.parts, line.Strength})
	}
	var out bytes.Buffer
	err = t.Execute(&out, struct {
		Letter
		Lang, About, Why string
		Where            []span
		Told             []toldLine
	}{l, lang, about, why, where, told})
	if err != nil {
		return "", fmt.Errorf("write letter: %w", err)
	}
	return strings.TrimSpace(out.String()) + "\n", nil
}

// ReadLetter tells the letter of a stored run: the five lines of its report.
func ReadLetter(ctx context.Context, from Source, runID string, lang data.Lang, o Options) (Letter, error) {
	v, _, err := tellRun(ctx, from, runID, o.filled())
	if err != nil {
		return Letter{}, err
	}
	return Mail(v, lang)
}
