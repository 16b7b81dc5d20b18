package nlp

import (
	"strings"
	"testing"

	"tribu/data"
)

// What people tell of their days in passing is heard as the need it is, of the thing that it is about; what only sounds
// like it is not.
func TestHearsWhatIsToldInPassing(t *testing.T) {
	a := analyzer(t)
	for text, want := range map[string]string{
		"The oven ruins everything at the back.":                      "problem oven",
		"My parrot chews the curtains all day, what can I do?":        "howto parrot",
		"My kettle rattles whenever it warms up.":                     "problem kettle",
		"Putting the baby to bed is a real battle.":                   "problem baby",
		"The moles eat my carrots.":                                   "problem mole",
		"The receiver refuses to switch channels.":                    "problem receiver",
		"We would be very grateful for a cradle until spring.":        "recommendation cradle",
		"Has anyone got the number of a roofer?":                      "recommendation roofer",
		"Which paint would you recommend for a damp cellar?":          "recommendation paint",
		"Dopo ogni doccia mi fa male la spalla.":                      "problem spalla",
		"Le talpe mi rovinano le carote.":                             "problem talpa",
		"La focaccia mi viene sempre dura.":                           "problem focaccia",
		"Il frigorifero ronza in continuazione.":                      "problem frigorifero",
		"La candela dura pochissimo.":                                 "problem candela",
		"Avreste il contatto di un falegname?":                        "recommendation falegname",
		"Possibile che nessuno venda una lanterna?":                   "problem lanterna",
		"C'è qualcuno che accorda fisarmoniche?":                      "howto fisarmoniche",
		"Il circo si sposta a Lodi.":                                  "",
		"Mia zia ci mangia volentieri.":                               "",
		"The match lasted two hours and everybody sang.":              "",
		"The moon turns red at night.":                                "",
		"We eat our sandwiches by the canal.":                         "",
		"The projector turns off after ten minutes.":                  "",
		"They charge me for a locker once a year.":                    "",
		"Chess is a battle between two kings.":                        "",
		"In quella trattoria ci mangiano in trenta.":                  "",
		"Il cancello si apre sempre alle sette.":                      "",
		"È stata una lotta fra due quartieri.":                        "",
		"Il cane resta a terra vicino alla barca.":                    "",
		"The pond freezes in February and ducks walk on it.":          "",
		"The coach takes five hours to reach the coast.":              "",
		"Her voice broke when she thanked the nurses.":                "",
		"Our cellar smells, again and again.":                         "problem cellar",
		"The drawer broke. The hinge broke too.":                      "problem drawer",
		"My scones always fall apart, but we love them.":              "",
		"La fontana gela e i piccioni ci camminano.":                  "",
		"La locomotiva si è fermata nel bosco.":                       "",
		"La mia crostata si sbriciola sempre.":                        "problem crostata",
		"La mia crostata si sbriciola sempre ma è squisita.":          "",
		"La posta si rifiuta di ridarmi la cauzione.":                 "problem posta",
		"Ci vogliono quaranta minuti per salire al rifugio.":          "",
		"Accendiamo la stufa la domenica.":                            "",
		"Il cappotto è ancora bagnato, l'ho messo vicino alla stufa.": "",
	} {
		out, err := a.Analyze(data.Post{Body: text})
		if err != nil {
			t.Fatal(err)
		}
		var heard []string
		for _, n := range out.Needs {
			if n.Type.Wanting() {
				heard = append(heard, strings.ToLower(string(n.Type)+" "+n.Object+" "+n.Concept))
			}
		}
		kind, thing, _ := strings.Cut(want, " ")
		found := want == "" && len(heard) == 0
		for _, h := range heard {
			found = found || want != "" && strings.HasPrefix(h, kind) && strings.Contains(h, thing)
		}
		if !found {
			t.Errorf("%q: heard %q, want %q", text, heard, want)
		}
	}
}
