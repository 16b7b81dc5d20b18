package export

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"tribu/data"
)

// postID is a post's id: its own, or keyed where nothing may lead back to the post.
func (l *list) postID(id data.PostID) string {
	if id.IsZero() {
		return ""
	}
	return l.outside(id)
}

// outside writes an id of posts or threads.
func (l *list) outside(id [16]byte) string {
	if !l.Anonymise {
		return hex.EncodeToString(id[:])
	}
	mac := hmac.New(sha256.New, l.Key)
	mac.Write([]byte("post"))
	mac.Write(id[:])
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// shown reports who of the story may be shown: those chosen.
func (l *list) shown() map[data.AuthorID]data.Member {
	out := make(map[data.AuthorID]data.Member)
	for _, m := range l.chosenMembers() {
		if old, ok := out[m.Author]; !ok || m.Rank < old.Rank {
			out[m.Author] = m
		}
	}
	return out
}

func (l *list) posts() table {
	t := table{name: "Posts", columns: []column{
		{"run_id", text, 17}, {"post_id", text, 33}, {"member_id", text, 18}, {"tribe_letter", text, 7}, {"platform", text, 12}, {"place", text, 20},
		{"thread_id", text, 33}, {"parent_id", text, 33}, {"created_at", moment, 20}, {"language", text, 9}, {"needs", text, 30}, {"url", text, 40},
	}}
	words := l.WithText && !l.Anonymise
	if words {
		t.columns = append(append(t.columns, column{"title", text, 40}, column{"text", text, 80}, column{"format", text, 7}), broughtBack()...)
	}
	needs := make(map[data.PostID][]string)
	for _, n := range l.Story.Needs {
		key, topic := n.Subject()
		if topic = cmp.Or(l.topics[key], topic); topic != "" && !slices.Contains(needs[n.ID], topic) {
			needs[n.ID] = append(needs[n.ID], topic)
		}
	}
	shown := l.shown()
	var turned map[data.PostID][]string
	if words {
		turned = l.turnedTo(shown)
	}
	for _, p := range l.Activity {
		m, ok := shown[p.Author]
		if !ok || !l.Window.Contains(p.CreatedAt) {
			continue
		}
		address, place := web(p.URL), p.Place
		if l.Anonymise {
			address = ""
		}
		row := []any{l.ID, l.postID(p.ID), l.id(p.Author), l.chosen[m.Tribe].Letter, l.platform(l.Authors[p.Author]), place,
			l.outside(p.Thread), l.postID(p.Parent), l.when(p.CreatedAt), string(p.Lang), strings.Join(needs[p.ID], ", "), address}
		if words {
			post := l.Texts[p.ID]
			row = append(append(row, post.Title, post.Body, string(post.Format)), l.bringsBack(p, post, turned[p.ID])...)
		}
		t.rows = append(t.rows, row)
	}
	return l.apart(t)
}

// broughtBack are the columns by which an import brings a post back as it was, beside its words.
func broughtBack() []column {
	return []column{
		{"id", text, 20}, {"source", text, 12}, {"author", text, 16}, {"author_name", text, 20}, {"handle", text, 16}, {"thread", text, 20}, {"thread_title", text, 30},
		{"parent_kind", text, 8}, {"lang", text, 6}, {"score", whole, 6}, {"views", whole, 6}, {"turned_to", text, 40},
	}
}

// bringsBack are the cells of broughtBack.
func (l *list) bringsBack(p data.PostMeta, post data.Post, turned []string) []any {
	a, thread := l.Authors[p.Author], l.Threads[p.Thread]
	return []any{
		post.NativeID, p.Source, a.NativeID, a.Name, a.Handle, thread.NativeID, thread.Title,
		string(post.ParentBy), string(post.LangHint), post.Score, post.Views, strings.Join(turned, " "),
	}
}

// turnedTo says, by post, to whom its author turned beside the author of a listed post that it answers, and who
// boosted it: the kind and the other's id. Who is not known in the window, or opted out, is nobody there.
func (l *list) turnedTo(shown map[data.AuthorID]data.Member) map[data.PostID][]string {
	by := make(map[data.PostID]data.AuthorID, len(l.Activity)) // of what is listed
	for _, p := range l.Activity {
		if _, ok := shown[p.Author]; ok && l.Window.Contains(p.CreatedAt) {
			by[p.ID] = p.Author
		}
	}
	all := make(map[data.PostID][]string)
	for _, i := range l.Interactions {
		other, post := i.To, l.Texts[i.Post]
		if i.Kind == data.Boost {
			other = i.From
		}
		a, known := l.Authors[other]
		if answered := i.Kind == post.ParentBy && other == by[post.Parent]; known && !a.OptedOut && !answered {
			all[i.Post] = append(all[i.Post], string(i.Kind)+":"+other.String())
		}
	}
	return all
}

// apart puts the posts of an anonymised table, which tells their day alone, in the order of their ids
// there within a day: that of the named table would tell which they are.
func (l *list) apart(t table) table {
	if !l.Anonymise {
		return t
	}
	at := func(name string) int {
		return slices.IndexFunc(t.columns, func(c column) bool { return c.name == name })
	}
	when, id := at("created_at"), at("post_id")
	slices.SortStableFunc(t.rows, func(a, b []any) int {
		return cmp.Or(a[when].(time.Time).Compare(b[when].(time.Time)), strings.Compare(a[id].(string), b[id].(string)))
	})
	return t
}
