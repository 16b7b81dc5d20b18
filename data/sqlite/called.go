package sqlite

import (
	"context"
	"encoding/json"
	"fmt"

	"tribu/data"
)

const selectCalls = `SELECT p.id, p.phrases, p.post, p.ord, coalesce((SELECT d.name FROM problem_decision AS d WHERE d.problem = p.id AND d.into_id = '' ORDER BY d.num DESC LIMIT 1), '')
FROM problem AS p`

// loadCalls reads what the problems are called.
func (r *reader) loadCalls(ctx context.Context) error {
	r.calls = map[data.ProblemID]*called{}
	return query(ctx, r.q, selectCalls, func(row scanner) error {
		var p called
		err := row.Scan((*string)(&p.ID), &p.phrases, (*idColumn)(&p.Spoken.Post), &p.Spoken.Ord, &p.Name)
		r.calls[p.ID] = &p
		return err
	})
}

// A called is a problem whose phrases are not read before it is asked what it is called.
type called struct {
	data.SharedProblem
	phrases []byte
	lang    data.Lang // last asked for
	name    string    // in lang
}

func (p *called) in(lang data.Lang) (string, error) {
	if p.Phrases == nil {
		if err := json.Unmarshal(p.phrases, &p.Phrases); err != nil {
			return "", fmt.Errorf("phrases of problem %s: %w", p.ID, err)
		}
		p.lang, p.name = lang, p.Call(lang)
	}
	if p.lang != lang {
		p.lang, p.name = lang, p.Call(lang)
	}
	return p.name, nil
}

// assign puts n into the problem of that id, where it is one.
func (r *reader) assign(n *data.Need, id string, at data.NeedRef) (err error) {
	if p, ok := r.calls[data.ProblemID(id)]; ok {
		n.Problem, n.Given, n.Speaks = p.ID, p.Name != "", p.Spoken == at
		n.Called, err = p.in(data.Lang(r.words.one(string(n.Lang))))
	}
	return err
}
