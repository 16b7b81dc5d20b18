package graph

import "testing"

func TestKernelsGiveTheSameBits(t *testing.T) {
	random := newRandom(1, 2)
	for n := range 100 {
		a, b := make([]float32, n), make([]float32, n)
		for i := range a {
			a[i], b[i] = float32(random.NormFloat64()), float32(random.NormFloat64())
		}
		want := plainDot(a[:n&^15], b)
		for i := n &^ 15; i < n; i++ {
			want += float32(a[i] * b[i])
		}
		if got := Dot(a, b); got != want {
			t.Errorf("dot of %d numbers: got %v, want %v", n, got, want)
		}
		sum, plain := append([]float32(nil), b...), append([]float32(nil), b...)
		AddScaled(sum, .3, a)
		plainAdd(plain, .3, a)
		for i := range sum {
			if sum[i] != plain[i] {
				t.Errorf("number %d of %d: got %v, want %v", i, n, sum[i], plain[i])
			}
		}
	}
}

func BenchmarkDot64(b *testing.B) {
	x := make([]float32, 64)
	for b.Loop() {
		Dot(x, x)
	}
}
