package storytest

import (
	"slices"

	"tribu/data"
)

func themes() []theme {
	return []theme{
		{id: "0a31f4", name: "lumache & birra", bond: data.BondProblem, share: 0.27, topics: [3]string{"lumache", "orto", "reti"},
			words: []string{"lumache", "birra", "rame", "pacciame", "cenere", "insalata"}, quotes: []quote{
				{"Come tengo lontane le lumache senza veleno? Ho un cane piccolo.", "lumache", "lumache", data.LangIT, data.HowTo},
				{"Le lumache mi hanno mangiato tutta l’insalata in una notte.", "lumache", "lumache", data.LangIT, data.Problem},
				{"Cerco reti fitte che non costino un occhio della testa.", "reti", "reti", data.LangIT, data.Wish},
				{"Slugs ate every seedling I planted on Sunday.", "lumache", "slugs", data.LangEN, data.Problem},
			}},
		{id: "91cc02", name: "rain barrel", bond: data.BondNeed, share: 0.21, topics: [3]string{"water", "barrel", "hose"},
			words: []string{"barrel", "drip", "hose", "gutter", "drought"}, quotes: []quote{
				{"Is there any way to water a plot for two weeks while I am away?", "water", "water", data.LangEN, data.HowTo},
				{"The council tap is shut from October and I have no water.", "water", "water", data.LangEN, data.Problem},
				{"Which hose survives frost? Mine split again.", "hose", "hose", data.LangEN, data.Recommendation},
				{"Con l’acqua chiusa non so come bagnare i cavoli.", "water", "acqua", data.LangIT, data.Problem},
			}},
		{id: "5e77ab", name: "heirloom seed", bond: data.BondPassion, share: 0.17, topics: [3]string{"seed", "tomato", "label"},
			words: []string{"heirloom", "pollen", "label", "landrace", "swap"}, quotes: []quote{
				{"I am looking for a white aubergine that still comes true from seed.", "seed", "seed", data.LangEN, data.Recommendation},
				{"Qualcuno scambia semi di pomodoro costoluto?", "seed", "semi", data.LangIT, data.Recommendation},
				{"I wish the swap had labels that do not wash off.", "label", "label", data.LangEN, data.Wish},
			}},
		{id: "c04d18", name: "clay soil", bond: data.BondProblem, share: 0.13, topics: [3]string{"soil", "compost", "lime"},
			words: []string{"clay", "compost", "gypsum", "worm", "spade"}, quotes: []quote{
				{"My soil turns to concrete every July, what can I dig in?", "soil", "soil", data.LangEN, data.HowTo},
				{"Il terreno è argilla pura e l’acqua resta in superficie.", "soil", "terreno", data.LangIT, data.Problem},
				{"The compost heap stinks and the neighbours complain.", "compost", "compost", data.LangEN, data.Complaint},
			}},
		{id: "e8b960", name: "balcone al nord", bond: data.BondBelonging, share: 0.12, topics: [3]string{"balcone", "ombra", "vasi"}, born: 4,
			words: []string{"balcone", "ombra", "vasi", "ringhiera", "basilico"}, quotes: []quote{
				{"Cosa cresce su un balcone che non vede mai il sole?", "balcone", "balcone", data.LangIT, data.Recommendation},
				{"I vasi gelano e il rosmarino muore ogni inverno.", "vasi", "vasi", data.LangIT, data.Problem},
			}},
		{id: "2fd7c3", name: "bees & borage", bond: data.BondPassion, share: 0.10, topics: [3]string{"bees", "flowers", "spray"}, born: 7,
			words: []string{"bees", "borage", "phacelia", "hive"}, quotes: []quote{
				{"Why does the plot next to mine still spray when the bees are out?", "spray", "spray", data.LangEN, data.Complaint},
				{"What should I sow now so that bees find something in March?", "bees", "bees", data.LangEN, data.HowTo},
			}},
		{id: "7b1e55", name: "drip line", bond: data.BondNeed, share: 0.08, topics: [3]string{"drip", "timer", "tap"}, died: 5,
			words: []string{"drip", "timer"}, quotes: []quote{{"Which timer works without a tap?", "timer", "timer", data.LangEN, data.Recommendation}}},
	}
}

// lineage tells what became of the tribes of the run before: the seventh theme joins the second at
// run 5, the fifth splits from the first at run 4, the sixth is born in the last run.
func (m *maker) lineage(rec *data.RunRecord, th theme, tr data.Tribe, r int) {
	if r == 0 {
		return
	}
	from, n := tr.ID, tr.People
	switch {
	case r == th.born && th.id == "e8b960":
		rec.Lineage = append(rec.Lineage, data.Lineage{Run: rec.ID, Event: data.Split, From: "t0a31f4", To: from, Shared: n, Before: n * 3, After: n})
	case r == th.born:
		rec.Lineage = append(rec.Lineage, data.Lineage{Run: rec.ID, Event: data.Born, To: from, After: n})
	default:
		rec.Lineage = append(rec.Lineage, data.Lineage{Run: rec.ID, Event: data.Continue, From: from, To: from, Shared: n * 9 / 10, Before: n, After: n, Jaccard: 0.8})
	}
	if r == 5 && th.id == "91cc02" {
		rec.Lineage = append(rec.Lineage, data.Lineage{Run: rec.ID, Event: data.Merge, From: "t7b1e55", To: from, Shared: n / 5, Before: n / 4, After: n})
	}
}

func bySize(tribes []data.Tribe) {
	slices.SortStableFunc(tribes, func(a, b data.Tribe) int { return b.People - a.People })
	for i := range tribes {
		tribes[i].Letter = string(rune('A' + i))
	}
}

func sortStory(s *data.Story) {
	slices.SortStableFunc(s.Activity, func(a, b data.PostMeta) int { return a.CreatedAt.Compare(b.CreatedAt) })
	slices.SortStableFunc(s.Interactions, func(a, b data.Interaction) int { return a.At.Compare(b.At) })
	slices.SortStableFunc(s.Needs, func(a, b data.NeedRow) int { return slices.Compare(a.ID[:], b.ID[:]) })
}

func firstNames() []string {
	return []string{"rosa", "mauro", "jo", "terra", "priya", "lino", "ash", "ines", "omar", "wren", "giulia", "tom", "bice", "sol", "nadia"}
}
