package measure

import (
	"tribu/data"
	"tribu/reports/measure/signs"
)

// Remark returns what a post says where people ask and help each other. A company's offer is an advert.
func (r *Reading) Remark(p data.PostMeta) data.Remark {
	parent, known := r.Post(p.Parent)
	out := data.Remark{
		Author: p.Author, Answers: !p.Parent.IsZero() && (!known || parent.Author != p.Author),
		Advert: r.Makers[p.Author] && r.Signs(p.ID).Has(signs.Offer), Acts: p.Acts,
	}
	if r.crowded[p.Thread] { // nobody is asked there
		out.Acts = 0
	}
	return out
}
