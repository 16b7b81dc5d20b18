package crawler

import (
	"encoding/json"
	"fmt"
	"testing"
)

// TestForumStateIsWrittenAsJSON: piece by piece or at once, the cursor is the same text, and reading
// it gives what was written.
func TestForumStateIsWrittenAsJSON(t *testing.T) {
	st := readForumState("")
	for n := range 40 {
		address := fmt.Sprintf("/viewtopic.php?t=%d&<ä>", (n*17)%31)
		if err := st.Topics.set(address, topicState{fmt.Sprintf("https://f.example/t?start=%d&x", n), "p" + fmt.Sprint(n)}); err != nil {
			t.Fatal(err)
		}
		switch n {
		case 3:
			st.Boards["/f=2"] = boardState{Done: 5}
		case 5:
			st.Watch["https://f.example/a"] = watchedPage{"https://f.example/b", []string{"1", "2"}}
		case 7:
			st.First["new"] = "old"
		case 30:
			st.Topics.prune(20)
		}
		got, err := st.write()
		want, wrong := json.Marshal(st)
		if err != nil || wrong != nil || got != string(want) {
			t.Fatalf("after %d: %v, %v\ngot  %s\nwant %s", n, err, wrong, got, want)
		}
		if again, err := readForumState(got).write(); err != nil || again != got {
			t.Fatalf("after %d, read and written: %v\ngot  %s\nwant %s", n, err, again, got)
		}
	}
	if got, err := readForumState("").write(); got != "{}" || err != nil {
		t.Errorf("nothing: %q, %v; want {}", got, err)
	}
}

// TestForumStateIsRecalled: what was written last is not read again, and a page that failed leaves
// no trace.
func TestForumStateIsRecalled(t *testing.T) {
	f := openForum(SourceConfig{Name: "forum", Preset: "phpbb"}, "https://forum.example", newClock().at).(*htmlForum)
	st := f.states.take("", readForumState)
	_ = st.Topics.set("/a", topicState{"p", "1"})
	text, err := st.write()
	if err != nil {
		t.Fatal(err)
	}
	f.states.keep(text, st)
	if got := f.states.take(text, readForumState); got != st {
		t.Error("the cursor that was written last is read again")
	}
	_ = st.Topics.set("/b", topicState{"p", "1"}) // by a page that is not read to its end
	if got := f.states.take(text, readForumState); got == st || len(got.Topics.known) != 1 {
		t.Errorf("after a page that failed: %d topics, want the one that was written", len(got.Topics.known))
	}
}
