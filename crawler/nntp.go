package crawler

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// NNTP (RFC 3977) is asked through the same guard as the web: one connection is one request. The
// addresses are those of RFC 5538, and one more:
//
//	nntp://HOST/GROUP             how far the group goes
//	nntp://HOST/GROUP/7-90        the articles with these numbers, up to newsArticles of them
//	nntp://HOST/GROUP/7-90?over   their overview alone
//
// The answer's body is the conversation from GROUP on: every command, what it was answered and the
// text that followed, dots doubled as on the wire. Its status is what HTTP would have said.

const (
	newsArticles = 100     // per connection
	newsBytes    = 1 << 20 // of one article
	newsLine     = 8 << 10 // bytes of a line that answers a command
	newsTooLong  = 999     // stands for an article of more than newsBytes
	newsGreatest = 1 << 60 // number of an article
)

var errNewsTalk = errors.New("the news server does not keep to its protocol")

func isNews(scheme string) bool { return scheme == "nntp" || scheme == "nntps" }

// A newsQuestion is what an address asks for.
type newsQuestion struct {
	group    string
	from, to int64 // 0: how far the group goes
	over     bool
}

func newsQuestionOf(address string) (newsQuestion, error) {
	u, err := url.Parse(address)
	if err != nil {
		return newsQuestion{}, errors.New("the address must be nntp://HOST/GROUP")
	}
	group, span, ranged := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	q := newsQuestion{group: group, over: u.RawQuery == "over"}
	if group == "" || len(group) > 400 || strings.ContainsFunc(group, func(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune("*?,!\\[]", r) }) {
		return q, errors.New("the address must be nntp://HOST/GROUP")
	}
	if !ranged {
		return q, nil
	}
	first, last, _ := strings.Cut(span, "-")
	from, err1 := strconv.ParseInt(first, 10, 64)
	to, err2 := strconv.ParseInt(last, 10, 64)
	if err1 != nil || err2 != nil || from < 1 || to < from || to > newsGreatest {
		return q, fmt.Errorf("%.40q is no range of articles", span)
	}
	q.from, q.to = from, to
	return q, nil
}

// news makes one request to a news server: when the host's pause is over, within the limits of
// every other request.
func (g *guard) news(ctx context.Context, address string) (Response, error) {
	q, err := newsQuestionOf(address)
	if err != nil {
		return Response{}, fmt.Errorf("fetch %s: %w", plainURL(address), err)
	}
	u, err := url.Parse(address)
	if err != nil {
		return Response{}, err
	}
	h, err := g.hosts.acquire(ctx, hostPort(u))
	if err != nil {
		return Response{}, err
	}
	defer h.release()
	r, err := g.converse(ctx, u, q, h)
	if err != nil {
		return Response{}, fmt.Errorf("fetch %s: %w", plainURL(address), err)
	}
	r.URL, r.Header, r.FetchedAt = address, http.Header{}, g.now().UTC().Truncate(time.Second)
	return r, nil
}

// converse waits for h's turn, connects, asks q and draws the conclusions for h. Articles that were
// read whole before the conversation broke off are an answer.
func (g *guard) converse(ctx context.Context, u *url.URL, q newsQuestion, h *host) (Response, error) {
	if err := g.awaitTurn(ctx, h); err != nil {
		return Response{}, err
	}
	bounded, cancel := context.WithTimeout(ctx, g.total)
	defer cancel()
	g.count(&g.requests)
	start := g.now()
	status, body, err := g.talk(bounded, u, q)
	if err != nil && bounded.Err() != nil && ctx.Err() == nil {
		err = fmt.Errorf("no answer within %s", g.total)
	}
	if ctx.Err() == nil && !notTheHosts(err) {
		g.note(ctx, h, start, &http.Response{StatusCode: max(status, http.StatusOK), Header: http.Header{}, Body: http.NoBody}, err)
	}
	if err != nil && (body == nil || ctx.Err() != nil) {
		return Response{}, err
	}
	return Response{Status: status, Body: body}, nil
}

// talk connects and asks; ctx ends both. With an error, the body holds at least one article or is nil.
func (g *guard) talk(ctx context.Context, u *url.URL, q newsQuestion) (status int, body []byte, err error) {
	conn, err := g.dial(ctx, "tcp", hostPort(u))
	if err != nil {
		return 0, nil, err
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	defer func() { _ = conn.Close() }()
	if u.Scheme == "nntps" {
		if conn, err = g.secure(ctx, conn, u.Hostname()); err != nil {
			return 0, nil, err
		}
	}
	began := g.now()
	t := &newsTalk{in: textproto.NewReader(bufio.NewReaderSize(&capped{r: conn, left: g.sent}, newsLine)), out: conn,
		late: func() bool { return g.now().Sub(began) > g.total/2 }}
	if status, err = t.run(q); err != nil && t.articles == 0 {
		return status, nil, err
	}
	return status, t.said.Bytes(), err
}

func (g *guard) secure(ctx context.Context, conn net.Conn, name string) (net.Conn, error) {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if known := g.base.TLSClientConfig; known != nil {
		c = known.Clone()
	}
	c.ServerName = name
	secured := tls.Client(conn, c)
	return secured, secured.HandshakeContext(ctx)
}
