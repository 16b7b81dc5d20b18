package tribes

import "math"

const (
	fitRounds   = 100  // of finding how much words and ties tell
	firstTrust  = 0.3  // from which that starts
	longestStep = 0.2  // of one of them
	closeEnough = 1e-3 // step with which that ends
	firstDoubt  = 0.1  // share of people told to be where they are not, from which that starts
	leastDoubt  = 1e-3
)

// A fitting finds how much words and ties tell of the groups that people are told to be in.
type fitting struct {
	proofs [][]proof // of each person, their own group first
	trust  proof
	doubt  float64 // share of them told to be where they are not; 0 where that is not asked
}

// fitted returns how much words and ties tell, by Newton's method, where everybody is where they are
// told to be.
func fitted(proofs [][]proof) proof { return fit(proofs, 0) }

// fittedInDoubt returns the same where people may be told to be anywhere: how many are is found beside
// it, and who is likely to be counts the less (expectation and maximisation).
func fittedInDoubt(proofs [][]proof) proof { return fit(proofs, firstDoubt) }

func fit(proofs [][]proof, doubt float64) proof {
	f := fitting{proofs, proof{firstTrust, firstTrust, 1}, doubt}
	for range fitRounds {
		g, h, wrong := f.slope()
		det := h[0]*h[2] - h[1]*h[1]
		if math.Abs(det) < 1e-12 {
			break
		}
		words, ties := (h[2]*g[0]-h[1]*g[1])/det, (h[0]*g[1]-h[1]*g[0])/det
		far := max(math.Abs(words), math.Abs(ties))
		step := min(1, longestStep/max(far, 1e-12))
		f.trust.words, f.trust.ties = max(0, f.trust.words+step*words), max(0, f.trust.ties+step*ties)
		far = max(far, math.Abs(wrong-f.doubt))
		if f.doubt > 0 {
			f.doubt = max(leastDoubt, wrong)
		}
		if far < closeEnough {
			break
		}
	}
	return f.trust
}

// leading returns t with the one that tells more counting in full.
func (t proof) leading() proof {
	if most := max(t.words, t.ties); most > 0 {
		t.words, t.ties = t.words/most, t.ties/most
	}
	return t
}

// slope returns the first derivatives of the likelihood of the groups by the trust in words and in
// ties, the second ones, negative: by words, both and ties; and the share of people who seem to be
// told to be where they are not.
func (f fitting) slope() (first [2]float64, second [3]float64, wrong float64) {
	asked := 0.0
	for _, proofs := range f.proofs {
		if len(proofs) < 2 {
			continue
		}
		share, mean, square := softmax(proofs, f.trust), [2]float64{}, [3]float64{}
		for s, q := range proofs {
			mean[0] += share[s] * q.words
			mean[1] += share[s] * q.ties
			square[0] += share[s] * q.words * q.words
			square[1] += share[s] * q.words * q.ties
			square[2] += share[s] * q.ties * q.ties
		}
		right := 1.0
		if f.doubt > 0 {
			there, anywhere := (1-f.doubt)*share[0], f.doubt/float64(len(proofs))
			right = there / (there + anywhere)
		}
		asked++
		wrong += 1 - right
		first[0] += right * (proofs[0].words - mean[0])
		first[1] += right * (proofs[0].ties - mean[1])
		second[0] += right * (square[0] - mean[0]*mean[0])
		second[1] += right * (square[1] - mean[0]*mean[1])
		second[2] += right * (square[2] - mean[1]*mean[1])
	}
	return first, second, wrong / max(1, asked)
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
