package graph

import (
	"math"
	"testing"
)

func TestCompare(t *testing.T) {
	tests := []struct {
		name         string
		truth, found Partition
		want         Agreement // −1: not checked
	}{
		{"equal", Partition{0, 0, 1, 1}, Partition{1, 1, 0, 0}, Agreement{1, 1, 1, 1, 1, 1}},
		{"all in one", Partition{0, 0, 1, 1}, Partition{0, 0, 0, 0}, Agreement{0, 0, 0, 0, 1, 0}},
		{"each alone", Partition{0, 0, 1, 1}, Partition{0, 1, 2, 3}, Agreement{0, 2. / 3, 0, 1, .5, 2. / 3}},
		// By hand: joint 2,1 / 0,1 of 4.
		{"one astray", Partition{0, 0, 1, 1}, Partition{0, 0, 0, 1}, Agreement{-1, .3437110184854507, 0, .3112781244591328, .3836885465963443, .3437110184854507}},
		// scikit-learn's documentation: adjusted_rand_score([0,0,1,2],[0,0,1,1]) = 0.57, and
		// v_measure_score([0,0,1,1],[0,0,1,2]) = 0.8.
		{"split pair", Partition{0, 0, 1, 2}, Partition{0, 0, 1, 1}, Agreement{.5714285714285715, .8, .5714285714285715, 2. / 3, 1, .8}},
		{"nothing", nil, nil, Agreement{1, 1, 1, 1, 1, 0}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := Compare(test.truth, test.found)
			near := func(what string, got, want float64) {
				if want >= 0 && math.Abs(got-want) > 1e-9 {
					t.Errorf("%s of %v and %v: got %.12f, want %.12f", what, test.truth, test.found, got, want)
				}
			}
			near("AMI", got.AMI, test.want.AMI)
			near("NMI", got.NMI, test.want.NMI)
			near("ARI", got.ARI, test.want.ARI)
			near("homogeneity", got.Homogeneity, test.want.Homogeneity)
			near("completeness", got.Completeness, test.want.Completeness)
			if len(test.truth) > 0 {
				near("V", got.VMeasure, test.want.VMeasure)
			}
		})
	}
}

// The mean over all orders of one partition is what the expected information stands for.
func TestExpectedInformationIsTheMeanOverAllOrders(t *testing.T) {
	truth, found := Partition{0, 0, 1, 1, 2}, Partition{0, 0, 0, 1, 1}
	sum, n := 0.0, 0
	order := []int{0, 1, 2, 3, 4}
	var permute func(k int)
	permute = func(k int) {
		if k == len(order) {
			dealt := make(Partition, len(found))
			for i, j := range order {
				dealt[i] = found[j]
			}
			sum += crossTable(truth, dealt).information()
			n++
			return
		}
		for i := k; i < len(order); i++ {
			order[k], order[i] = order[i], order[k]
			permute(k + 1)
			order[k], order[i] = order[i], order[k]
		}
	}
	permute(0)
	if got, want := crossTable(truth, found).expectedInformation(), sum/float64(n); math.Abs(got-want) > 1e-12 {
		t.Errorf("got %v, want %v, the mean over %d orders", got, want, n)
	}
}

func TestRandomGroupsAgreeByChanceOnly(t *testing.T) {
	_, truth := planted(2000, 100, 2, .5, 1)
	_, found := planted(2000, 20, 2, .5, 2)
	if got := Compare(truth, found); math.Abs(got.AMI) > .02 || math.Abs(got.ARI) > .02 || got.NMI < .1 {
		t.Errorf("100 random groups against 20: got AMI %.3f, ARI %.3f, NMI %.3f; want 0, 0 and a flattering NMI", got.AMI, got.ARI, got.NMI)
	}
}
