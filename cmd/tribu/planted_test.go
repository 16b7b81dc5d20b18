package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// A plant is an outcome put into people's mouths: who states it, in which words, and what the miner
// is to find.
type plant struct {
	id      string
	people  int
	texts   []string // person i says texts[i % len(texts)]
	status  string
	counted string
	median  float64 // stated expectation; 0 where none
}

func plants() []plant {
	return []plant{
		{id: "Speed/delivery", people: 30, status: "QUALIFIED", counted: "TIME", median: 3 * 86400, texts: []string{
			"My order is still not here. I need the delivery within 3 days, it is essential for my work.",
			"The delivery has to arrive within 2 days, this is crucial for me.",
			"Ho bisogno della consegna entro 4 giorni, è fondamentale.",
			"I want a delivery within 3 days, that is a deal-breaker for me. Which carrier can do it?",
			"Vorrei la consegna entro 3 giorni, per me è essenziale. Qualcuno la garantisce?",
			"Where does one order now? I wish the delivery came sooner.",
		}},
		{id: "Money/insurance", people: 24, status: "QUALIFIED", counted: "MONEY", median: 40, texts: []string{
			"I need an insurance under 40 euro, more than that is not possible and it is really important to me.",
			"Is there an insurance for less than 30 euro? It is essential, I cannot ride without.",
			"Cerco un'assicurazione a meno di 50 euro, per me è fondamentale.",
			"I would like a cheaper insurance, that matters a lot to me.",
		}},
		{id: "Reliability/battery", people: 20, status: "QUALIFIED", counted: "INTEGRITY", texts: []string{
			"My battery keeps breaking. I need a battery that lasts longer, it is essential on my way to work.",
			"The battery broke for the third time, I urgently need a more reliable battery.",
			"La batteria si è rotta di nuovo, mi serve una batteria più resistente, è fondamentale.",
			"How do I find a battery that breaks less? My battery broke twice this month.",
		}},
		{id: "Quality/saddle", people: 20, status: "needs an increment", texts: []string{ // it matters, in no steps
			"My saddle is terrible. A good saddle is essential to me.", "This saddle is awful, and a saddle is crucial on long rides.",
		}},
		{id: "Speed/repair", people: 6, status: "CANDIDATE", counted: "TIME", median: 86400, texts: []string{ // few people
			"I need the repair within 24 hours, it is essential.",
		}},
	}
}

// noise is what people talk of besides.
func noise() []string {
	return []string{
		"How do I adjust the gears of an old %s?", "Does anybody know a good road to the %s?", "I painted my %s yesterday, it was fun.",
		"Qualcuno ha esperienza con un %s?", "Ieri sono andato al %s con i bambini, bella giornata.", "The %s rattles, what can I do?",
		"My %s does not work since Monday.", "Dove trovo un %s usato?",
	}
}

func things() []string {
	return []string{"lamp", "bell", "trailer", "helmet", "basket", "mirror", "museo", "lago", "mercato", "cestino", "pump", "fender"}
}

// plantedPosts writes the planted outcomes among noise as posts of four weeks, three of noise for
// each that is planted, every post by a person of its own.
func plantedPosts(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	start, n := time.Date(2025, 11, 3, 8, 0, 0, 0, time.UTC), 0
	out := json.NewEncoder(f)
	post := func(author, text string) {
		n++
		row := map[string]string{"id": fmt.Sprint("p", n), "source": "ride", "author": author, "thread_id": fmt.Sprint("t", n), "text": text,
			"created_at": start.Add(time.Duration(n*97%(27*24*60)) * time.Minute).Format(time.RFC3339)}
		if err := out.Encode(row); err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range plants() {
		for i := range p.people {
			post(fmt.Sprintf("%s-%d", p.id, i), p.texts[i%len(p.texts)])
			for k := range 3 {
				post(fmt.Sprintf("noise-%s-%d-%d", p.id, i, k), fmt.Sprintf(noise()[(i+3*k)%len(noise())], things()[(i+5*k)%len(things())]))
			}
		}
	}
}

// TestPlantedOutcomes imports invented outcomes of known people, limits and steps among noise, and
// finds them with the program: the three that pass both tests, and nothing else, are QUALIFIED.
func TestPlantedOutcomes(t *testing.T) {
	dir := t.TempDir()
	posts := filepath.Join(dir, "posts.jsonl")
	plantedPosts(t, posts)
	run := func(args ...string) []byte {
		out, err := exec.Command("tribu", args...).Output()
		if err != nil && args[2] != "cluster" { // nobody talks to anybody: no tribes, exit 4
			t.Fatalf("%v: %v", args, err)
		}
		return out
	}
	p := filepath.Join(dir, "p")
	run("init", p, "--yes")
	for _, args := range [][]string{{"import", "-q", posts}, {"analyse", "-q"}, {"cluster", "-q"}} {
		run(append([]string{"-C", p}, args...)...)
	}
	var got struct{ Data []outcomeRow }
	if err := json.Unmarshal(run("-C", p, "cpi", "list", "--all", "--json"), &got); err != nil {
		t.Fatal(err)
	}
	holdPlants(t, got.Data)
}

func holdPlants(t *testing.T, rows []outcomeRow) {
	t.Helper()
	for _, r := range rows {
		if planted := slices.ContainsFunc(plants(), func(p plant) bool { return p.id == r.ID && p.status == "QUALIFIED" }); r.Status == "QUALIFIED" && !planted {
			t.Errorf("%s is QUALIFIED by %d people, and nobody planted it: %q", r.ID, r.People, r.words())
		}
	}
	for _, want := range plants() {
		i := slices.IndexFunc(rows, func(r outcomeRow) bool { return r.ID == want.id })
		if i < 0 {
			t.Errorf("%s is not found", want.id)
			continue
		}
		r, median := rows[i], 0.0
		if r.Expected != nil {
			median = r.Expected.Median
		}
		if string(r.Status) != want.status || string(r.Increment) != want.counted || median != want.median {
			t.Errorf("%s = %s, %s, expecting %v; want %s, %s, %v", r.ID, r.Status, r.Increment, median, want.status, want.counted, want.median)
		}
		if r.People != want.people {
			t.Errorf("%s is stated by %d people, want %d", r.ID, r.People, want.people)
		}
	}
}
