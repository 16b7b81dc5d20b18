package mail_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"tribu/crawler/mail"
	"tribu/data/fuzz"
)

const head = "From: Ada Lovelace <Ada@Example.ORG>\nDate: Tue, 1 Apr 1997 20:35:48 +1200 (NZST)\nMessage-ID: <a1@x.example>\nSubject: Chains\n"

func TestBodies(t *testing.T) {
	for _, c := range []struct{ name, rest, want string }{
		{"plain", "\nhello\nworld\n", "hello\nworld"},
		{"quoted-printable", "Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; charset=utf-8\n\nperch=C3=A9 no=\n w=ZZ\n", "perché no w=ZZ"},
		{"base64 with a footer", "Content-Transfer-Encoding: base64\n\naGVsbG8gdGhl\ncmU=\n_______\nlist footer\n", "hello there"},
		{"latin-1", "Content-Type: text/plain; charset=ISO-8859-1\n\nperch\xe9\n", "perché"},
		{"koi8-r", "Content-Type: text/plain; charset=koi8-r\n\n\xd0\xd2\xc9\xd7\xc5\xd4\n", "привет"},
		{"undeclared bytes", "\nperch\xe9\n", "perché"},
		{"an unknown charset", "Content-Type: text/plain; charset=x-none\n\nok\n", "ok"},
		{"alternative", "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>rich</p>\n--b\nContent-Type: text/plain\n\nplain\n--b--\n", "plain"},
		{"html alone", "Content-Type: text/html\n\n<p>rich</p>\n", "<p>rich</p>"},
		{"an attachment", "Content-Type: multipart/mixed; boundary=\"b\"\n\npreamble\n--b\n\nwords\n--b\nContent-Disposition: attachment\n\nsecret\n--b--\n", "words"},
		{"no last boundary", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nwords\n", "words"},
		{"scrubbed text", "\nwords\n-------------- next part --------------\nAn embedded and charset-unspecified text was scrubbed...\nName: not available\nURL: <http://x/1.pl>\n", "words"},
		{"scrubbed", "\nwords\n-------------- next part --------------\nAn HTML attachment was scrubbed...\nURL: <http://x/1.html>\n", "words"},
		{"deleted alternative", "\nwords\n\n\t[[alternative HTML version deleted]]\n\n", "words"},
		{"list footer", "\nwords\n______________________________________________\nR-help mailing list\nhttps://x/listinfo/r-help\n", "words"},
		{"skipped parts", "\nwords\n-------------- next part --------------\nSkipped content of type multipart/mixed\n", "words"},
		{"mboxrd", "\n>From here on\n", "From here on"},
		{"addresses with something behind", "\nbob@example.org1997 bob@a.example.org.2 bob@x.example--b lib@2.0.1\n", "[address]1997 [address].2 [address] lib@2.0.1"},
		{"addresses", "\nask bob.b@example.org or x@coords\n", "ask [address] or x@coords"},
	} {
		m, err := mail.Parse([]byte(head + c.rest))
		if err != nil || m.Body != c.want {
			t.Errorf("%s: got %q, %v; want %q", c.name, m.Body, err, c.want)
		}
		if crlf, err := mail.Parse([]byte(strings.ReplaceAll(head+c.rest, "\n", "\r\n"))); err != nil || crlf.Body != c.want {
			t.Errorf("%s with CRLF: got %q, %v; want %q", c.name, crlf.Body, err, c.want)
		}
	}
}

func TestSenders(t *testing.T) {
	ada := mail.Hash("ada@example.org")
	for _, c := range []struct{ from, author, name string }{
		{`Ada Lovelace <ada@example.org>`, ada, "Ada Lovelace"},
		{`"Lovelace, Ada" <ADA@example.org>`, ada, "Lovelace, Ada"},
		{`ada@example.org (Ada Lovelace)`, ada, "Ada Lovelace"},
		{`ada at example.org (Ada Lovelace)`, ada, "Ada Lovelace"},
		{`ada at example.org (Ada Lovelace <ada@example.org>)`, ada, "Ada Lovelace"},
		{`=?iso-8859-1?q?Ad=E0?= <ada@example.org>`, ada, "Adà"},
		{`=?utf-8?b?QWTDoA==?= <ada@example.org>`, ada, "Adà"},
		{`ada@example.org`, ada, "author " + ada[:6]},
		{`"ada@example.org" <ada@example.org>`, ada, "author " + ada[:6]},
		{`ada at example.org (ada at example.org)`, ada, "author " + ada[:6]},
		{`Ada via R-help <ada@example.org>`, ada, "Ada"},
		{`Ada Lovelace`, mail.Hash("name\x00Ada Lovelace"), "Ada Lovelace"},
	} {
		m, err := mail.Parse([]byte("From: " + c.from + "\nDate: Sun, 2 Mar 2014 09:50:54 +0800\n\nx\n"))
		if got, want := fmt.Sprint(m.Author, " ", m.Name, " ", err), fmt.Sprint(c.author, " ", c.name, " <nil>"); got != want {
			t.Errorf("From: %s: got %s, want %s", c.from, got, want)
		}
	}
	if _, err := mail.Parse([]byte("Date: Sun, 2 Mar 2014 09:50:54 +0800\n\nx\n")); !errors.Is(err, mail.ErrNoSender) {
		t.Errorf("no From line: got %v, want %v", err, mail.ErrNoSender)
	}
}

func TestThreading(t *testing.T) {
	a, b, c := mail.Hash("a@x"), mail.Hash("b@x"), mail.Hash("c@x")
	for _, tc := range []struct {
		header, parent string
		references     int
	}{
		{"", "", 0},
		{"In-Reply-To: <a@x>\n", a, 0},
		{"In-Reply-To: Your message of \"Tue, 1 Apr\" <a@x>\n", a, 0},
		{"In-Reply-To: Ada's message of Tuesday\n", "", 0},
		{"References: <a@x>\n\t<b@x>\n", b, 2},
		{"In-Reply-To: <c@x>\nReferences: <a@x> <b@x>\n", c, 2},
		{"In-Reply-To: <a1@x.example>\n", "", 0},
		{"References: <a\n @x>\n", mail.Hash("a@x"), 1},
	} {
		m, err := mail.Parse([]byte(head + tc.header + "\nx\n"))
		if err != nil || m.InReplyTo != tc.parent || len(m.References) != tc.references {
			t.Errorf("%q: parent %s, %d references, %v; want %s, %d", tc.header, m.InReplyTo, len(m.References), err, tc.parent, tc.references)
		}
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"Tue, 1 Apr 1997 20:35:48 +1200 (NZST)", "1997-04-01T08:35:48Z"},
		{"Sun May  1 03:23:46 2005", "2005-05-01T03:23:46Z"},
		{"Tue, 1 Apr 1997 20:35:48 CEST", "1997-04-01T18:35:48Z"},
		{"Tue Apr  1 20:35:48 PST 1997", "1997-04-02T04:35:48Z"},
		{"Tue, 1 Apr 1997 20:35:48 XYZ", "1997-04-01T20:35:48Z"},
		{"1 Apr 97 20:35:48 GMT", "1997-04-01T20:35:48Z"},
		{"yesterday", "2014-03-02T02:50:54Z"},
		{"", "2014-03-02T02:50:54Z"},
	} {
		m, err := mail.Parse([]byte("From a at b.example  Sun Mar  2 02:50:54 2014\nFrom: a@b.example\nDate: " + c.line + "\n\nx\n"))
		if got := m.Date.Format(time.RFC3339); got != c.want || err != nil {
			t.Errorf("Date: %s: got %s, %v; want %s", c.line, got, err, c.want)
		}
	}
	if _, err := mail.Parse([]byte("From: a@b.example\nDate: yesterday\n\nx\n")); !errors.Is(err, mail.ErrNoDate) {
		t.Errorf("no date at all: got %v, want %v", err, mail.ErrNoDate)
	}
}

func TestMboxIsSplit(t *testing.T) {
	const from = "From a@b.example Sun Mar  2 02:50:54 2014\n"
	file := "junk\n\n" + from + "Subject: one\n\nFrom here to there\n\nFrom me to you.\n\n" + from + "Subject: two\n\n" + strings.Repeat("x", mail.MaxMessageBytes) + "\n\n" + from + "Subject: three\n"
	r := mail.NewReader(bufio.NewReader(strings.NewReader(file)))
	var got []string
	for {
		raw, line, err := r.Next()
		if err == io.EOF {
			break
		}
		got = append(got, fmt.Sprintf("%d %.12q %v", line, strings.TrimPrefix(string(raw), from), err))
	}
	want := `3 "Subject: one" <nil>|10 "Subject: two" message is longer than 32 MiB|15 "Subject: thr" <nil>`
	if strings.Join(got, "|") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), want)
	}
}

func FuzzParse(target *testing.F) {
	f := fuzz.Of(target)
	f.Add([]byte(head + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nwords bob@example.org\n--b--\n"))
	f.Add([]byte("From a at b.example  Sun Mar  2 02:50:54 2014\nFrom: a at b.example (A)\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := mail.Parse(raw)
		if err != nil {
			return
		}
		if !utf8.ValidString(m.Body) || !utf8.ValidString(m.Name) || !utf8.ValidString(m.Subject) {
			t.Errorf("invalid UTF-8 from %q", raw)
		}
		if len(m.ID) != 32 || len(m.Author) != 32 || m.Date.Year() < 1970 || m.InReplyTo == m.ID {
			t.Errorf("makes no sense: %+v from %q", m, raw)
		}
		if strings.Contains(m.Name, "@") || strings.Contains(m.Body, "bob@example.org") {
			t.Errorf("an address is left in %+v", m)
		}
	})
}

func FuzzReader(target *testing.F) {
	f := fuzz.Of(target)
	f.Add("From a@b.example Sun Mar  2 02:50:54 2014\nSubject: one\n\nx\n\nFrom a@b.example Sun Mar  2 02:50:54 2014\n")
	f.Fuzz(func(t *testing.T, file string) {
		r := mail.NewReader(bufio.NewReader(strings.NewReader(file)))
		var joined strings.Builder
		for {
			raw, _, err := r.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			joined.Write(raw)
		}
		if !strings.HasSuffix(file, joined.String()) {
			t.Errorf("messages together are %q, no end of %q", joined.String(), file)
		}
	})
}
