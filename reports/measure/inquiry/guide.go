package inquiry

import (
	"fmt"
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/measure/signs"
)

// CellPeople is how many people a cell needs for questions to be asked about it.
const CellPeople = 5

// A Question is an open question of an interview.
type Question struct {
	Stage signs.Sign
	Kind  Kind
	Lang  data.Lang
	Text  string
	Words string // the member's words in it
}

// Guide returns three open questions, in English and in Italian, for each cell of at least
// CellPeople people, filled with members' own words.
func Guide(m Matrix) []Question {
	var out []Question
	for _, c := range m.Cells {
		if c.Authors < CellPeople || len(c.Quotes) == 0 {
			continue
		}
		for _, lang := range []data.Lang{data.LangEN, data.LangIT} {
			for i, form := range forms(lang, c.Kind) {
				q := c.Quotes[i%len(c.Quotes)]
				words := short(q.Text)
				if text := fill(form, lang, c.Stage, words); LintQuestion(text) == nil {
					out = append(out, Question{c.Stage, c.Kind, lang, text, words})
				}
			}
		}
	}
	return out
}

// fill puts the step and the words into a question.
func fill(form string, lang data.Lang, stage signs.Sign, words string) string {
	marks := [2]string{"“", "”"}
	if lang == data.LangIT {
		marks = [2]string{"«", "»"}
	}
	return strings.NewReplacer("{stage}", stageWords(lang, stage), "{words}", marks[0]+words+marks[1]).Replace(form)
}

func forms(lang data.Lang, kind Kind) []string {
	if lang == data.LangIT {
		switch kind {
		case Frustration:
			return []string{"Qualcuno ha scritto {words}. Che cosa le ricorda, {stage}?", "Mi racconti l’ultima volta che qualcosa è andato storto: che cosa stava cercando di ottenere?", "Pensando a {words}: come se l’è cavata, e che cosa ha provato?"}
		case Expectation:
			return []string{"Quando pensa a {words}, che cosa vuol dire per lei “abbastanza bene”?", "Quanto tempo o quanta fatica le sembrano giusti {stage}, e da che cosa lo capisce?", "Come si accorge, {stage}, che le cose stanno andando come si aspettava?"}
		}
		return []string{"Che cosa vorrebbe ottenere {stage}, e perché proprio ora?", "Qualcuno ha scritto {words}. Che cosa cambierebbe nella sua giornata se riuscisse?", "Come farebbe {stage} se nessuno l’aiutasse?"}
	}
	switch kind {
	case Frustration:
		return []string{"Somebody wrote {words}. What does that remind you of {stage}?", "Tell me about the last time something went wrong: what were you trying to get done?", "Thinking of {words}: how did you get by, and what was that like?"}
	case Expectation:
		return []string{"When you think of {words}, what would be good enough for you?", "How much time or effort feels right {stage}, and what tells you so?", "What lets you know, {stage}, that things go the way you expected?"}
	}
	return []string{"What would you like to get done {stage}, and why now?", "Somebody wrote {words}. What would change in your day if that worked?", "How would you go about it {stage} if nobody helped you?"}
}

// stageWords returns a step of the journey as it stands in a sentence.
func stageWords(lang data.Lang, s signs.Sign) string {
	en := []string{"at the very start", "while searching", "while comparing", "when deciding", "in daily use", "when a problem comes up", "when telling others", "when giving up"}
	it := []string{"all’inizio", "nella ricerca", "nel confronto", "nella scelta", "nell’uso di ogni giorno", "davanti a un problema", "nel parlarne ad altri", "nel lasciar perdere"}
	i := max(0, slices.Index(signs.Stages(), s))
	if lang == data.LangIT {
		return it[i]
	}
	return en[i]
}

// Heading returns the step and the kind of a question in its language: "in daily use: goals".
func (q Question) Heading() string {
	en := map[Kind]string{Frustration: "frustrations", Expectation: "expectations", Goal: "goals"}
	it := map[Kind]string{Frustration: "frustrazioni", Expectation: "aspettative", Goal: "scopi"}
	if q.Lang == data.LangIT {
		return stageWords(q.Lang, q.Stage) + ": " + it[q.Kind]
	}
	return stageWords(q.Lang, q.Stage) + ": " + en[q.Kind]
}

// short cuts words to a length one can say, at a space.
func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	runes := []rune(s)
	if len(runes) <= 120 {
		return s
	}
	cut := string(runes[:120])
	if k := strings.LastIndexByte(cut, ' '); k > 60 {
		cut = cut[:k]
	}
	return cut + "…"
}

// closed are the words a yes/no question starts with.
const closed = " do does did is are was were am can could will would should have has had may might must isn't don't " +
	"hai ha ho è é e' sei sono era eri ti le vi si può puoi potrebbe potresti vuoi vuole vorrebbe fai fa c'è c’è ci riesci riesce pensi pensa crede credi secondo "

// LintQuestion returns why a question is no open one; nil where it is. A question must not be
// answered with yes or no: neither its first word nor the first one after a full stop may ask so.
// Words between quotation marks are somebody else's and are passed over.
func LintQuestion(text string) error {
	text = unquoted(text)
	if !strings.HasSuffix(strings.TrimSpace(text), "?") {
		return fmt.Errorf("lint question %q: it asks nothing", text)
	}
	for i, sentence := range strings.FieldsFunc(text, func(r rune) bool { return r == '.' || r == ':' || r == '!' }) {
		words := strings.Fields(strings.ToLower(sentence))
		if len(words) == 0 || i > 0 && !strings.Contains(sentence, "?") {
			continue
		}
		if strings.Contains(closed, " "+strings.Trim(words[0], ",;“«\"")+" ") {
			return fmt.Errorf("lint question %q: %q can be answered with yes or no", text, words[0])
		}
	}
	return nil
}

// unquoted replaces what stands between quotation marks by one word.
func unquoted(text string) string {
	for _, marks := range [][2]string{{"“", "”"}, {"«", "»"}} {
		from := strings.Index(text, marks[0])
		to := strings.LastIndex(text, marks[1])
		if from >= 0 && to > from {
			text = text[:from] + "that" + text[to+len(marks[1]):]
		}
	}
	return text
}
