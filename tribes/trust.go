package tribes

import "math"

const (
	fitRounds   = 30   // of finding how much words and ties tell
	firstTrust  = 0.3  // from which that starts
	longestStep = 0.2  // of one of them
	closeEnough = 1e-3 // step with which that ends
)

// fit finds how much words and ties tell of the groups people are in, by Newton's method; the one
// that tells more counts in full.
func (r *refining) fit() {
	for range fitRounds {
		g, h := r.slope()
		det := h[0]*h[2] - h[1]*h[1]
		if math.Abs(det) < 1e-12 {
			break
		}
		words, ties := (h[2]*g[0]-h[1]*g[1])/det, (h[0]*g[1]-h[1]*g[0])/det
		far := max(math.Abs(words), math.Abs(ties))
		step := min(1, longestStep/max(far, 1e-12))
		r.trust.words, r.trust.ties = max(0, r.trust.words+step*words), max(0, r.trust.ties+step*ties)
		if far < closeEnough {
			break
		}
	}
	if most := max(r.trust.words, r.trust.ties); most > 0 {
		r.trust.words, r.trust.ties = r.trust.words/most, r.trust.ties/most
	}
}

// slope returns the first derivatives of the likelihood of the groups by the trust in words and in
// ties, and the second ones, negative: by words, both and ties.
func (r *refining) slope() (first [2]float64, second [3]float64) {
	for _, proofs := range r.proofs {
		if len(proofs) < 2 {
			continue
		}
		share, mean, square := softmax(proofs, r.trust), [2]float64{}, [3]float64{}
		for s, q := range proofs {
			mean[0] += share[s] * q.words
			mean[1] += share[s] * q.ties
			square[0] += share[s] * q.words * q.words
			square[1] += share[s] * q.words * q.ties
			square[2] += share[s] * q.ties * q.ties
		}
		first[0] += proofs[0].words - mean[0]
		first[1] += proofs[0].ties - mean[1]
		second[0] += square[0] - mean[0]*mean[0]
		second[1] += square[1] - mean[0]*mean[1]
		second[2] += square[2] - mean[1]*mean[1]
	}
	return first, second
}

// softmax returns how likely each proof makes its group.
func softmax(proofs []proof, trust proof) []float64 {
	out, most, sum := make([]float64, len(proofs)), math.Inf(-1), 0.0
	for s, q := range proofs {
		out[s] = trust.words*q.words + trust.ties*q.ties + q.size
		most = max(most, out[s])
	}
	for s := range out {
		out[s] = math.Exp(out[s] - most)
		sum += out[s]
	}
	for s := range out {
		out[s] /= sum
	}
	return out
}
