package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// serveMail is an SMTP server on this machine that counts letters. Where refuse holds, it answers
// AUTH with a refusal that repeats what it was given.
func serveMail(t *testing.T, refuse *atomic.Bool) (addr string, letters *atomic.Int32) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	letters = new(atomic.Int32)
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go answerMail(c, refuse, letters)
		}
	}()
	return l.Addr().String(), letters
}

func answerMail(c net.Conn, refuse *atomic.Bool, letters *atomic.Int32) {
	defer c.Close()
	fmt.Fprint(c, "220 hello\r\n")
	writing := false
	for in := bufio.NewScanner(c); in.Scan(); {
		switch line := in.Text(); {
		case writing && line != ".":
		case strings.HasPrefix(line, "EHLO"):
			fmt.Fprint(c, "250-hello\r\n250 AUTH PLAIN\r\n")
		case strings.HasPrefix(line, "AUTH") && refuse.Load():
			fmt.Fprintf(c, "535 not with %s\r\n", line)
		case strings.HasPrefix(line, "AUTH"):
			fmt.Fprint(c, "235 welcome\r\n")
		case line == "DATA":
			writing = true
			fmt.Fprint(c, "354 go on\r\n")
		case line == ".":
			writing = false
			letters.Add(1)
			fmt.Fprint(c, "250 kept\r\n")
		case line == "QUIT":
			fmt.Fprint(c, "221 bye\r\n")
			return
		case strings.HasPrefix(line, "MAIL"), strings.HasPrefix(line, "RCPT"), line == "NOOP", line == "RSET":
			fmt.Fprint(c, "250 fine\r\n")
		default:
			fmt.Fprint(c, "500 what\r\n")
		}
	}
}

// TestNotifyTellsNoSecret runs every command that meets a credential and looks for the credentials
// in all they print and write.
func TestNotifyTellsNoSecret(t *testing.T) {
	var refuse, broken atomic.Bool
	var calls atomic.Int32
	mail, letters := serveMail(t, &refuse)
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		if broken.Load() {
			w.WriteHeader(http.StatusBadGateway)
		}
	}))
	defer hook.Close()
	dir := t.TempDir()
	secrets := map[string]string{"T_USER": "SECRET-user", "T_PASS": "SECRET-pass", "T_HOOK": hook.URL + "/SECRET-path?k=SECRET-query"}
	var printed bytes.Buffer
	run := func(args ...string) int {
		a := &app{out: &printed, err: &printed, in: strings.NewReader(""), now: func() time.Time { return time.Date(2026, 5, 11, 8, 0, 0, 0, time.UTC) },
			env: func(name string) string { return secrets[name] }}
		return a.main(context.Background(), append([]string{"-C", dir, "-v"}, args...))
	}
	wants := func(want int, args ...string) {
		t.Helper()
		printed.WriteString("$ " + strings.Join(args, " ") + "\n")
		if got := run(args...); got != want {
			t.Errorf("tribu %s: exit %d, want %d\n%s", strings.Join(args, " "), got, want, printed.String())
		}
	}
	wants(0, "init", "--yes")
	wants(2, "notify", "test") // nobody to tell
	yaml := fmt.Sprintf("languages: [it]\nnotify:\n  email: {to: [team@example.org], from: tribu@example.org, smtp: %q, user: \"env:T_USER\", password: \"file:pass\"}\n  webhook: {url: \"env:T_HOOK\"}\n", mail)
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("tribu.yaml", yaml)
	write("posts.jsonl", `{"id":"1","author":"ann","created_at":"2026-05-06T10:00:00Z","text":"How do I keep worms cool?"}`+"\n")
	wants(3, "notify", "test") // the file of the password is missing, the webhook is called
	write("pass", secrets["T_PASS"]+"\n")
	wants(0, "--dry-run", "notify", "test")
	wants(0, "notify", "test")
	if letters.Load() != 1 || calls.Load() != 2 {
		t.Errorf("%d letters and %d calls, want 1 and 2", letters.Load(), calls.Load())
	}
	wants(0, "import", filepath.Join(dir, "posts.jsonl"))
	wants(4, "run") // too few people, and everybody is told so
	if letters.Load() != 2 || calls.Load() != 3 {
		t.Errorf("after a run: %d letters and %d calls, want 2 and 3", letters.Load(), calls.Load())
	}
	refuse.Store(true)
	wants(3, "notify", "test")
	broken.Store(true)
	wants(1, "notify", "test")
	wants(1, "notify", "test", "--json")
	wants(3, "run") // the report is written, and nobody heard
	if found, _ := filepath.Glob(filepath.Join(dir, "reports", "2026-W*.it.html")); len(found) == 0 {
		t.Error("the report was not kept")
	}
	for _, want := range []string{"535", "HTTP 502", "kept  the report "} {
		if !strings.Contains(printed.String(), want) {
			t.Errorf("nothing printed says %q", want)
		}
	}
	wants(0, "config", "show")
	wants(0, "doctor")
	delete(secrets, "T_HOOK")
	wants(1, "notify", "test")
	secrets["TRIBU_NOTIFY_EMAIL_PASSWORD"] = "SECRET-literal"
	wants(2, "config", "show")
	delete(secrets, "TRIBU_NOTIFY_EMAIL_PASSWORD")
	write("tribu.yaml", "notify:\n  email: {to: [a@example.org], smtp: \"127.0.0.1:1\", password: SECRET-written}\n")
	wants(2, "config", "check")
	write("tribu.yaml", yaml)
	if s := printed.String(); strings.Contains(s, "SECRET") || strings.Contains(s, "U0VDUkVU") {
		t.Errorf("a secret was printed:\n%s", s)
	}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "pass" {
			return err
		}
		body, err := os.ReadFile(path)
		if bytes.Contains(body, []byte("SECRET")) {
			t.Errorf("%s holds a secret", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
