package figures

// Hour is a span of hours [From, To) of the day with the replies that fall in it.
type Hour struct {
	From, To int
	Replies  int
	Share    float64 // of all replies
}

// Busiest returns the three hours of the day in which most replies come.
func (t Tribe) Busiest() Hour {
	day := t.Day()
	best, most := 0, -1
	for h := range day {
		if n := ThreeFrom(day, h); n > most {
			best, most = h, n
		}
	}
	return Hour{From: best, To: (best + 3) % 24, Replies: most, Share: float64(most) / float64(max(t.Replies, 1))}
}

// QuietHours returns the longest stretch of hours that holds at most share of the replies.
func (t Tribe) QuietHours(share float64) Hour {
	day := t.Day()
	most := int(share * float64(t.Replies))
	var best Hour
	longest, fewest := 0, 0
	for from := range day {
		n, hours := 0, 0
		for hours < 23 && n+day[(from+hours)%24] <= most {
			n += day[(from+hours)%24]
			hours++
		}
		if hours > longest || hours == longest && n < fewest {
			longest, fewest = hours, n
			best = Hour{From: from, To: (from + hours) % 24, Replies: n, Share: float64(n) / float64(max(t.Replies, 1))}
		}
	}
	return best
}

// Within returns the share of the replies that come in the three hours from an hour on.
func (t Tribe) Within(from int) float64 {
	return float64(ThreeFrom(t.Day(), from)) / float64(max(t.Replies, 1))
}

// ThreeFrom adds up three hours of a day.
func ThreeFrom(day [24]int, from int) int { return day[from] + day[(from+1)%24] + day[(from+2)%24] }

// Day returns the replies of each hour of the day.
func (t Tribe) Day() (day [24]int) {
	for _, hours := range t.Hours {
		for h, n := range hours {
			day[h] += n
		}
	}
	return day
}
