package reports

import (
	"fmt"
	"strings"
)

// A sparkView is a small trend that starts at zero, 120 by 36 units.
type sparkView struct {
	Line, Area string
	X, Y       int // of the last point
	Values     string
}

// spark draws counts, oldest first; nothing where there is none but zero.
func spark(counts []int) *sparkView {
	const width, height, top = 116, 34, 4
	most := 0
	for _, n := range counts {
		most = max(most, n)
	}
	if most == 0 {
		return nil
	}
	v := &sparkView{}
	var line, values []string
	for i, n := range counts {
		v.X = 2
		if len(counts) > 1 {
			v.X = 2 + i*(width-2)/(len(counts)-1)
		}
		v.Y = height - n*(height-top)/most
		line = append(line, fmt.Sprintf("%d %d", v.X, v.Y))
		values = append(values, fmt.Sprint(n))
	}
	v.Line = "M" + strings.Join(line, "L")
	v.Area = fmt.Sprintf("%sV%dH2z", v.Line, height)
	v.Values = strings.Join(values, ", ")
	return v
}
