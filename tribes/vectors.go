package tribes

import (
	"math"
	"slices"

	"tribu/tribes/graph"
)

const (
	commonShare = 0.20 // of authors; a word that more of them use tells nobody apart
	commonOfFew = 0.35 // the same of few authors, of whom one group may be a third
	fewAuthors  = 400
	needBoost   = 0.5 // weight of a need's topic beside the words it is made of, which count already
	topicBoost  = 0.7 // weight of a phrase beside its words
	minUsers    = 2   // authors a word needs
)

// A sparse holds one row of (column, value) pairs per author, by column.
type sparse struct {
	columns int
	terms   int       // of the columns, which come first
	factor  []float32 // of each column, that its values were multiplied by; nil of units
	offsets []int
	column  []uint32
	value   []float32
}

func (s *sparse) rows() int { return len(s.offsets) - 1 }

// decay returns the weight of a post or tie of time t.
func decay(p Params, t moment) float64 {
	if p.HalfLife <= 0 {
		return 1
	}
	return math.Exp2(-float64(p.AsOf.Sub(t.time())) / float64(p.HalfLife))
}

type mass struct {
	column uint32
	weight float32
}

// vectors returns the authors' weighted words: decayed counts, log-scaled, times the inverse
// document frequency over authors.
func vectors(in Input, p Params) *sparse {
	counts := countByAuthor(in, p)
	users := make([]int, 3*len(in.words))
	for _, row := range counts {
		for _, m := range row {
			users[m.column]++
		}
	}
	authors, common := float64(len(in.authors)), commonShare
	if authors < fewAuthors {
		common = commonOfFew
	}
	renumber := make([]uint32, len(users))
	factor := make([]float64, len(users))
	s := &sparse{offsets: make([]int, 1, len(counts)+1)}
	for c, n := range users {
		if n >= minUsers && (float64(n) <= common*authors || n <= 5) {
			renumber[c] = uint32(s.columns)
			factor[c] = kindBoost(featureKind(c/len(in.words))) * math.Log(authors/float64(n))
			s.columns++
			s.factor = append(s.factor, float32(factor[c]))
			if c < len(in.words) {
				s.terms++
			}
		}
	}
	kept := 0
	for c, n := range users {
		if factor[c] > 0 {
			kept += n
		}
	}
	s.column, s.value = make([]uint32, 0, kept), make([]float32, 0, kept)
	for a, row := range counts {
		for _, m := range row {
			if factor[m.column] > 0 {
				s.column = append(s.column, renumber[m.column])
				s.value = append(s.value, float32(math.Log1p(float64(m.weight))*factor[m.column]))
			}
		}
		s.offsets = append(s.offsets, len(s.column))
		counts[a] = nil
	}
	return s
}

// units returns s with every row scaled to length 1.
func (s *sparse) units() *sparse {
	out := &sparse{columns: s.columns, offsets: s.offsets, column: s.column, value: slices.Clone(s.value)}
	for r := range out.rows() {
		unit(out.value[out.offsets[r]:out.offsets[r+1]])
	}
	return out
}

func kindBoost(k featureKind) float64 {
	switch k {
	case isNeed:
		return needBoost
	case isTopic:
		return topicBoost
	}
	return 1
}

func unit(row []float32) {
	sum := 0.0
	for _, x := range row {
		sum += float64(x) * float64(x)
	}
	if sum == 0 {
		return
	}
	scale := float32(1 / math.Sqrt(sum))
	for i := range row {
		row[i] *= scale
	}
}

// countByAuthor returns each author's decayed counts; column = kind × words + word.
func countByAuthor(in Input, p Params) [][]mass {
	byAuthor := postsByAuthor(in)
	counts := make([][]mass, len(in.authors))
	graph.Parallel(len(counts), func(a int) {
		var row []spoken
		for _, i := range byAuthor[a] {
			weight := decay(p, in.posts[i].at)
			for _, f := range in.posts[i].features {
				row = append(row, spoken{uint32(int(f.kind)*len(in.words)) + f.word, weight * float64(f.count)})
			}
		}
		slices.SortStableFunc(row, func(x, y spoken) int { return int(x.column) - int(y.column) })
		counts[a] = masses(row)
	})
	return counts
}

// A spoken is what one post adds to a column.
type spoken struct {
	column uint32
	weight float64
}

// masses adds up each column of row, which is by column.
func masses(row []spoken) []mass {
	columns := 0
	for i := range row {
		if i == 0 || row[i].column != row[i-1].column {
			columns++
		}
	}
	out := make([]mass, 0, columns)
	for i := 0; i < len(row); {
		column, sum := row[i].column, 0.0
		for ; i < len(row) && row[i].column == column; i++ {
			sum += row[i].weight
		}
		out = append(out, mass{column, float32(sum)})
	}
	return out
}

// postsByAuthor returns the numbers of each author's posts, oldest first.
func postsByAuthor(in Input) [][]uint32 {
	out := make([][]uint32, len(in.authors))
	for i, p := range in.posts {
		out[p.author] = append(out[p.author], uint32(i))
	}
	return out
}
