package figures

import (
	"strconv"
	"time"
)

// LengthOf writes a length of time as settings do: 4w, 36h, off.
func LengthOf(d time.Duration) string {
	const day, week = 24 * time.Hour, 7 * 24 * time.Hour
	switch {
	case d <= 0:
		return "off"
	case d%week == 0:
		return strconv.Itoa(int(d/week)) + "w"
	case d%day == 0:
		return strconv.Itoa(int(d/day)) + "d"
	}
	return d.String()
}
