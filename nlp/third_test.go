package nlp

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"tribu/data"
	"tribu/nlp/lexicon"
)

// A language is a folder: these few lists, put beside those of English and Italian, and Spanish is heard.
func TestThirdLanguage(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("lexicon")); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"wish.txt":     "{quiero|necesito|me gustaría} {que|un|una|}\nsería {bueno|genial} {que|tener}\t3\n",
		"seek.txt":     "{alguien|quién} {puede|podría} {recomendar|recomendarme}\t3\n",
		"howto.txt":    "{cómo|como} {puedo|se puede}\t3\n",
		"problem.txt":  "no {funciona|arranca|carga}\t3\nse {rompe|cuelga}\n",
		"concepts.txt": "bicicleta\tbike\ncandado\tlock\n",
		"grammar.txt":  "yo\twriter\nmi\twriter determiner\nme\twriter\nel\tdeterminer\nla\tdeterminer\nno\tnegation not\n",
		"ending.txt":   "-{ar|er|ir}\tinfinitive\n",
		"link.txt":     "un\tarticle\nuna\tarticle\nel\tarticle\nla\tarticle\nmi\tarticle\nen\topens\npara\topens\n",
		"number.txt":   "dos\t2\n",
		"unit.txt":     "días\ttime=24h\n",
	} {
		writeList(t, dir, "es/"+name, text)
	}
	a, err := newAnalyzer(lexicon.In(os.DirFS(dir)), Config{})
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWording(lexicon.In(os.DirFS(dir)), Config{})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]struct {
		kind  data.NeedType
		about string
		short string
	}{
		"Mi bicicleta no funciona desde ayer, los frenos están rotos.":   {data.Problem, "bike", "mi bicicleta no funciona desde ayer"},
		"Necesito un candado para la puerta de mi casa.":                 {data.Wish, "lock", "un candado para la puerta"},
		"¿Alguien puede recomendar un taller en el centro de la ciudad?": {data.Recommendation, "", "un taller en el centro"},
		"¿Cómo puedo reparar la bicicleta sin herramientas?":             {data.HowTo, "bike", ""},
	} {
		got, err := a.Analyze(data.Post{Body: text})
		if err != nil || len(got.Needs) != 1 || got.Needs[0].Lang != "es" || got.Needs[0].Type != want.kind || want.about != "" && got.Needs[0].Concept != want.about {
			t.Errorf("heard in %q: %+v, %v; want one %s in es, about %q", text, got.Needs, err, want.kind, want.about)
			continue
		}
		if short := w.Short(&got.Needs[0]); want.short != "" && short != want.short {
			t.Errorf("%q is shortened to %q, want %q", text, short, want.short)
		}
	}
}

// Who tells of tribes, without the lists at hand, knows of the same languages.
func TestLanguagesHeard(t *testing.T) {
	if w, err := wordsIn(lexicon.Own()); err != nil || !slices.Equal(w.heard, data.Heard()) {
		t.Errorf("folders of the lexicon: %v, %v, want those of data.Heard: %v", w.heard, err, data.Heard())
	}
}

func writeList(t *testing.T, dir, path, text string) {
	t.Helper()
	path = filepath.Join(dir, path)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
