package crawler

import (
	"fmt"
	"net/http"
	"net/url"
)

// A credential is a header that goes to one host and to no other.
type credential struct{ host, header, value string }

// credentialOf returns what c's token is to the host that its kind asks.
func credentialOf(c SourceConfig, at *url.URL) (credential, error) {
	switch {
	case c.Token == "":
		return credential{}, nil
	case c.Kind == "github":
		return credential{hostPort(at), "Authorization", "Bearer " + c.Token}, nil
	case c.Kind == "youtube":
		return credential{hostPort(at), "X-Goog-Api-Key", c.Token}, nil
	}
	return credential{}, fmt.Errorf("open source %s: a %s source takes no token", c.Name, c.Kind)
}

// show adds the credential to req, if it is the host's; robots.txt needs none.
func (c credential) show(req *http.Request) {
	if c.value != "" && hostPort(req.URL) == c.host && req.URL.Path != "/robots.txt" {
		req.Header.Set(c.header, c.value)
	}
}
