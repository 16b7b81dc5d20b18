// Package notify sends the five lines of a report: by e-mail and to a webhook. What it returns as
// an error holds neither password nor address of a webhook.
package notify

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"tribu/reports"
)

// maxLetter is the size of a letter with all its parts.
const maxLetter = 80 << 10

// patience is how long a server may take.
const patience = 20 * time.Second

// An Outbox is a mail server and who hears through it.
type Outbox struct {
	Server         string // host:port; port 587 where there is none
	User, Password string // none where empty
	From           string // User, else the first of To, where empty
	To             []string
	Now            time.Time // date of the letter
}

// Mail sends a letter with a plain-text part and a page. The connection is encrypted, except to
// this machine itself.
func (o Outbox) Mail(ctx context.Context, l reports.Letter) error {
	if err := o.mail(ctx, l); err != nil {
		return fmt.Errorf("send e-mail through %s: %s", o.Server, without(err, "\x00"+o.User+"\x00"+o.Password, o.Password, o.User))
	}
	return nil
}

func (o Outbox) mail(ctx context.Context, l reports.Letter) error {
	m, err := o.message(l)
	if err != nil {
		return err
	}
	var size bytes.Buffer
	if _, err := m.WriteTo(&size); err != nil {
		return err
	}
	if size.Len() > maxLetter {
		return fmt.Errorf("the letter has %d KiB, 80 is the most", size.Len()>>10)
	}
	client, err := o.client()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 3*patience)
	defer cancel()
	return client.DialAndSendWithContext(ctx, m)
}

func (o Outbox) message(l reports.Letter) (*mail.Msg, error) {
	if len(o.To) == 0 {
		return nil, errors.New("there is no recipient")
	}
	m := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := m.FromFormat("tribu", o.sender()); err != nil {
		return nil, errors.New("the sender is no e-mail address: set notify.email.from")
	}
	if err := m.To(o.To...); err != nil {
		return nil, fmt.Errorf("a recipient is no e-mail address: %w", err)
	}
	m.Subject(l.Subject)
	m.SetGenHeader("Auto-Submitted", "auto-generated") // nobody's holiday answers it
	m.SetDateWithValue(o.Now)
	sum := sha256.Sum256([]byte(l.Run + "\x00" + l.Text + o.Now.UTC().Format(time.RFC3339)))
	m.SetMessageIDWithValue(hex.EncodeToString(sum[:12]) + "@tribu.invalid")
	m.SetBodyString(mail.TypeTextPlain, l.Text)
	m.AddAlternativeString(mail.TypeTextHTML, l.HTML)
	return m, nil
}

func (o Outbox) sender() string {
	switch {
	case o.From != "":
		return o.From
	case strings.Contains(o.User, "@"):
		return o.User
	}
	return o.To[0]
}

func (o Outbox) client() (*mail.Client, error) {
	host, port, err := net.SplitHostPort(o.Server)
	if err != nil {
		host, port = o.Server, "587"
	}
	number, err := strconv.Atoi(port)
	if err != nil || host == "" {
		return nil, fmt.Errorf("%q is no host:port", o.Server)
	}
	options := []mail.Option{mail.WithPort(number), mail.WithTimeout(patience), mail.WithHELO("localhost"), mail.WithTLSPolicy(mail.TLSMandatory)}
	auth := mail.SMTPAuthAutoDiscover
	switch ip := net.ParseIP(host); {
	case number == 465:
		options = append(options, mail.WithSSL())
	case host == "localhost" || ip != nil && ip.IsLoopback():
		options = append(options, mail.WithTLSPolicy(mail.TLSOpportunistic))
		auth = mail.SMTPAuthPlainNoEnc
	}
	if o.User != "" || o.Password != "" {
		options = append(options, mail.WithSMTPAuth(auth), mail.WithUsername(o.User), mail.WithPassword(o.Password))
	}
	return mail.NewClient(host, options...)
}

// A Hook is an address that is told of reports; it is a secret.
type Hook struct {
	URL    string
	Client *http.Client // one without redirects where nil
}

// Post tells the hook of a letter: one JSON object.
func (h Hook) Post(ctx context.Context, l reports.Letter) error {
	if err := h.post(ctx, l); err != nil {
		return fmt.Errorf("call the webhook: %s", without(err, h.URL))
	}
	return nil
}

func (h Hook) post(ctx context.Context, l reports.Letter) error {
	at, err := url.Parse(h.URL)
	if err != nil || at.Host == "" || at.Scheme != "http" && at.Scheme != "https" {
		return errors.New("its address is no http(s) address")
	}
	body, err := json.Marshal(struct {
		Schema   string         `json:"schema"`
		Event    string         `json:"event"`
		Project  string         `json:"project"`
		Run      string         `json:"run"`
		Week     string         `json:"week"`
		Headline string         `json:"headline"`
		Lines    []reports.Line `json:"lines"`
		File     string         `json:"file"`
		Text     string         `json:"text"`
	}{"tribu/1", "report", l.Project, l.Run, l.Week, l.Headline, l.Lines, l.File, l.Text})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.URL, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "tribu")
	client := h.Client
	if client == nil {
		client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	resp, err := client.Do(req)
	if err != nil {
		var u *url.Error
		if errors.As(err, &u) {
			err = u.Err // the rest is the address
		}
		return err
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<16))
	if err := resp.Body.Close(); err != nil {
		return err
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return fmt.Errorf("it answered HTTP %d", resp.StatusCode)
	}
	return nil
}

// without returns the error's text on one line, free of the secrets in every form a server may
// send them back.
func without(err error, secrets ...string) string {
	text := strings.Join(strings.Fields(err.Error()), " ")
	for _, s := range secrets {
		if s == "" {
			continue
		}
		forms := []string{s, url.QueryEscape(s), url.PathEscape(s), base64.StdEncoding.EncodeToString([]byte(s)), strconv.Quote(s)}
		if u, e := url.Parse(s); e == nil && u.Host != "" {
			forms = append(forms, u.RequestURI(), u.Host, u.Hostname(), u.RawQuery, u.User.String())
		}
		for _, form := range forms {
			if len(form) > 1 {
				text = strings.ReplaceAll(text, form, "…")
			}
		}
	}
	return text
}
