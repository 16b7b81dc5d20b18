package crawler

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"strings"
	"time"
)

// raw writes bytes instead of an answer, more of them until nobody listens, and closes.
func raw(start, more string) answer {
	return func(s *scene, w http.ResponseWriter, _ *http.Request) {
		c, buffer, err := http.NewResponseController(w).Hijack()
		if err != nil {
			s.t.Error(err)
			return
		}
		defer c.Close()
		writeAll(c, buffer.Writer, start, more)
	}
}

func writeAll(c net.Conn, w *bufio.Writer, start, more string) {
	_, err := w.WriteString(start)
	for n := 0; err == nil && more != "" && n < 1<<28; n += len(more) {
		_, err = w.WriteString(more)
	}
	if err == nil {
		err = w.Flush()
	}
	if tcp, ok := c.(*net.TCPConn); ok && err == nil {
		_ = tcp.CloseWrite()
		_ = c.SetReadDeadline(time.Now().Add(time.Second))
		_, _ = io.Copy(io.Discard, c)
	}
}

// dripsHeaders sends a header line now and then.
func dripsHeaders(s *scene, w http.ResponseWriter, _ *http.Request) {
	c, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		s.t.Error(err)
		return
	}
	defer c.Close()
	_, err = io.WriteString(c, "HTTP/1.1 200 OK\r\n")
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for err == nil {
		<-tick.C
		_, err = io.WriteString(c, "X: y\r\n")
	}
}

func wires() []misdeed {
	const ok = "HTTP/1.1 200 OK\r\n"
	reset := func(s *scene, w http.ResponseWriter, r *http.Request) {
		c, buffer, err := http.NewResponseController(w).Hijack()
		if err != nil {
			s.t.Error(err)
			return
		}
		_, _ = buffer.WriteString(ok + "Content-Length: 100000\r\n\r\n{\"latest_posts\":[")
		_ = buffer.Flush()
		_ = c.(*net.TCPConn).SetLinger(0)
		_ = c.Close()
	}
	cut := func(s *scene, w http.ResponseWriter, r *http.Request) {
		body := s.right(r)
		raw(fmt.Sprintf("%sConnection: keep-alive\r\nContent-Length: %d\r\n\r\n%s", ok, len(body), body), "")(s, w, r)
	}
	cookies := func(s *scene, w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Cookie") != "" {
			s.sins.Add(1)
		}
		for i := range 500 {
			http.SetCookie(w, &http.Cookie{Name: fmt.Sprint("c", i), Value: strings.Repeat("v", 100)})
		}
		s.forum.ServeHTTP(w, r)
	}
	rebind := func(s *scene, w http.ResponseWriter, r *http.Request) {
		_, port, _ := net.SplitHostPort(s.trap)
		http.Redirect(w, r, "http://localhost:"+port+"/", http.StatusFound)
	}
	return []misdeed{
		{name: "fewer bytes than announced", on: somePage, do: raw(ok+"Content-Length: 900\r\n\r\n{\"latest_posts\":[]}", ""), want: gap, says: "unexpected EOF"},
		{name: "more bytes than announced", on: somePage, do: raw(ok+"Content-Length: 9\r\n\r\n{\"latest_posts\":[]}", ""), want: gap, says: "unexpected end of JSON"},
		{name: "chunks of nonsense", on: somePage, do: raw(ok+"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello", ""), want: gap, says: "chunk"},
		{name: "a connection that is reset", on: somePage, do: reset, want: gap, says: "it breaks connections off"},
		{name: "a connection that is kept alive and cut", do: cut, want: complete},
		{name: "headers that drip", on: somePage, do: dripsHeaders, want: gap, says: "it does not answer in time", slow: true},
		{name: "headers without end", on: somePage, do: raw(ok, "X-Flood: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n"), want: gap, says: "header"},
		{name: "103 without end", on: somePage, do: raw("", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"), want: gap, says: "exceeded"},
		{name: "trailers without end", on: somePage, do: raw(ok+"Transfer-Encoding: chunked\r\nTrailer: X\r\n\r\n2\r\n{}\r\n0\r\n", "X: yyyyyyyyyyyyyyyyyyyyyy\r\n"), want: gap, says: "trailer"},
		{name: "another protocol", on: somePage, do: raw("SSH-2.0-OpenSSH_9.9 SECRE\x1b[31mT\r\n", ""), want: gap, says: "malformed HTTP"},
		{name: "cookies by the hundred", do: cookies, want: complete},
		{name: "a name that leads to a private address", on: somePage, do: rebind, want: gap, says: "private or reserved"},
		{name: "connections that close at once", conn: func(*scene, net.Conn) {}, want: stopped, says: "robots.txt cannot be read"},
	}
}

// certificate is self-signed, and trusted by the crawler where trusted.
func (s *scene) certificate(address string, until time.Time, trusted bool) tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		s.t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: until.Add(-1000 * time.Hour), NotAfter: until, IsCA: true, BasicConstraintsValid: true,
		IPAddresses: []net.IP{net.ParseIP(address)}}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		s.t.Fatal(err)
	}
	if parsed, err := x509.ParseCertificate(der); err == nil && trusted {
		s.pool.AddCert(parsed)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// sickTLS is a good configuration, changed by the misdeed as long as the server is sick.
func (s *scene) sickTLS() *tls.Config {
	tomorrow := time.Now().Add(24 * time.Hour)
	good := &tls.Config{Certificates: []tls.Certificate{s.certificate("127.0.0.1", tomorrow, true)}}
	bad := good.Clone()
	s.misdeed.tls(s, bad)
	good.GetConfigForClient = func(*tls.ClientHelloInfo) (*tls.Config, error) {
		if s.sick.Load() {
			s.calls.Add(1)
			return bad, nil
		}
		return nil, nil
	}
	return good
}

func handshakes() []misdeed {
	offers := func(address string, age time.Duration, trusted bool) func(*scene, *tls.Config) {
		return func(s *scene, c *tls.Config) {
			c.Certificates = []tls.Certificate{s.certificate(address, time.Now().Add(age), trusted)}
		}
	}
	return []misdeed{
		{name: "a certificate of nobody", tls: offers("127.0.0.1", time.Hour, false), want: stopped, says: "unknown authority"},
		{name: "a certificate that is over", tls: offers("127.0.0.1", -time.Hour, true), want: stopped, says: "expired"},
		{name: "no TLS at all", tls: func(*scene, *tls.Config) {}, conn: func(_ *scene, c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n\r\n")
			_, _ = io.Copy(io.Discard, c)
		}, want: stopped, says: "tls:"},
		{name: "a handshake that stalls", tls: func(*scene, *tls.Config) {}, conn: func(_ *scene, c net.Conn) { _, _ = io.Copy(io.Discard, c) }, want: stopped, says: "it does not answer in time", slow: true},
	}
}
