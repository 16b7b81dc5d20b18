package notify

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/http/httptest"
	netmail "net/mail"
	"strings"
	"testing"

	"tribu/data"
	"tribu/reports"
	"tribu/reports/internal/storytest"
)

// A postOffice is an SMTP server (RFC 5321, AUTH PLAIN) on this machine that keeps what it gets.
// refuse holds answers by command, which it gives instead of its own.
type postOffice struct {
	addr   string
	refuse map[string]string
	seen   chan string // commands, and the letter after DATA
}

func openPostOffice(t *testing.T, refuse map[string]string) *postOffice {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &postOffice{addr: l.Addr().String(), refuse: refuse, seen: make(chan string, 100)}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			p.serve(c)
		}
	}()
	return p
}

func (p *postOffice) serve(c net.Conn) {
	defer c.Close()
	in := bufio.NewScanner(c)
	fmt.Fprint(c, "220 post office\r\n")
	for in.Scan() {
		line := in.Text()
		p.seen <- line
		verb, _, _ := strings.Cut(strings.ToUpper(line), " ")
		if answer := p.refuse[verb]; answer != "" {
			fmt.Fprintf(c, answer+"\r\n", line)
			continue
		}
		switch verb {
		case "EHLO":
			fmt.Fprint(c, "250-post office\r\n250-8BITMIME\r\n250 AUTH PLAIN\r\n")
		case "AUTH":
			fmt.Fprint(c, "235 welcome\r\n")
		case "DATA":
			fmt.Fprint(c, "354 go on\r\n")
			var letter strings.Builder
			for in.Scan() && in.Text() != "." {
				letter.WriteString(strings.TrimPrefix(in.Text(), ".") + "\r\n")
			}
			p.seen <- letter.String()
			fmt.Fprint(c, "250 kept\r\n")
		case "QUIT":
			fmt.Fprint(c, "221 bye\r\n")
			return
		default:
			fmt.Fprint(c, "250 fine\r\n")
		}
	}
}

// all returns what the server saw.
func (p *postOffice) all() (lines []string) {
	for {
		select {
		case s := <-p.seen:
			lines = append(lines, s)
		default:
			return lines
		}
	}
}

const password = "SECRET-p4ss&word"

func letter(t *testing.T, lang data.Lang) reports.Letter {
	t.Helper()
	l, err := reports.Mail(reports.Tell(storytest.Story(storytest.Typical(), 1), nil, reports.Options{Project: "Orti è bello"}), lang)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func outbox(server string) Outbox {
	return Outbox{Server: server, User: "tribu@example.org", Password: password, To: []string{"team@example.org", "boss@example.org"}, Now: storytest.AsOf()}
}

func TestMail(t *testing.T) {
	office, want := openPostOffice(t, nil), letter(t, data.LangIT)
	if err := outbox(office.addr).Mail(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	seen := office.all()
	var raw string
	for _, s := range seen {
		if strings.Contains(s, "MIME-Version") {
			raw = s
		}
	}
	if n := len(raw); n == 0 || n > maxLetter {
		t.Errorf("the letter has %d bytes, want at most %d", n, maxLetter)
	}
	if commands := strings.Join(seen, "\n"); strings.Count(commands, "RCPT TO:") != 2 || !strings.Contains(commands, "MAIL FROM:<tribu@example.org>") {
		t.Errorf("commands:\n%s", commands)
	}
	m, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != want.Subject {
		t.Errorf("subject %q (%v), want %q", subject, err, want.Subject)
	}
	if at, err := m.Header.Date(); err != nil || !at.Equal(storytest.AsOf()) {
		t.Errorf("date %v (%v)", at, err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("content type %s, %v", kind, err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for _, body := range []string{want.Text, want.HTML} {
		part, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil || strings.ReplaceAll(strings.TrimSpace(string(got)), "\r\n", "\n") != strings.TrimSpace(body) {
			t.Errorf("part %s is not what was sent (%v):\n%s", part.Header.Get("Content-Type"), err, got)
		}
	}
}

// TestMailFails wants an error that says what happened, and no secret in it.
func TestMailFails(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := closed.Addr().String()
	closed.Close()
	for _, c := range []struct {
		name, server, want string
		to                 []string
	}{
		{"password refused, and echoed", openPostOffice(t, map[string]string{"AUTH": "535 no: %s " + password}).addr, "535", nil},
		{"recipient refused", openPostOffice(t, map[string]string{"RCPT": "550 unknown %s"}).addr, "550", nil},
		{"letter refused", openPostOffice(t, map[string]string{"DATA": "552 full %s"}).addr, "552", nil},
		{"nobody listens", gone, "refused", nil},
		{"no server", "", "host:port", nil},
		{"no recipient", gone, "recipient", []string{}},
		{"odd recipient", gone, "recipient", []string{"no address"}},
	} {
		o := outbox(c.server)
		if c.to != nil {
			o.To = c.to
		}
		err := o.Mail(t.Context(), letter(t, data.LangEN))
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.ContainsAny(err.Error(), "\r\n") {
			t.Errorf("%s: got %v, want one line with %q", c.name, err, c.want)
			continue
		}
		for _, secret := range []string{password, "U0VDUkVU", "AHRyaWJ1"} { // as it is, in base64, as PLAIN sends it
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%s: the error holds the password: %v", c.name, err)
			}
		}
	}
}

func TestHook(t *testing.T) {
	want := letter(t, data.LangEN)
	status, got := 204, map[string]any{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s %s", r.Method, r.Header.Get("Content-Type"))
		}
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		if status == 302 {
			w.Header().Set("Location", "http://127.0.0.1:1/SECRET-else")
		}
		w.WriteHeader(status)
		fmt.Fprint(w, "SECRET-answer")
	}))
	defer server.Close()
	hook := Hook{URL: server.URL + "/hooks/SECRET-path?token=SECRET-token"}
	if err := hook.Post(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	if got["schema"] != "tribu/1" || got["run"] != want.Run || got["headline"] != want.Headline || len(got["lines"].([]any)) != 5 {
		t.Errorf("posted %v", got)
	}
	for _, c := range []struct {
		status int
		url    string
		want   string
	}{
		{500, hook.URL, "HTTP 500"}, {302, hook.URL, "HTTP 302"}, {200, "http://127.0.0.1:1/SECRET-path?SECRET-token", "refused"},
		{200, "ftp://SECRET-host/x", "no http"}, {200, "http://user:SECRET-pw@127.0.0.1:1/%zz", "no http"}, {200, "http://secret-host.invalid/SECRET-x", ""},
	} {
		status = c.status
		err := Hook{URL: c.url}.Post(t.Context(), want)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(strings.ToUpper(err.Error()), "SECRET") {
			t.Errorf("status %d: got %v, want %q and no secret", c.status, err, c.want)
		}
	}
}

func TestALetterTooLargeIsNotSent(t *testing.T) {
	office := openPostOffice(t, nil)
	l := letter(t, data.LangEN)
	l.HTML += strings.Repeat("<p>more</p>", 10000)
	if err := outbox(office.addr).Mail(t.Context(), l); err == nil || !strings.Contains(err.Error(), "80 is the most") || len(office.all()) > 0 {
		t.Errorf("got %v", err)
	}
}

func TestUnencryptedOnlyToThisMachine(t *testing.T) {
	for _, c := range []struct {
		server string
		want   bool
	}{{"127.0.0.1:2525", true}, {"localhost:25", true}, {"[::1]:25", true}, {"192.0.2.1:25", false}, {"smtp.example.org", false}} {
		client, err := outbox(c.server).client()
		if err != nil {
			t.Fatal(err)
		}
		if got := client.TLSPolicy() == "TLSOpportunistic"; got != c.want {
			t.Errorf("%s: policy %s", c.server, client.TLSPolicy())
		}
	}
}
