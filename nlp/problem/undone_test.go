package problem

import (
	"fmt"
	"testing"

	"tribu/data"
)

// In a small place people share what they miss others doing, what they ask of a thing, and what they want.
func TestWhatFewPeopleShare(t *testing.T) {
	for _, c := range []struct {
		name, want string
		typ        data.NeedType
		lang       data.Lang
		objects    []string
		quotes     []string
	}{
		{"nobody does it", "qualcuno che canta", data.Complaint, data.LangIT, []string{"coro", "prova", "sabato"}, []string{
			"Che tristezza, alle prove nessuno canta!", "In questo coro nessuno canta più, vergogna.", "Di sabato nessuno canta e tutti si lamentano."}},
		{"why somebody does not", "qualcuno che risponde", data.HowTo, data.LangIT, []string{"lettera", "telefono", "amico"}, []string{
			"Perché non risponde alle lettere?", "Come mai non risponde al telefono?", "Ma perché non risponde agli amici?"}},
		{"why the reader does not", "", data.HowTo, data.LangIT, []string{"lettera", "telefono", "amico"}, []string{
			"Perché non rispondi alle lettere?", "Come mai non rispondi al telefono?", "Ma perché non rispondi agli amici?"}},
		{"why the reader does not sign", "", data.HowTo, data.LangIT, []string{"lettera", "nota", "pagina"}, []string{
			"Perché non vi firmate in fondo alle lettere?", "Come mai non vi firmate sotto la nota?", "Ma perché non vi firmate su questa pagina?"}},
		{"several do not", "non rispondono", data.HowTo, data.LangIT, []string{"lettera", "telefono", "amico"}, []string{
			"Perché non rispondono alle lettere?", "Come mai non rispondono al telefono?", "Ma perché non rispondono agli amici?"}},
		{"nobody does it, in English", "somebody who rehearses", data.Complaint, data.LangEN, []string{"choir", "concert", "evening"}, []string{
			"In this choir nobody rehearses, shame on us.", "Before the concert nobody rehearses, it is ridiculous.", "Of an evening nobody rehearses and all complain."}},
		{"how it went", "com'è andata la recita", data.HowTo, data.LangIT, []string{"recita", "recita", "recita"}, []string{
			"Com'è andata la recita?", "E allora, com'è andata la recita di ieri?", "Non c'ero: com'è andata la recita?"}},
		{"others ask other things of it", "", data.HowTo, data.LangIT, []string{"recita", "recita", "recita"}, []string{
			"Com'è andata la recita?", "Come preparate la recita?", "Come si chiama la recita?"}},
		{"what is not to be done is no lament", "", data.HowTo, data.LangIT, []string{"biglietto", "prova", "sala"}, []string{
			"Non preoccuparti dei biglietti, come fai?", "Non preoccuparti della prova, come va?", "Non preoccuparti della sala, com'è?"}},
		{"a thing by its full name", "", data.Complaint, data.LangIT, []string{"noia", "rabbia", "sporcizia"}, []string{
			"Che noia per le ragazze di Vallerotta!", "Vergogna, dissero le ragazze di Vallerotta con rabbia.", "Quanta sporcizia vedono le ragazze di Vallerotta!"}},
	} {
		var needs []data.NeedRow
		for i, quote := range c.quotes {
			n := say(i, c.objects[i], "", quote)
			n.Type, n.Need.Lang, n.PostMeta.Lang, n.Rule = c.typ, c.lang, c.lang, string(c.lang)+"/ask/?"
			needs = append(needs, n)
		}
		got := ""
		for _, p := range Group(needsOf(needs), Config{Words: wording(t)}) {
			got = fmt.Sprint(p.Phrases[c.lang])
		}
		if got != c.want {
			t.Errorf("%s: %q are called %q, want %q", c.name, c.quotes, got, c.want)
		}
	}
}
