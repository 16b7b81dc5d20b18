package reports

import "math"

// A stripView draws one figure of this week on a line from zero: the usual range as a band with its
// middle, what people call good enough as a field, this week as a dot. 400 by 34 units.
type stripView struct {
	This, Usual   int // places of this week and of the usual middle; -1 where not known
	Low, Width    int // of the usual band
	Good, Field   int // of the field of good enough; Field 0 where not known
	Bound         int // where good enough begins or ends
	Enough        string
	EnoughX       int
	EnoughY       int
	Label         string
	LabelX        int
	Zero, Most    string // what the ends of the line stand for
	HasThis, Band bool
	Asked         int // of the range that half of those ask for who say how much, AskedWidth 0 where not known
	AskedWidth    int
	Title         string
}

const (
	stripAbove = 13 // lines of words over the strip
	stripBelow = 48 // and under it
	stripWidth = 400
	stripLabel = 30 // the least distance of a label's middle from the ends
	stripWord  = 45 // of a label with a word
)

// A range of values to draw.
type stripRange struct {
	this, low, mid, high, good float64
	hasThis, hasUsual, hasGood bool
	askedLow, askedHigh        float64 // half of those who say what is good enough; 0 where not known
	lower                      bool    // lower is better
	share, seconds             bool    // what is counted
}

// strip places r on the line; write says a value in words.
func (b *builder) strip(r stripRange, write func(float64) string) *stripView {
	most := 1.0
	if !r.share {
		most = niceMost(r)
	}
	at := func(x float64) int { return int(math.Round(stripWidth * min(max(x, 0), most) / most)) }
	v := &stripView{This: -1, Usual: -1, Zero: write(0), Most: write(most)}
	if r.seconds {
		v.Zero = "0"
	}
	if r.hasUsual {
		v.Band, v.Usual, v.Low = true, at(r.mid), at(r.low)
		v.Width = max(at(r.high)-v.Low, 4)
	}
	if r.askedHigh > r.askedLow {
		v.Asked, v.AskedWidth = at(r.askedLow), at(r.askedHigh)-at(r.askedLow)
	}
	if r.hasGood {
		v.Bound = at(r.good)
		v.Good, v.Field = v.Bound, stripWidth-v.Bound
		if r.lower {
			v.Good, v.Field = 0, v.Bound
		}
		v.Enough, v.EnoughX = b.text("strip.enough", "value", write(r.good)), min(max(v.Bound, stripWord), stripWidth-stripWord)
		if v.EnoughY = stripAbove; r.hasThis && abs(v.EnoughX-at(r.this)) < stripLabel+stripWord {
			v.EnoughY, v.EnoughX = stripBelow, min(max(v.Bound, stripLabel+stripWord), stripWidth-stripLabel-stripWord)
		}
	}
	if r.hasThis {
		v.HasThis, v.This, v.Label = true, at(r.this), write(r.this)
		v.Title = b.text("strip.label", "value", v.Label)
		v.LabelX = min(max(v.This, stripLabel), stripWidth-stripLabel)
	}
	return v
}

func abs(x int) int { return max(x, -x) }

// niceMost returns the end of the line: a round value, somewhat more than the largest.
func niceMost(r stripRange) float64 {
	most := 0.0
	if r.hasThis {
		most = r.this
	}
	if r.hasUsual {
		most = max(most, r.high)
	}
	if r.hasGood {
		most = max(most, r.good, r.askedHigh)
	}
	most *= 1.1
	if most <= 0 {
		return 1
	}
	if r.seconds {
		for _, hours := range [...]float64{.25, .5, 1, 2, 3, 4, 6, 8, 12, 24, 36, 48, 72, 96, 120, 168, 240, 336, 504, 720, 1440, 2160, 4320, 8760} {
			if most <= hours*3600 {
				return hours * 3600
			}
		}
	}
	step := math.Pow(10, math.Floor(math.Log10(most)))
	return math.Ceil(most/step*2) / 2 * step
}
