package reports

import (
	"slices"

	"tribu/reports/measure/cpi"
	"tribu/reports/measure/stats"
)

func (b *builder) makers(short *[]string) [][]span {
	m := b.Measures.Makers
	if m == nil {
		return nil
	}
	out := slices.Concat(b.rate("makers.answered", m.Answered.Answered, short), b.rate("makers.kept", m.Kept, short))
	if d := m.Answered.Delay; d.State == stats.Known && d.N > 0 {
		out = append(out, b.rich("makers.delay", "wait", b.value(cpi.SecondsToHelp, d.Median, "")))
	}
	if m.Trust.State == stats.Known {
		return append(out, b.rich("makers.trust", "peers", b.percent(m.Trust.Peers.Value), "makers", b.percent(m.Trust.Makers.Value), "n", m.Trust.Makers.N))
	}
	*short = append(*short, b.text("served.lacking", "name", b.text("lacking.makers.trust"), "n", m.Trust.Makers.N))
	return out
}

// rate tells a share; where it is not known it goes to what is short.
func (b *builder) rate(key string, s stats.Share, short *[]string) [][]span {
	if s.State != stats.Known {
		*short = append(*short, b.text("served.lacking", "name", b.text("lacking."+key), "n", s.N))
		return nil
	}
	between := ""
	if low, high := b.percent(s.Low), b.percent(s.High); low != high {
		between = b.text("range", "low", low, "high", high)
	}
	return [][]span{b.rich(key, "share", b.percent(s.Value), "range", between, "n", s.N)}
}

func (b *builder) servedNotes() [][]span {
	out := b.worth()
	for _, a := range b.Measures.Alarms {
		if a.KPI.Tribe == "" {
			out = append(out, b.rich("served.alarm", "rising", b.text("kpi."+a.KPI.Name), "falling", collected(b.measured(a.CPI.Name))))
		}
	}
	if review := len(b.Measures.Review.Review) + len(b.Measures.Review.Unread); 100*review > review+b.Measures.Needs {
		out = append(out, b.confidence())
	}
	c := cpi.CentricityOf(b.Options.Customer.Goals)
	if total := c.CPI + c.KPI; total > 0 {
		out = append(out, b.rich("served.centricity", "n", total, "x", c.CPI))
		out = append(out, b.rich("served.grounded", "n", len(b.Options.Customer.Goals), "x", cpi.Ground(b.Options.Customer.Goals, b.Measures.Outcomes, cpi.Params{}).Grounded))
	}
	standing := slices.DeleteFunc(slices.Clone(b.Options.Customer.Adopted), func(a cpi.AdoptedCPI) bool { return !a.Retired.IsZero() })
	if len(standing) > 0 {
		var names []string
		for _, a := range standing {
			names = append(names, clean(typed(a.Name)))
		}
		out = append(out, b.rich("served.adopted", "n", len(standing), "names", collected(b.join(names))))
	}
	for _, k := range b.Measures.Kept {
		if k.Met.State != stats.Known {
			out = append(out, b.rich("served.met.none", "name", collected(clean(typed(k.Name))), "state", b.state(k.Met.State, k.Met.N)))
			continue
		}
		out = append(out, b.rich("served.met", "name", collected(clean(typed(k.Name))), "share", b.percent(k.Met.Value), "low", b.percent(k.Met.Low), "high", b.percent(k.Met.High), "n", k.Met.N))
	}
	if none := cpi.Uncovered(b.Options.Customer.Goals); c.CPI > 0 && len(none) > 0 {
		out = append(out, b.rich("served.uncovered", "functions", b.join(b.each("function.", none))))
	}
	return out
}

func (b *builder) each(prefix string, keys []string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = b.text(prefix + k)
	}
	return out
}
