package cpi

import (
	"slices"
	"strings"

	"tribu/data"
	"tribu/reports/measure"
	"tribu/reports/measure/customer"
	"tribu/reports/measure/stats"
)

// A Worth is what customers got over the relation, Σ units × value, beside what they brought: the
// inverse of a customer's lifetime value, and that value so far.
type Worth struct {
	Customer  string       // empty where it is a sum
	Tribe     data.TribeID // of a sum
	Customers int
	Delivered float64
	Brought   float64 // Σ margin
	Told      bool    // a margin is told of each of them
}

// Ratio returns Delivered over Brought, Undefined where nothing was brought or it is not told.
func (w Worth) Ratio() (float64, stats.State) {
	if !w.Told || w.Brought <= 0 {
		return 0, stats.Undefined
	}
	return w.Delivered / w.Brought, stats.Known
}

// Worths returns the worth of every customer to whom something was delivered, by customer.
func Worths(delivered []customer.Delivery, sales []customer.Sale) []Worth {
	by := make(map[string]*Worth)
	var out []Worth
	for _, d := range delivered {
		if by[d.Customer] == nil {
			by[d.Customer] = &Worth{Customer: d.Customer, Customers: 1}
		}
		by[d.Customer].Delivered += d.Units * d.Value
	}
	for _, s := range sales {
		if w := by[s.Customer]; w != nil && s.Margin != nil {
			w.Brought += *s.Margin
			w.Told = true
		}
	}
	for _, w := range by {
		out = append(out, *w)
	}
	slices.SortFunc(out, func(a, b Worth) int { return strings.Compare(a.Customer, b.Customer) })
	return out
}

// WorthByTribe returns the sums over the customers who write in public, of each tribe that holds at
// least measure.Privacy of them, in the order of the reading's tribes.
func WorthByTribe(r *measure.Reading, worths []Worth, known map[data.AuthorID]customer.Client) []Worth {
	home := homes(r, known)
	var out []Worth
	for _, t := range r.Tribes {
		sum := Worth{Tribe: t.ID, Told: true}
		for _, w := range worths {
			if home[w.Customer] == t.ID {
				sum.Customers++
				sum.Delivered, sum.Brought, sum.Told = sum.Delivered+w.Delivered, sum.Brought+w.Brought, sum.Told && w.Told
			}
		}
		if sum.Customers >= measure.Privacy {
			out = append(out, sum)
		}
	}
	return out
}
