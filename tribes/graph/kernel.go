package graph

// The two loops in which most of the time goes, four numbers at a time where the processor's base
// set can. All ways give the same bits.

// Dot returns a·b; b must be as long as a.
func Dot(a, b []float32) float32 {
	n := len(a) &^ 15
	b = b[:len(a)]
	sum := dotBlocks(a[:n], b[:n])
	for i := n; i < len(a); i++ {
		sum += a[i] * b[i]
	}
	return sum
}

// AddScaled adds x × from to to; from must be as long as to.
func AddScaled(to []float32, x float32, from []float32) {
	n := len(to) &^ 7
	from = from[:len(to)]
	addBlocks(to[:n], x, from[:n])
	plainAdd(to[n:], x, from[n:])
}

// plainDot adds up sixteen sums side by side, then those four by four.
func plainDot(a, b []float32) float32 {
	var s [16]float32
	for ; len(a) >= 16; a, b = a[16:], b[16:] {
		for i := range s {
			s[i] += float32(a[i] * b[i])
		}
	}
	for i := range 4 {
		s[i] = (s[i] + s[4+i]) + (s[8+i] + s[12+i])
	}
	return (s[0] + s[1]) + (s[2] + s[3])
}

func plainAdd(to []float32, x float32, from []float32) {
	for i := range to {
		to[i] += float32(x * from[i])
	}
}
