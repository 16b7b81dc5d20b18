package reports

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"tribu/data"
	"tribu/reports/figures"
)

// marks names births, splits, mergers and ends where they happen.
func (b *builder) marks(v *bandsView, prior, r data.RunRecord, before, after map[data.TribeID]bandSlot, x1, x2 int) {
	done := make(map[data.TribeID]bool)
	for _, l := range r.Lineage {
		from, okFrom := before[l.From]
		to, okTo := after[l.To]
		m := bandMark{Word: b.text("mark." + string(l.Event))}
		switch {
		case l.Event == data.Born && okTo:
			m.X, m.Y = x2-11, int(to.y+to.h/2)
		case l.Event == data.Split && okFrom && okTo && l.From != l.To, l.Event == data.Merge && okFrom && okTo && l.From != l.To:
			if there := slices.ContainsFunc(prior.Tribes, func(t data.Tribe) bool { return t.ID == l.To }); l.Event == data.Split && there {
				m.Word = b.text("mark.move", "n", l.Shared)
			}
			m.X, m.Y = (x1+x2)/2, int(from.y+from.h/2+to.y+to.h/2)/2
		case (l.Event == data.Died || l.Event == data.Dormant) && okFrom:
			if f := figures.FateOf(b.Story, prior, r, l.From); f.People > 0 && f.Event() == figures.Dissolve {
				m.Word = b.text("mark.dissolve")
			}
			m.X, m.Y = x1+10, int(from.y+from.h/2)
		default:
			continue
		}
		if key := cmp.Or(l.To, l.From); !done[key] {
			done[key] = true
			m.TextY = m.Y - 9
			v.mark(m)
		}
	}
}

// mark adds a mark; its word only where no other is written.
func (v *bandsView) mark(m bandMark) {
	for _, o := range v.Marks {
		if dx, dy := o.X-m.X, o.Y-m.Y; dx*dx < 46*46 && dy*dy < 15*15 {
			if dx*dx < 9*9 && dy*dy < 9*9 {
				return
			}
			m.Word = ""
		}
	}
	v.Marks = append(v.Marks, m)
}

// bandNames writes today's names on the right, and older ones where their band ends.
func (b *builder) bandNames(v *bandsView, runs []data.RunRecord, at []map[data.TribeID]bandSlot, order []data.TribeID, nameRunes int) {
	last := len(runs) - 1
	lowest := -100
	for _, id := range order {
		slot, ok := at[last][id]
		if !ok {
			continue
		}
		i := slices.IndexFunc(runs[last].Tribes, func(t data.Tribe) bool { return t.ID == id })
		t := runs[last].Tribes[i]
		y := max(int(slot.y+slot.h/2)+5, lowest+17)
		lowest = y
		v.Names = append(v.Names, bandName{
			X: v.Columns[last].X + 14, Y: y, Letter: t.Letter, Name: cut(b.title(t), nameRunes), People: b.number(t.People), Colour: b.Colours[id],
		})
	}
	v.Height = max(v.Height, lowest+12)
	b.firstNames(v, runs, at[0], order)
	for _, id := range order {
		for i, r := range runs[:last] {
			slot, ok := at[i][id]
			if _, on := at[i+1][id]; !ok || on || b.alive(id) {
				continue
			}
			j := slices.IndexFunc(r.Tribes, func(t data.Tribe) bool { return t.ID == id })
			name := bandName{X: v.Columns[i].X - 6, Y: int(slot.y+slot.h/2) + 4, Name: b.oldLetter(r.Tribes[j]) + cut(b.title(r.Tribes[j]), 20), Colour: -1, Left: i > 0}
			if _, named := at[0][id]; slot.h >= 12 && !v.written(name) && (!named || v.Columns[0].X < wideLeft) {
				v.Names = append(v.Names, name)
			}
		}
	}
}

// firstNames writes on the left what the bands of the first week are: the letter of a tribe of today, and where there
// is room the last name of another, by which it is told.
func (b *builder) firstNames(v *bandsView, runs []data.RunRecord, at map[data.TribeID]bandSlot, order []data.TribeID) {
	for _, id := range order {
		slot, ok := at[id]
		if !ok {
			continue
		}
		name := bandName{X: v.Columns[0].X - 8, Y: int(slot.y+slot.h/2) + 4, Colour: -1, Left: true}
		if i := b.tribeIndex(id); i != figures.None {
			name.Name, name.Colour = b.Figures.Tribes[i].Letter, b.Colours[id]
		} else if v.Columns[0].X >= wideLeft {
			last := b.lastOf(runs, id)
			name.Name = b.oldLetter(last) + cut(b.title(last), 17)
		}
		if name.Name != "" {
			v.Names = append(v.Names, name)
		}
	}
}

// lastOf returns a tribe as the newest of runs that has it has it.
func (b *builder) lastOf(runs []data.RunRecord, id data.TribeID) data.Tribe {
	for _, r := range slices.Backward(runs) {
		if i := slices.IndexFunc(r.Tribes, func(t data.Tribe) bool { return t.ID == id }); i >= 0 {
			return r.Tribes[i]
		}
	}
	return data.Tribe{}
}

// oldLetter returns the letter of a tribe that is gone, to stand before its name; nothing where another has that letter now,
// as one may have that was born when letters still went from tribe to tribe.
func (b *builder) oldLetter(t data.Tribe) string {
	if slices.ContainsFunc(b.Story.Tribes, func(now data.Tribe) bool { return now.Letter == t.Letter }) {
		return ""
	}
	return t.Letter + " "
}

// written reports whether a mark or its word stands where name would.
func (v *bandsView) written(name bandName) bool {
	const letter, word = 6, 26 // about the width of a letter, and half that of a mark's word
	left, right := name.X, name.X+letter*utf8.RuneCountInString(name.Name)
	if name.Left {
		left, right = name.X-(right-left), name.X
	}
	return slices.ContainsFunc(v.Marks, func(m bandMark) bool {
		if m.X+word < left || m.X-word > right {
			return false
		}
		under, beside := name.Y-m.TextY, name.Y-4-m.Y
		return max(under, -under) < 15 || max(beside, -beside) < 13
	})
}
