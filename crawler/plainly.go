package crawler

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"path"
	"strings"
	"syscall"
)

// plainly says what went wrong in words for those who do not know the network.
func plainly(err error) string {
	var dns *net.DNSError
	var late net.Error
	switch {
	case errors.Is(err, ErrForbiddenAddress):
		_, at, _ := strings.Cut(err.Error(), "connect to ")
		return at
	case errors.As(err, &dns) && dns.IsNotFound:
		return noSuchHost(dns.Name)
	case errors.As(err, &dns):
		return "the name service does not answer for " + dns.Name
	case errors.Is(err, syscall.ECONNREFUSED):
		return "it refuses connections"
	case errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.EHOSTUNREACH):
		return "there is no way to it from this machine"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "it breaks connections off"
	case errors.As(err, &late) && late.Timeout():
		return "it does not answer in time"
	}
	return err.Error()
}

// noSuchHost tells names that are invented, by agreement, from those that may be mistyped.
func noSuchHost(name string) string {
	if end := inventedEnd(name); end != "" {
		return fmt.Sprintf("there is no site called %s: names that end in .%s are invented", name, end)
	}
	return "there is no site called " + name + ": is the url right?"
}

// Invented reports whether the address leads to a name that is kept for examples: no site has it.
func Invented(address string) bool {
	u, err := url.Parse(address)
	return err == nil && inventedEnd(u.Hostname()) != ""
}

func inventedEnd(name string) string {
	switch end := strings.TrimPrefix(path.Ext(strings.TrimSuffix(name, ".")), "."); end {
	case "example", "invalid", "test":
		return end
	}
	return ""
}

// unknownHost reports whether a name leads nowhere: asking again will not help.
func unknownHost(err error) bool {
	var dns *net.DNSError
	return errors.As(err, &dns) && dns.IsNotFound
}
