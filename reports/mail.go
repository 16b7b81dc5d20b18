package reports

import (
	"bytes"
	"context"
	"fmt"
	"html/template"
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
}

// Mail returns the letter about v in lang. Equal views give equal letters.
func Mail(v View, lang data.Lang) (Letter, error) {
	b, err := newBuilder(v, lang)
	if err != nil {
		return Letter{}, err
	}
	p := b.page()
	l := Letter{Run: v.Story.ID, Week: v.Story.Week, Project: p.Project, File: fmt.Sprintf("%s.%s.html", v.Story.Week, lang),
		Subject: clean(cut(p.Title, 200)), Headline: plainText(p.Headline)}
	for _, line := range p.Lines {
		one := Line{Text: plainText(line.Parts)}
		if line.Strength != nil {
			one.Strength = line.Strength.Word
		}
		l.Lines = append(l.Lines, one)
	}
	if len(l.Lines) == 0 {
		l.Lines = []Line{{Text: plainText(p.Lead)}}
	}
	where, why := b.text("mail.where", "file", l.File), b.text("mail.why")
	l.Text = letterText(l, p.Dates, where, why)
	if l.HTML, err = letterPage(l, p.Lang, p.Dates, where, why); err != nil {
		return Letter{}, err
	}
	return l, b.problem
}

func letterText(l Letter, dates, where, why string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n%s\n\n", l.Subject, dates, l.Headline)
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
<p style="margin:0;color:#5a564c">{{.Subject}}<br>{{.Dates}}</p>
<h1 style="font-size:24px;line-height:1.25">{{.Headline}}</h1>
<ol>{{range .Lines}}
<li style="margin-bottom:10px">{{.Text}}{{if .Strength}} <small style="color:#5a564c">({{.Strength}})</small>{{end}}</li>{{end}}
</ol>
<p>{{.Where}}</p>
<p style="color:#5a564c"><small>{{.Why}}</small></p>
</body></html>
`

func letterPage(l Letter, lang, dates, where, why string) (string, error) {
	t, err := template.New("letter").Parse(letterTemplate)
	if err != nil {
		return "", fmt.Errorf("parse letter: %w", err)
	}
	var out bytes.Buffer
	err = t.Execute(&out, struct {
		Letter
		Lang, Dates, Where, Why string
	}{l, lang, dates, where, why})
	if err != nil {
		return "", fmt.Errorf("write letter: %w", err)
	}
	return out.String(), nil
}

// ReadLetter tells the letter of a stored run: the five lines of its report.
func ReadLetter(ctx context.Context, from Source, runID string, lang data.Lang, o Options) (Letter, error) {
	v, _, err := tellRun(ctx, from, runID, o.filled())
	if err != nil {
		return Letter{}, err
	}
	return Mail(v, lang)
}
