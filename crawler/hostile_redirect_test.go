package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

func theTrap(s *scene) string { return s.trap }

func redirects() []misdeed {
	moved := func(s *scene, w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "SECRET"})
		http.Redirect(w, r, s.friend+r.URL.RequestURI(), http.StatusTemporaryRedirect)
	}
	return []misdeed{
		{name: "a redirect to itself", on: somePage, do: location(somePage), want: gap, says: "more than 5 hops"},
		{name: "redirects without end", do: func(s *scene, w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, fmt.Sprintf("/r%d", s.calls.Load()), http.StatusMovedPermanently)
		}, want: stopped, says: "more than 5 hops"},
		{name: "two hosts that send each other", on: "/", do: func(s *scene, w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				return
			}
			http.Redirect(w, r, s.friend+"/back", http.StatusFound)
		}, want: stopped, says: "more than 5 hops"},
		{name: "a redirect to a private address", on: somePage, do: location("http://%s/admin?token=SECRET", theTrap), want: gap, says: "private or reserved"},
		{name: "a redirect to a file", on: somePage, do: location("file:///etc/passwd"), want: gap, says: "not the web"},
		{name: "a redirect to ftp", on: somePage, do: location("ftp://%s/", theTrap), want: gap, says: "not the web"},
		{name: "a redirect without a place", on: somePage, do: answers(http.StatusFound), want: gap, says: "HTTP 302"},
		{name: "a redirect to nonsense", on: somePage, do: location("http://[::1/?SECRE\x1bT=%zz"), want: gap, says: "Location"},
		{name: "a redirect with a password", on: somePage, do: location("http://admin:SECRET@%s/", theTrap), want: gap, says: "carries a password"},
		{name: "a redirect to another host, with a cookie", on: somePage, do: moved, want: complete},
		{name: "a redirect with a body without end", on: somePage, do: func(s *scene, w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "/posts.json")
			w.WriteHeader(http.StatusFound)
			forever("", "x")(s, w, r)
		}, want: gap, says: "too large"},
	}
}

func robotsTexts() []misdeed {
	const at = "/robots.txt"
	comments := strings.Repeat("# nothing to see here\n", 100_000)
	return []misdeed{
		{name: "robots.txt without end", on: at, do: forever("User-agent: *\n", "Disallow: /x\n"), want: stopped, says: "robots.txt cannot be read"},
		{name: "robots.txt with 503", on: at, do: answers(http.StatusServiceUnavailable), want: stopped, says: "robots.txt cannot be read"},
		{name: "robots.txt that moves in circles", on: at, do: location("/robots.txt"), want: complete},
		{name: "robots.txt at a private address", on: at, do: location("http://%s/robots.txt", theTrap), want: stopped, says: "private or reserved"},
		{name: "robots.txt that denies", on: at, do: says("User-agent: *\nDisallow: /"), want: stopped, says: "robots.txt forbids"},
		{name: "robots.txt that is HTML", on: at, do: says("<!doctype html><p>404: Disallow: /</p>", "Content-Type", "text/html"), want: complete},
		{name: "robots.txt of 2 MB, its rules behind what is read", on: at, do: says(comments[:950_000] + "\nUser-agent: *\nDisallow: /\n"), want: complete},
		{name: "robots.txt full of stars", on: at, do: says("User-agent: *\nDisallow: /" + strings.Repeat("*a", 200_000) + "b\n"), want: complete},
		{name: "robots.txt that is not answered", on: at, do: stalls(""), want: stopped, says: "robots.txt cannot be read", slow: true},
		{name: "robots.txt that asks for a year between two requests", on: at, do: says("User-agent: *\nCrawl-delay: 31536000\n"), want: complete},
	}
}

func patience() []misdeed {
	refuses := func(code int, after string) answer {
		return func(_ *scene, w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", after)
			w.WriteHeader(code)
		}
	}
	return []misdeed{
		{name: "429 for ten years", on: somePage, do: refuses(429, "315360000"), want: parked, says: "left alone until"},
		{name: "429 for longer than there are numbers", on: somePage, do: refuses(429, strings.Repeat("9", 400)), want: parked, says: "left alone until"},
		{name: "503 until the year 9999", on: somePage, do: refuses(503, "Fri, 31 Dec 9999 23:59:59 GMT"), want: parked, says: "left alone until"},
		{name: "503 until yesterday, again and again", on: somePage, do: refuses(503, "-86400"), want: gap, says: "given up after"},
		{name: "429 for ten minutes in a run of one", on: somePage, do: refuses(429, "600"), want: stopped, says: "off until",
			change: func(o *Options) { o.MaxTime = time.Minute }},
		{name: "every page fails once", do: func(s *scene, w http.ResponseWriter, r *http.Request) {
			if _, again := s.seen.LoadOrStore(r.URL.RequestURI(), true); !again {
				w.WriteHeader(http.StatusBadGateway)
				return
			}
			s.forum.ServeHTTP(w, r)
		}, want: complete},
	}
}
