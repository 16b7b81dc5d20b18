package crawler

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// errUnlisted says that public-inbox keeps to itself which archives it has.
var errUnlisted = errors.New("public-inbox answers there and lists no archive: give the address of one, such as https://HOST/LIST")

const mostLists = 3 // of a place that are asked whether they can be read

// askLists asks the mailing lists that the page at an address lists; where the host has no first
// page, those of its HyperKitty, if it has one at a usual place.
func (d *detective) askLists(ctx context.Context, at string) error {
	if d.found || d.c.Kind != "" && d.c.Kind != "mailarchive" || isNews(strings.Split(at, ":")[0]) {
		return nil
	}
	lists := d.lists(at)
	if page, err := url.Parse(at); err == nil && d.known[rooted(at)].response.Status == http.StatusNotFound && strings.Trim(page.Path, "/") == "" {
		for _, usual := range []string{"hyperkitty/", "archives/"} {
			hub := page.JoinPath("/", usual).String()
			if _, err := d.fetch(ctx)(ctx, hub); ctx.Err() != nil {
				return ctx.Err()
			} else if err == nil {
				lists = append(lists, d.lists(hub)...)
			}
		}
	}
	for i := 0; i < min(len(lists), mostLists) && !d.found; i++ {
		c := d.c
		c.Kind, c.URL = "mailarchive", lists[i]
		if err := d.ask(ctx, c, here); err != nil {
			return err
		}
		if d.found {
			d.all[len(d.all)-1].Beside = slices.Delete(lists, i, i+1)
		}
	}
	return nil
}

// lists returns the addresses of the lists that the page at an address, read before, links to:
// all links of public-inbox's first page, those of HyperKitty's that end with list/NAME@DOMAIN/.
func (d *detective) lists(at string) (all []string) {
	read, asked := d.known[rooted(at)]
	if !asked || read.err != nil || read.response.Status != http.StatusOK {
		return nil
	}
	page, err := url.Parse(read.response.URL)
	if err != nil {
		return nil
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(read.response.Body))
	if err != nil {
		return nil
	}
	inboxes := isInboxListing(read.response)
	doc.Find("a[href]").Each(func(_ int, s *goquery.Selection) {
		to, err := page.Parse(s.AttrOr("href", ""))
		if err != nil || to.Host != page.Host || webURL(to.String()) == "" || to.RawQuery != "" {
			return
		}
		parts := strings.Split(strings.Trim(to.Path, "/"), "/")
		list := len(parts) >= 2 && parts[len(parts)-2] == "list" && strings.Contains(parts[len(parts)-1], "@")
		to.Fragment = ""
		if address := strings.TrimSuffix(to.String(), "/"); (list || inboxes && parts[0] != "") && !slices.Contains(all, address) {
			all = append(all, address)
		}
	})
	return all
}

// isInboxListing reports whether r is public-inbox's first page, which lists archives or none.
func isInboxListing(r Response) bool {
	return bytes.Contains(r.Body, []byte("<title>public-inbox listing</title>"))
}
