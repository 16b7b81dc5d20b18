//go:build !amd64

package graph

func dotBlocks(a, b []float32) float32 { return plainDot(a, b) }

func addBlocks(to []float32, x float32, from []float32) { plainAdd(to, x, from) }
