package tribes

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// The randomised reduction must agree with the exact one on a matrix of low rank and some noise.
func TestReduceAgreesWithExactSVD(t *testing.T) {
	const rows, columns, rank = 60, 40, 5
	random := rand.New(rand.NewPCG(1, 1))
	dense := mat.NewDense(rows, columns, nil)
	for range rank {
		u, v := make([]float64, rows), make([]float64, columns)
		for i := range u {
			u[i] = random.NormFloat64()
		}
		for j := range v {
			v[j] = random.NormFloat64()
		}
		for i := range rows {
			for j := range columns {
				dense.Set(i, j, dense.At(i, j)+u[i]*v[j]+.01*random.NormFloat64())
			}
		}
	}
	s := &sparse{columns: columns, offsets: []int{0}}
	for i := range rows {
		for j := range columns {
			s.column, s.value = append(s.column, uint32(j)), append(s.value, float32(dense.At(i, j)))
		}
		s.offsets = append(s.offsets, len(s.column))
	}
	var exact mat.SVD
	exact.Factorize(dense, mat.SVDThin)
	var u mat.Dense
	exact.UTo(&u)
	values := exact.Values(nil)
	got := reduce(s, rank, 1)
	for a := range rows {
		for b := range a {
			inner, na, nb := 0.0, 0.0, 0.0
			for k := range rank {
				x, y := u.At(a, k)*values[k], u.At(b, k)*values[k]
				inner, na, nb = inner+x*y, na+x*x, nb+y*y
			}
			want := inner / math.Sqrt(na*nb)
			if c := dot(got.Row(a), got.Row(b)); math.Abs(float64(c)-want) > .01 {
				t.Fatalf("cosine of rows %d and %d: got %.4f, want %.4f", a, b, c, want)
			}
		}
	}
}

func TestReduceOfNothing(t *testing.T) {
	if got := reduce(&sparse{offsets: []int{0, 0, 0}}, 8, 1); got.Rows != 2 || dot(got.Row(0), got.Row(0)) != 0 {
		t.Errorf("two authors without words: got %+v, want two empty rows", got)
	}
}

func TestKMeansIsReproducibleAndSeeded(t *testing.T) {
	v := threeGroups()
	in := load(t, v, Params{AsOf: monday})
	p := Params{AsOf: monday, Algorithm: KMeans, K: 3}.withDefaults()
	l := buildLayers(in, p)
	first := placeByKMeans(l, p)
	if again := placeByKMeans(l, p); !reflect.DeepEqual(first, again) {
		t.Error("k-means twice with one seed gave two results")
	}
	if groupCount(first) != 3 {
		t.Errorf("k = 3: got %d groups", groupCount(first))
	}
	r, err := Form(in, p)
	if err != nil || len(r.Tribes) != 3 || r.Algorithm != "kmeans" {
		t.Errorf("run by k-means: got %d tribes by %s, error %v; want 3 by kmeans", len(r.Tribes), r.Algorithm, err)
	}
}
