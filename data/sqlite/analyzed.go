package sqlite

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"tribu/data"
)

const metaColumns = `p.id, p.source, p.author, p.thread, p.parent, p.created_at, p.url, p.place`

const needColumns = `n.type, n.kind, n.object, n.aspect, n.action, n.concept, n.facets, n.polarity, n.negated, n.hypothetical,
n.step_kind, n.step_value, n.step_unit, n.expectation, n.in_title, n.start, n.end, n.quote, n.lang, n.rule, n.confidence, n.motives, n.voice`

const (
	selectVersion = `SELECT num FROM version WHERE name = ?`
	selectWindow  = `SELECT id, num FROM post WHERE created_at > ? AND created_at <= ?`
	selectPrints  = `SELECT p.id, p.author, p.created_at, a.fingerprint FROM post AS p CROSS JOIN annotation AS a ON a.post = p.id AND a.version = (SELECT num FROM version WHERE name = ?3)
WHERE p.created_at > ?1 AND p.created_at <= ?2 AND a.fingerprint <> 0`
	selectAnalyzed = `SELECT ` + metaColumns + `, a.lang, a.words, a.fingerprint, a.copy, a.needs, h.terms
FROM json_each(?1) AS j CROSS JOIN post AS p ON p.num = j.value CROSS JOIN annotation AS a ON a.post = p.id AND a.version = ?2
CROSS JOIN heard AS h ON h.post = p.id AND h.version = ?2`
)

// A numbered is the id of a post with its row number.
type numbered struct {
	id  data.PostID
	num int64
}

// Analyzed returns the posts of the window that version has heard, in id order, with what it heard
// in them; those that say again what their author said before in the window are copies. The loop
// body may write. An error ends the sequence.
func (db *DB) Analyzed(ctx context.Context, version string, w data.Window) iter.Seq2[data.AnalyzedPost, error] {
	return func(yield func(data.AnalyzedPost, error) bool) {
		copies, err := db.copies(ctx, version, w)
		if err != nil {
			yield(data.AnalyzedPost{}, fmt.Errorf("read copies: %w", explain(err)))
			return
		}
		for p, err := range db.annotated(ctx, version, w) {
			p.Copy = p.Copy || copies[p.ID]
			if !yield(p, err) {
				return
			}
		}
	}
}

// annotated returns what Analyzed does, as it is stored.
func (db *DB) annotated(ctx context.Context, version string, w data.Window) iter.Seq2[data.AnalyzedPost, error] {
	return func(yield func(data.AnalyzedPost, error) bool) {
		r, all, err := db.window(ctx, version, w)
		if err == nil {
			err = r.isDense(ctx, len(all))
		}
		for chunk := range slices.Chunk(all, 1000) {
			var page []data.AnalyzedPost
			if page, err = r.analyzed(ctx, chunk); err != nil {
				break
			}
			for i := range page {
				if !yield(page[i], nil) {
					return
				}
			}
		}
		if err != nil {
			yield(data.AnalyzedPost{}, fmt.Errorf("read analysed posts: %w", explain(err)))
		}
	}
}

// window returns the posts of w in id order, and a reader for what version heard in them.
func (db *DB) window(ctx context.Context, version string, w data.Window) (*reader, []numbered, error) {
	r, err := newReader(ctx, db.pool, version)
	if err != nil {
		return nil, nil, err
	}
	var all []numbered
	err = query(ctx, db.pool, selectWindow, func(row scanner) error {
		var n numbered
		err := row.Scan((*idColumn)(&n.id), &n.num)
		all = append(all, n)
		return err
	}, w.From.Unix(), w.To.Unix())
	slices.SortFunc(all, func(a, b numbered) int { return bytes.Compare(a.id[:], b.id[:]) })
	return r, all, err
}

// A reader reads posts with what one version heard in them, and keeps one copy of what repeats.
type reader struct {
	q       querier
	version int64
	name    string
	sources map[int64]string
	words   interner
	calls   map[data.ProblemID]*called // what problems are called
	dense   bool                       // the posts asked about are a fair part of all
}

// newReader finds nothing heard where version is unknown.
func newReader(ctx context.Context, q querier, version string) (*reader, error) {
	r := &reader{q: q, name: version, version: -1, sources: map[int64]string{}, words: interner{}}
	byName, err := loadSources(ctx, q)
	for name, num := range byName {
		r.sources[num] = name
	}
	if err != nil {
		return nil, err
	}
	if err := query(ctx, q, selectVersion, func(row scanner) error { return row.Scan(&r.version) }, version); err != nil {
		return nil, err
	}
	return r, r.loadCalls(ctx)
}

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
		n.Problem, n.Speaks = p.ID, p.Spoken == at
		n.Called, err = p.in(n.Lang)
	}
	return err
}

// analyzed returns what was heard in posts, which are in the order of their ids.
func (r *reader) analyzed(ctx context.Context, chunk []numbered) ([]data.AnalyzedPost, error) {
	nums := make([]int64, len(chunk))
	for i, n := range chunk {
		nums[i] = n.num
	}
	page := make([]data.AnalyzedPost, 0, len(chunk))
	var spoken []int
	err := query(ctx, r.q, selectAnalyzed, func(row scanner) error {
		p, needs, err := r.scanAnalyzed(row)
		if needs > 0 {
			spoken = append(spoken, len(page))
		}
		page = append(page, p)
		return err
	}, numList(nums), r.version)
	if err != nil || len(spoken) == 0 {
		return page, err
	}
	voiced := make([]*data.PostMeta, len(spoken))
	for i, at := range spoken {
		voiced[i] = &page[at].PostMeta
	}
	at := 0
	return page, r.eachNeed(ctx, voiced, func(p *data.PostMeta, _ int, n *data.Need) {
		for &page[at].PostMeta != p {
			at++
		}
		page[at].Needs = append(page[at].Needs, *n)
	})
}

func (r *reader) scanAnalyzed(row scanner) (p data.AnalyzedPost, needs int, err error) {
	var terms []byte
	var print int64
	var lang string
	if err := r.scanMeta(row, &p.PostMeta, &lang, &p.Words, &print, &p.Copy, &needs, &terms); err != nil {
		return p, 0, err
	}
	p.Post, p.Version, p.Fingerprint = p.ID, r.name, uint64(print)
	p.Annotation.Lang = data.Lang(r.words.one(lang))
	p.PostMeta.Lang = p.Annotation.Lang
	p.Terms, p.Topics, err = decodeTerms(terms)
	if err != nil {
		err = fmt.Errorf("annotation of post %s: %w", p.ID, err)
	}
	return p, needs, err
}

// scanMeta reads metaColumns, then what follows them into more.
func (r *reader) scanMeta(row scanner, p *data.PostMeta, more ...any) error {
	var source, at int64
	dest := append(make([]any, 0, 16), (*idColumn)(&p.ID), &source, (*idColumn)(&p.Author), (*idColumn)(&p.Thread), (*idColumn)(&p.Parent), &at, &p.URL, &p.Place)
	if err := row.Scan(append(dest, more...)...); err != nil {
		return err
	}
	p.Source, p.CreatedAt, p.Place = r.sources[source], seconds(at), r.words.one(p.Place)
	return nil
}

// scanNeed reads what before takes, then needColumns.
func (r *reader) scanNeed(row scanner, before ...any) (n data.Need, err error) {
	var typ, kind, facets, lang, wants string
	var stepKind, stepUnit *string
	var stepValue *float64
	dest := append(make([]any, 0, 40), before...)
	err = row.Scan(append(dest, &typ, &kind, &n.Object, &n.Aspect, &n.Action, &n.Concept, &facets, &n.Polarity, &n.Negated,
		&n.Hypothetical, &stepKind, &stepValue, &stepUnit, &n.Expectation, &n.Evidence.InTitle, &n.Evidence.Start, &n.Evidence.End,
		&n.Quote, &lang, &n.Rule, &n.Confidence, &wants, &n.Voice)...)
	if err != nil {
		return n, err
	}
	n.Type, n.Kind, n.Lang = data.NeedType(r.words.one(typ)), data.NeedKind(r.words.one(kind)), data.Lang(r.words.one(lang))
	n.Object, n.Aspect, n.Action = r.words.one(n.Object), r.words.one(n.Aspect), r.words.one(n.Action)
	n.Concept, n.Rule = r.words.one(n.Concept), r.words.one(n.Rule)
	if stepKind != nil {
		n.Increment = &data.Increment{Kind: *stepKind, Value: *stepValue, Unit: *stepUnit}
	}
	if facets != "" {
		n.Facets, err = decodeFacets(facets)
	}
	n.Motives, n.Voice = motives(wants), r.words.one(n.Voice)
	return n, err
}

// motives reads what strings.Join writes with commas.
func motives(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}
