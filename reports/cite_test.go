package reports

import (
	"testing"

	"tribu/data"
)

// A post that says several things stands behind each need by what it says of that one.
func TestCitedForANeed(t *testing.T) {
	id := data.NewPostID("s", "p")
	meta := data.PostMeta{ID: id}
	need := func(topic, quote string) data.NeedRow {
		return data.NeedRow{PostMeta: meta, Need: data.Need{Object: topic, Quote: quote}}
	}
	v := View{Story: data.Story{Activity: []data.PostMeta{meta}, Needs: []data.NeedRow{need("soil", "The soil is dry."), need("bin", "The bin smells.")}}}
	b, err := newBuilder(v, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ need, want string }{{"bin", "The bin smells."}, {"soil", "The soil is dry."}, {"", "The soil is dry."}, {"tap", "The soil is dry."}} {
		b.cited = nil
		b.cite("number", nil, []data.PostID{id}, 0)
		b.countedFor("number", c.need)
		metas, quotes := b.citedMetas(citedPosts)
		if got := b.citedPost(metas[id], b.cited[0].need, quotes, func(data.PostID) string { return "" }).Text; got != c.want {
			t.Errorf("counted for %q: got %q, want %q", c.need, got, c.want)
		}
	}
}
