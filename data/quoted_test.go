package data

import "testing"

func TestQuoted(t *testing.T) {
	for line, want := range map[string]bool{
		"> the lid leaks": true, ">>> the lid leaks": true, "| the lid leaks": true, ": the lid leaks": true, "Ann> the lid leaks": true,
		"#> the lid leaks": true, "#|> the lid leaks": true, ":>the lid leaks": true, "%>the lid leaks": true, "#>#the lid leaks": true,
		"=|> the lid leaks": true, "AL>the lid leaks": true, "a>b": false,
		"": false, ":-) the lid holds": false, ":D": false, "-> mend the lid": false, "=> mend the lid": false, "# mend the lid": false,
		"the lid > the pot": false, "* mend the lid": false, "3 > 2": false,
	} {
		if got := Quoted(line); got != want {
			t.Errorf("Quoted(%q) = %v, want %v", line, got, want)
		}
	}
}

func TestQuotedBy(t *testing.T) {
	for _, c := range []struct {
		introduction, first, second string
		want                        byte
	}{
		{"Ann Lee writes:", "#the lid leaks", "#and rusts", '#'},
		{"# Ann Lee writes:", "#the lid leaks", "", '#'},
		{"Ann Lee writes:", "#the lid leaks", "Mine holds.", 0},
		{"Ann Lee writes:", "= the lid leaks", "= and rusts", '='},
		{"Ann Lee writes:", "- a lid", "- a pot", 0},
		{"Ann Lee writes:", "the lid leaks", "and rusts", 0},
	} {
		if got := QuotedBy(c.introduction, c.first, c.second); got != c.want {
			t.Errorf("QuotedBy(%q, %q, %q) = %q, want %q", c.introduction, c.first, c.second, got, c.want)
		}
	}
}
