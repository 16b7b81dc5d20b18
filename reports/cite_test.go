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
		if got := b.citedPost(metas[id], b.cited[0], data.PostID{}, quotes, func(data.PostID) string { return "" }).Text; got != c.want {
			t.Errorf("counted for %q: got %q, want %q", c.need, got, c.want)
		}
	}
}

// TestCitedForWhatItDoes: a request is shown by the sentence in which it asks, an answer by one that helps, and
// a title never as the words of a post.
func TestCitedForWhatItDoes(t *testing.T) {
	request, answer := data.PostMeta{ID: data.NewPostID("s", "q"), Thread: data.NewThreadID("s", "t"), Acts: data.ActsIn(data.Pleading, 1)}, data.PostMeta{ID: data.NewPostID("s", "a"), Thread: data.NewThreadID("s", "t"), Acts: data.Offering}
	need := func(p data.PostMeta, ord int, quote string) data.NeedRow {
		return data.NeedRow{PostMeta: p, Ord: ord, Need: data.Need{Type: data.Problem, Object: "lid", Quote: quote}}
	}
	v := View{Story: data.Story{Activity: []data.PostMeta{request, answer}, Threads: map[data.ThreadID]data.Thread{request.Thread: {Title: "A lid"}},
		Needs: []data.NeedRow{need(request, 0, "The lid is loose."), need(request, 1, "How do I tighten it?"), need(answer, 0, "Which lid is it?")}}}
	b, err := newBuilder(v, data.LangEN)
	if err != nil {
		t.Fatal(err)
	}
	b.citing(asking, "asks", nil, []data.PostID{request.ID}, 0)
	b.citing(helping, "helps", nil, []data.PostID{answer.ID}, 0)
	b.cite("any", nil, []data.PostID{request.ID}, 0)
	metas, quotes := b.citedMetas(citedPosts)
	for i, c := range []struct {
		post              data.PostID
		said, text, title string
	}{
		{request.ID, "A lid\nThe lid is loose. How do I tighten it?", "How do I tighten it?", "A lid"},
		{answer.ID, "Which lid is it? Mine came loose twice last year as well. You can turn the ring with a spoon.", "You can turn the ring with a spoon.", "A lid"},
		{request.ID, "A lid", "The lid is loose.", "A lid"},
		{answer.ID, "", "", "A lid"},
		{answer.ID, "Mine came loose twice last year as well, and nobody knew why.", "", "A lid"},
	} {
		got := b.citedPost(metas[c.post], b.cited[[]int{0, 1, 2, 1, 1}[i]], request.ID, quotes, func(id data.PostID) string { return map[data.PostID]string{c.post: c.said}[id] })
		if got.Text != c.text || got.Title != c.title {
			t.Errorf("%d: got %q in %q, want %q in %q", i, got.Text, got.Title, c.text, c.title)
		}
	}
}
