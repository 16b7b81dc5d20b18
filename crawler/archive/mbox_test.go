package archive_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"tribu/crawler/archive"
	"tribu/crawler/mail"
	"tribu/data"
	"tribu/data/fuzz"
)

const mailboxFile = `From ada at example.org  Tue Apr  1 10:35:48 1997
From: ada at example.org (Ada Lovelace)
Date: Tue, 1 Apr 1997 20:35:48 +1200 (NZST)
Subject: [bikes] Chains
Message-ID: <1@a>

Mine squeaks.
From here on it is worse.

>From the start it was.

From cy@example.org Tue Apr  1 12:00:00 1997
From: cy@example.org
Date: Tue, 1 Apr 1997 12:00:00 +0000
Subject: Re: [bikes] Chains
Message-Id: <3@c>
In-Reply-To: <2@b>

Wax.

From bo@example.org Tue Apr  1 11:00:00 1997
From: =?ISO-8859-1?Q?B=F6?= <bo@example.org>
Date: Tue, 1 Apr 1997 11:00:00 +0000
Subject: Re: [bikes] Chains
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

From di@example.org Tue Apr  1 13:00:00 1997
From: "Di" <di@example.org>
Date: some day
Subject: R: [bikes] chains
Message-Id: <4@d>

Write to di@example.org.

From ed@example.org Tue Apr  1 14:00:00 1997
From: Ed <ed@example.org>
Subject: Re: [bikes] Pumps
Message-Id: <6@f>
References: <5@e> <5b@e>
X-No-Archive: Yes

Secret.

From ed@example.org Tue Apr  1 14:00:00 1997
From: Ed <ed@example.org>
Subject: Re: [bikes] Pumps
Message-Id: <7@f>
In-Reply-To: <5b@e>

Air.

From nobody Tue Apr  1 15:00:00 1997
Subject: [bikes] Who

Me.
`

func TestMailbox(t *testing.T) {
	got := load(t, "list.mbox", []byte(mailboxFile), archive.Options{Source: "list"})
	native, threads := map[data.PostID]string{}, map[data.ThreadID]string{}
	for _, id := range []string{"1@a", "2@b", "3@c", "4@d", "5@e", "5b@e"} {
		native[data.NewPostID("list", mail.Hash(id))] = id
		threads[data.NewThreadID("list", mail.Hash(id))] = id
	}
	var posts []string
	names := map[data.AuthorID]string{}
	for _, a := range got.authors {
		names[a.ID] = a.Name
	}
	for _, p := range got.posts {
		posts = append(posts, fmt.Sprintf("%s in %s by %s %s %s %q in %s: %s", p.CreatedAt.Format("15:04"), threads[p.Thread], names[p.Author], p.ParentBy, native[p.Parent], p.Title, p.Place, p.Body))
	}
	want := []string{
		`08:35 in 1@a by Ada Lovelace   "Chains" in bikes: Mine squeaks.` + "\nFrom here on it is worse.\n\nFrom the start it was.",
		`12:00 in 1@a by author ` + mail.Hash("cy@example.org")[:6] + ` reply 2@b "" in bikes: Wax.`,
		`11:00 in 1@a by Bö reply 1@a "" in bikes: Öl it`,
		`13:00 in 1@a by Di topic 1@a "" in bikes: Write to [address].`,
		`14:00 in 5@e by Ed reply 5b@e "" in bikes: Air.`,
	}
	for i, p := range posts {
		if i >= len(want) || p != want[i] {
			t.Errorf("got %q", p)
		}
	}
	if len(posts) != len(want) {
		t.Errorf("%d posts, want %d: %q", len(posts), len(want), want)
	}
	if reason := mail.ErrNoSender.Error(); len(got.rejects) != 1 || got.rejects[0].Line != 67 || got.rejects[0].Reason != reason {
		t.Errorf("rejects %+v, want line 67: %s", got.rejects, reason)
	}
	if got.Skipped["asks not to be archived"] != 1 || got.Rows != 6 {
		t.Errorf("%d rows, skipped %v, want 6 and one that asks not to be archived", got.Rows, got.Skipped)
	}
}

var anAddress = regexp.MustCompile(`[\w.+-]+(@| at )[\w-]+\.(com|org|net|edu|ch|de|nz|uk)\b`)

func TestRealMailboxes(t *testing.T) {
	for name, want := range map[string]struct {
		posts, parents, topics, threads int
		digest                          string
	}{
		"r-help_1997-April.txt":    {92, 39, 0, 57, "a8eeff1c36b3"},
		"r-sig-finance_2013q4.txt": {207, 135, 0, 78, "f03984286a4d"},
		"r-sig-geo_2014-March.txt": {229, 152, 0, 94, "b3d09c03ddb1"},
		"r-sig-mac_2005-May.txt":   {140, 94, 1, 57, "578d887cd8ad"},
	} {
		content, err := os.ReadFile("../../../shared/data/fixtures/mbox_pipermail/" + name)
		if err != nil {
			t.Skipf("no captures here: %v", err)
		}
		got := load(t, name, content, archive.Options{})
		have := want
		have.posts, have.parents, have.topics, have.threads = len(got.posts), 0, 0, 0
		threads, sum := map[data.ThreadID]bool{}, sha256.New()
		for _, p := range got.posts {
			threads[p.Thread] = true
			if p.ParentBy == data.Topic {
				have.topics++
			} else if !p.Parent.IsZero() {
				have.parents++
			}
			_, _ = fmt.Fprintf(sum, "%s %v %v %v %s %s %q %s\n", p.NativeID, p.Author, p.Thread, p.Parent, p.CreatedAt, p.Title, p.Body, p.Place)
			if found := anAddress.FindString(p.Body + p.Title); found != "" && !strings.Contains(found, " at www.") {
				t.Errorf("%s: %s shows the address %q", name, p.NativeID, found)
			}
		}
		have.threads, have.digest = len(threads), fmt.Sprintf("%x", sum.Sum(nil))[:12]
		if have != want || got.Format != "mbox" || got.err != nil || len(got.rejects) != 0 {
			t.Errorf("%s: %s, %d rejects %.300v, %v: got %#v, want %#v", name, got.Format, len(got.rejects), got.rejects, got.err, have, want)
		}
	}
}

func FuzzMailbox(target *testing.F) {
	f := fuzz.Of(target)
	f.Add([]byte(mailboxFile))
	f.Fuzz(func(t *testing.T, file []byte) {
		got := load(t, "list.mbox", file, archive.Options{Format: "mbox"})
		if got.err == nil && len(got.posts)+len(got.rejects) != got.Rows {
			t.Errorf("%d posts, %d rejects of %d rows", len(got.posts), len(got.rejects), got.Rows)
		}
		for _, p := range got.posts {
			if p.Parent == p.ID {
				t.Errorf("%s answers itself", p.NativeID)
			}
		}
	})
}
