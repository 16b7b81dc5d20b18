package tribes

import "math"

// said returns how often each word is said, on a logarithmic scale: terms only, of which phrases and
// needs are made.
func (s *sparse) said() *sparse {
	kept := 0
	for _, c := range s.column {
		if int(c) < s.terms {
			kept++
		}
	}
	return s.picked(s.terms, kept, func(i int) (float32, bool) {
		c := s.column[i]
		return s.value[i] / (s.factor[c] * math.Ln2), int(c) < s.terms
	})
}

// picked returns the values, room of them at most, that pick keeps of s, as it gives them.
func (s *sparse) picked(columns, room int, pick func(i int) (float32, bool)) *sparse {
	out := &sparse{columns: columns, offsets: make([]int, 1, len(s.offsets)), column: make([]uint32, 0, room), value: make([]float32, 0, room)}
	for r := range s.rows() {
		for i := s.offsets[r]; i < s.offsets[r+1]; i++ {
			if value, kept := pick(i); kept {
				out.column, out.value = append(out.column, s.column[i]), append(out.value, value)
			}
		}
		out.offsets = append(out.offsets, len(out.column))
	}
	return out
}

// ratios puts into out, for each word of v, how much likelier it is of who speaks here than of
// anybody, v left out; below 0 where nobody else says it.
func (s *sparse) ratios(v int, member bool, here, anybody speaking, out []float64) {
	columns, values, said := s.column[s.offsets[v]:s.offsets[v+1]], s.value[s.offsets[v]:s.offsets[v+1]], 0.0
	for _, x := range values {
		said += float64(x)
	}
	spoken := here.total
	if member {
		spoken -= said
	}
	for i, c := range columns {
		x, mine := float64(values[i]), here.words.of[c]
		if member {
			mine = max(0, mine-x)
		}
		chance := (anybody.words.of[c] - x) / (anybody.total - said)
		switch {
		case !(chance > 0):
			out[i] = -1
		case mine == 0:
			out[i] = 0
		default:
			out[i] = mine / max(1, spoken) / chance
		}
	}
}

// told adds up what the words of v tell, whose ratios are given, where that share of words is a
// group's own: natural logarithms.
func (s *sparse) told(v int, ratios []float64, share float64) float64 {
	sum, silent := 0.0, math.Log1p(-share)
	for i, x := range s.value[s.offsets[v]:s.offsets[v+1]] {
		switch ratio := ratios[i]; {
		case ratio > 0:
			sum += float64(x) * math.Log1p(share*(ratio-1))
		case ratio == 0:
			sum += float64(x) * silent
		}
	}
	return sum
}

// longest returns the most words that anybody says.
func (s *sparse) longest() (most int) {
	for v := range s.rows() {
		most = max(most, s.offsets[v+1]-s.offsets[v])
	}
	return most
}
