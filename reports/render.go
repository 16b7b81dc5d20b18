package reports

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"

	"tribu/data"
)

//go:embed templates/*.html static/*
var files embed.FS

// Render writes the page of v in lang: one self-contained HTML file. Equal views give equal bytes.
func Render(v View, lang data.Lang) ([]byte, error) {
	r, err := renderWith(v, lang, func(data.PostID) string { return "" })
	return r.page, err
}

// A rendering is a page, and has the posts behind its numbers beside it: nothing where it cites none.
type rendering struct {
	page, posts []byte
	cited       []citation // the same in every language, but for labels
}

// renderWith renders the page of v and the posts behind its numbers.
func renderWith(v View, lang data.Lang, said func(data.PostID) string) (r rendering, err error) {
	b, err := newBuilder(v, lang)
	if err != nil {
		return r, err
	}
	p := b.page()
	if r.page, err = b.execute("page", p); err != nil {
		return r, err
	}
	r.posts, err = b.postsPage(p, said)
	r.cited = b.cited
	return r, err
}

func (p *printer) execute(name string, value any) ([]byte, error) {
	t, err := p.templates()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, name, value); err != nil {
		return nil, fmt.Errorf("render report: %w", err)
	}
	if p.problem != nil {
		return nil, p.problem
	}
	return out.Bytes(), nil
}

// templates parses the templates with the style and the script as templates of their own: their
// text is the program's, and its hashes are the page's policy.
func (p *printer) templates() (*template.Template, error) {
	style, err := styled()
	if err != nil {
		return nil, err
	}
	script, err := files.ReadFile("static/script.js")
	if err != nil {
		return nil, fmt.Errorf("read script: %w", err)
	}
	t := template.New("").Funcs(template.FuncMap{
		"t":      func(key string, args ...any) string { return tied(p.text(key, args...)) },
		"tied":   tiedSpans,
		"quoted": func(name string) []span { return p.rich("quoted", "name", collected(name)) },
		"plain":  plainText,
		"zone":   func() string { return p.loc.String() },
		"policy": func() string { return policy(style, script) },
	})
	for name, text := range map[string][]byte{"style.css": style, "script.js": script} {
		if _, err := t.New(name).Parse(string(text)); err != nil {
			return nil, fmt.Errorf("parse %s: %w", name, err)
		}
	}
	if t, err = t.ParseFS(files, "templates/*.html"); err != nil {
		return nil, fmt.Errorf("parse templates: %w", err)
	}
	return t, nil
}

// styled returns the style with its letters: Source Serif 4, under the SIL Open Font License.
func styled() ([]byte, error) {
	var out bytes.Buffer
	for _, f := range [...]struct{ name, face string }{{"serif-600", "font-weight:600;font-style:normal"}, {"serif-italic", "font-weight:400;font-style:italic"}} {
		b, err := files.ReadFile("static/" + f.name + ".woff2")
		if err != nil {
			return nil, fmt.Errorf("read letters: %w", err)
		}
		fmt.Fprintf(&out, "@font-face{font-family:\"Source Serif 4\";%s;src:url(data:font/woff2;base64,%s) format(\"woff2\")}\n", f.face, base64.StdEncoding.EncodeToString(b))
	}
	style, err := files.ReadFile("static/style.css")
	if err != nil {
		return nil, fmt.Errorf("read style: %w", err)
	}
	out.Write(style)
	return out.Bytes(), nil
}

// policy allows the page its own style, letters and script and nothing else.
func policy(style, script []byte) string {
	return "default-src 'none'; font-src data:; style-src " + hashOf(style) + "; script-src " + hashOf(script) + "; base-uri 'none'; form-action 'none'"
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
