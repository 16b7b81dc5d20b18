package archive_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"tribu/crawler/archive"
	"tribu/data"
)

const mailboxFile = `From ada at example.org  Tue Apr  1 10:35:48 1997
From: ada at example.org (Ada Lovelace)
Date: Tue, 1 Apr 1997 20:35:48 +1200 (NZST)
Subject: Chains
Message-ID: <1@a>

Mine squeaks.
From here on it is worse.

>From the start it was.

From bo@example.org Tue Apr  1 11:00:00 1997
From: =?ISO-8859-1?Q?B=F6?= <bo@example.org>
Date: Tue, 1 Apr 1997 11:00:00 +0000
Subject: Re: Chains
Message-Id: <2@b>
In-Reply-To: Your message of today <1@a>
References: <1@a>
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=x

--x
Content-Type: text/html

<p>oil</p>
--x
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

=D6l it
--x--

From cy@example.org Tue Apr  1 12:00:00 1997
From: cy@example.org
Date: Tue, 1 Apr 1997 12:00:00 +0000
Subject: Re: Chains
Message-Id: <3@c>
In-Reply-To: <2@b>

Wax.

From di@example.org Tue Apr  1 12:00:00 1997
From: di@example.org
Date: some day
Subject: Re: Chains
Message-Id: <4@d>

Lost.

`

func TestMailbox(t *testing.T) {
	got := load(t, "list.mbox", []byte(mailboxFile), archive.Options{Source: "list"})
	var posts []string
	native := map[data.PostID]string{data.NewPostID("list", "1@a"): "1@a", data.NewPostID("list", "2@b"): "2@b"}
	for i, p := range got.posts {
		if p.Thread != data.NewThreadID("list", "1@a") {
			t.Errorf("%s: not in the thread of 1@a", p.NativeID)
		}
		posts = append(posts, fmt.Sprintf("%s %s by %s answers %s: %s", p.NativeID, p.CreatedAt.Format("15:04"), got.authors[i].Name, native[p.Parent], p.Body))
		if strings.Contains(fmt.Sprint(got.authors[i]), "@") {
			t.Errorf("author %+v: shows an address", got.authors[i])
		}
	}
	want := []string{
		"1@a 08:35 by Ada Lovelace answers : Mine squeaks.\nFrom here on it is worse.\n\nFrom the start it was.\n\n",
		"2@b 11:00 by Bö answers 1@a: Öl it",
		"3@c 12:00 by " + got.authors[2].NativeID + " answers 2@b: Wax.\n\n",
	}
	if strings.Join(posts, "|") != strings.Join(want, "|") {
		t.Errorf("got  %q\nwant %q", posts, want)
	}
	if len(got.rejects) != 1 || got.rejects[0].Line != 42 || got.rejects[0].Reason != "Date some day: cannot be read" {
		t.Errorf("rejects %+v, want the mail at line 42 for its date", got.rejects)
	}
}

func TestRealMailboxes(t *testing.T) {
	for name, want := range map[string]struct{ posts, replies int }{
		"r-help_1997-April.txt": {92, 39}, "r-sig-finance_2013q4.txt": {207, 135}, "r-sig-geo_2014-March.txt": {229, 152}, "r-sig-mac_2005-May.txt": {140, 94},
	} {
		content, err := os.ReadFile("../../../shared/data/fixtures/mbox_pipermail/" + name)
		if err != nil {
			t.Skipf("no captures here: %v", err)
		}
		got := load(t, name, content, archive.Options{})
		replies := 0
		for _, p := range got.posts {
			if !p.Parent.IsZero() {
				replies++
			}
		}
		if len(got.posts) != want.posts || replies != want.replies || got.Format != "mbox" || got.err != nil {
			t.Errorf("%s: %s, %d posts, %d replies, %d rejects %.300v, %v; want %+v", name, got.Format, len(got.posts), replies, len(got.rejects), got.rejects, got.err, want)
		}
	}
}
