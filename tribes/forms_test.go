package tribes

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tribu/data"
)

// A tribe of twenty who write English and ten who write Italian about the same things is called in
// English, though more posts of everybody say so in Italian, and not by a word that the Italian
// titles over their posts hold.
func TestNamesAreOfOneLanguage(t *testing.T) {
	v := threeGroups()
	said := map[string]string{"copper": "rame", "sulphate": "solfato", "dosage": "dose", "sprayer": "pompa"}
	for i := range 30 {
		lang, call := data.LangEN, func(w string) string { return w }
		if i >= 20 {
			lang, call = data.LangIT, func(w string) string { return said[w] }
		}
		for n := range 2 + i/20*8 {
			p := data.AnalyzedPost{PostMeta: data.PostMeta{ID: data.NewPostID("v", fmt.Sprint("vine", i, n)), Source: "v", Author: data.NewAuthorID("v", fmt.Sprint("vine", i)),
				Thread: data.NewThreadID("v", fmt.Sprint("vine", n)), CreatedAt: monday.AddDate(0, 0, -n-1)}, Annotation: data.Annotation{Lang: lang}}
			if i >= 8 { // of a title in Italian, under which both write
				p.Terms = append(p.Terms, data.Term{Key: "=scudo", Form: "scudo", Count: 1})
			}
			for w := range said {
				if i%2 == 1 && (w == "dosage" || w == "sprayer") {
					continue
				}
				p.Terms = append(p.Terms, data.Term{Key: "=" + w, Form: call(w), Count: 1})
			}
			v.posts = append(v.posts, p)
			v.ties = append(v.ties, data.Interaction{Post: p.ID, Kind: data.Reply, From: p.Author, To: data.NewAuthorID("v", fmt.Sprint("vine", (i+n+1)%30)), At: p.CreatedAt})
		}
	}
	r, err := Form(load(t, v, Params{AsOf: monday}), Params{AsOf: monday})
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(r.Tribes, func(t data.Tribe) bool {
		return slices.ContainsFunc(t.Words, func(w data.Term) bool { return w.Key == "=copper" })
	})
	if at < 0 {
		t.Fatalf("no tribe of copper among %d", len(r.Tribes))
	}
	for _, word := range strings.Split(r.Tribes[at].Name, " and ") {
		if _, english := said[word]; !english {
			t.Errorf("tribe of 20 who write English and 10 Italian: its name %q holds %q", r.Tribes[at].Name, word)
		}
	}
}
