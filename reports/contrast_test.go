package reports

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tribu/reports/atlas"
)

// TestContrast measures every tribe colour as text on the ground of both themes (WCAG AA: 4.5).
func TestContrast(t *testing.T) {
	style, err := files.ReadFile("static/style.css")
	if err != nil {
		t.Fatal(err)
	}
	pairs := regexp.MustCompile(`--([a-z]+|c):light-dark\((#[0-9a-f]{6}),(#[0-9a-f]{6})\)`).FindAllStringSubmatch(string(style), -1)
	ground := map[string][2]string{}
	for _, p := range pairs {
		ground[p[1]] = [2]string{p[2], p[3]}
	}
	for _, p := range pairs {
		if slices.Contains([]string{"bg", "rule", "wash", "loose"}, p[1]) {
			continue
		}
		for theme, name := range []string{"light", "dark"} {
			for _, on := range []string{"bg", "wash"} {
				if got := contrast(t, p[2+theme], ground[on][theme]); got < 4.5 {
					t.Errorf("--%s %s on --%s in %s: %.2f, want 4.5", p[1], p[2+theme], on, name, got)
				}
			}
		}
	}
	for i := range atlas.Palette {
		light, dark := atlas.Colour(i)
		if want := fmt.Sprintf(".c%d{--c:light-dark(%s,%s)}", i, light, dark); !strings.Contains(string(style), want) {
			t.Errorf("the style lacks %s", want)
		}
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	la, lb := luminance(t, a), luminance(t, b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	v, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	out := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		c := float64(v>>(16-8*i)&255) / 255
		if c <= 0.03928 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		out += weight * c
	}
	return out
}
