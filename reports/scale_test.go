package reports

import (
	"testing"

	"tribu/data"
	"tribu/reports/internal/storytest"
)

// TestSizes keeps pages within what opens at once.
func TestSizes(t *testing.T) {
	for _, c := range []struct {
		size  storytest.Size
		bytes int
	}{
		{storytest.Size{People: 240, Posts: 1200}, 400 << 10},
		{storytest.Size{People: 4500, Posts: 20000}, 400 << 10},
		{storytest.Size{People: 8000, Posts: 40000}, 400 << 10},
	} {
		for _, lang := range Languages() {
			if got := len(render(t, storytest.Story(c.size, 1), options(), lang)); got > c.bytes {
				t.Errorf("%d people, %s: %d bytes, want at most %d", c.size.People, lang, got, c.bytes)
			}
		}
	}
}

func BenchmarkRender(b *testing.B) {
	for _, c := range []struct {
		name string
		size storytest.Size
	}{
		{"typical", storytest.Typical()},
		{"5000people", storytest.Size{People: 5000, Posts: 25000}},
		{"8000people174000posts", storytest.Size{People: 8000, Posts: 174000}},
	} {
		b.Run(c.name, func(b *testing.B) {
			story := storytest.Story(c.size, 1)
			b.ResetTimer()
			for b.Loop() {
				v := Tell(story, nil, options())
				for _, lang := range []data.Lang{data.LangEN, data.LangIT} {
					if _, err := Render(v, lang); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
