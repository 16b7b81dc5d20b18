package graph

// dotBlocks returns a·b of slices of one length, a multiple of 16, in the order of plainDot.
//
//go:noescape
func dotBlocks(a, b []float32) float32

// addBlocks adds x × from to to, both of one length, a multiple of 8.
//
//go:noescape
func addBlocks(to []float32, x float32, from []float32)
