package sqlite

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
)

// What the digest sees: every table by the ids that mean something outside of the file, without
// clocks, row numbers, the audit log, hosts, locks, and how often a task was tried.
const (
	digestSources = `SELECT name, kind, cursor, begun <> 0 FROM source`
	digestAuthors = `SELECT a.id, s.name, a.native_id, a.handle, a.name, a.url, a.opted_out FROM author AS a JOIN source AS s ON s.num = a.source`
	digestThreads = `SELECT t.id, s.name, t.native_id, t.title, t.url, t.place FROM thread AS t JOIN source AS s ON s.num = t.source`
	digestPosts   = `SELECT p.id, s.name, p.native_id, p.author, p.thread, p.parent, p.parent_by, CASE WHEN p.guessed THEN 0 ELSE p.created_at END,
p.guessed, p.deleted, p.format, p.url, p.lang_hint, p.score, p.views, p.place, t.title, t.body
FROM post AS p CROSS JOIN post_text AS t ON t.num = p.num CROSS JOIN source AS s ON s.num = p.source`
	digestTombstones   = `SELECT post FROM tombstone`
	digestInteractions = `SELECT i.post, i.kind, i.from_author, i.to_author, i.to_post, i.to_handle, CASE WHEN p.guessed THEN 0 ELSE i.at END
FROM interaction AS i LEFT JOIN post AS p ON p.id = i.post`
	digestPages       = `SELECT s.name, p.url, p.status, p.body FROM page AS p JOIN source AS s ON s.num = p.source`
	digestTasks       = `SELECT s.name, t.key, t.kind, t.url, t.depth, t.state FROM task AS t JOIN source AS s ON s.num = t.source`
	digestFailures    = `SELECT stage, version, subject, reason FROM failure`
	digestAnnotations = `SELECT a.post, v.name, a.lang, a.lent, a.words, a.fingerprint, a.copy, a.needs, a.acts, h.terms FROM annotation AS a
CROSS JOIN heard AS h ON h.post = a.post AND h.version = a.version CROSS JOIN version AS v ON v.num = a.version WHERE ` + isOfVersion
	digestNeeds      = `SELECT n.post, v.name, n.ord, ` + needColumns + ` FROM need AS n JOIN version AS v ON v.num = n.version WHERE ` + isOfVersion
	digestRuns       = `SELECT doc FROM run`
	digestTribes     = `SELECT r.id, t.ord, t.doc FROM tribe AS t JOIN run AS r ON r.num = t.run`
	digestMembers    = `SELECT r.id, m.author, m.rank, m.tribe, m.strength, m.stability, m.role, m.placed, m.area, m.posts, m.why FROM member AS m JOIN run AS r ON r.num = m.run`
	digestLineage    = `SELECT r.id, l.ord, l.event, l.from_tribe, l.to_tribe, l.shared, l.before, l.after, l.jaccard FROM lineage AS l JOIN run AS r ON r.num = l.run`
	digestProblems   = `SELECT p.id, p.wanting, p.head, p.facet, p.phrases, p.people, p.needs, p.area, v.name, p.post, p.ord FROM problem AS p JOIN version AS v ON v.num = p.version`
	digestVoiced     = `SELECT x.post, v.name, x.ord, x.problem FROM voiced AS x JOIN version AS v ON v.num = x.version`
	digestTraces     = `SELECT id, anchors FROM problem_trace`
	digestDecisions  = `SELECT num, problem, into_id, name FROM problem_decision`
	digestVersions   = `SELECT post, ord, hash FROM post_version`
	digestSuppressed = `SELECT key_hash FROM suppression`
	digestMeta       = `SELECT key, value FROM meta WHERE key NOT LIKE 'local.%'`
)

// Digest returns the logical hash of the content: equal content gives an equal digest, whatever
// the order and the batches in which it came.
func (db *DB) Digest(ctx context.Context) (string, error) {
	sum := sha256.New()
	for i, text := range []string{digestSources, digestAuthors, digestThreads, digestPosts, digestTombstones, digestInteractions, digestPages,
		digestTasks, digestFailures, digestAnnotations, digestNeeds, digestRuns, digestTribes, digestMembers, digestLineage,
		digestSuppressed, digestMeta, digestProblems, digestVoiced, digestTraces, digestDecisions,
		digestVersions, digestTribeDecisions, digestDecided, digestPins} {
		rows, hash, err := digestTable(ctx, db.pool, text)
		if err != nil {
			return "", fmt.Errorf("digest database: %w", explain(err))
		}
		fmt.Fprintln(sum, i, rows, hash)
	}
	return hex.EncodeToString(sum.Sum(nil)[:16]), nil
}

// digestTable adds up the hashes of all rows, so that their order does not matter.
func digestTable(ctx context.Context, q querier, text string) (n int, total [2]uint64, err error) {
	rows, err := q.QueryContext(ctx, text)
	if err != nil {
		return 0, total, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return 0, total, err
	}
	cells, dest := make([]any, len(columns)), make([]any, len(columns))
	for i := range cells {
		dest[i] = &cells[i]
	}
	var b []byte
	for ; rows.Next(); n++ {
		if err := rows.Scan(dest...); err != nil {
			return 0, total, err
		}
		if b, err = appendCells(b[:0], cells); err != nil {
			return 0, total, err
		}
		sum := sha256.Sum256(b)
		total[0] += binary.LittleEndian.Uint64(sum[:8])
		total[1] += binary.LittleEndian.Uint64(sum[8:16])
	}
	return n, total, rows.Err()
}

// appendCells writes a row so that no two different rows look alike.
func appendCells(b []byte, cells []any) ([]byte, error) {
	for _, cell := range cells {
		switch v := cell.(type) {
		case nil:
			b = append(b, 'n')
		case int64:
			b = binary.LittleEndian.AppendUint64(append(b, 'i'), uint64(v))
		case float64:
			b = binary.LittleEndian.AppendUint64(append(b, 'f'), math.Float64bits(v))
		case string:
			b = binary.AppendUvarint(append(b, 's'), uint64(len(v)))
			b = append(b, v...)
		case []byte:
			v = unpacked(v)
			b = binary.AppendUvarint(append(b, 'b'), uint64(len(v)))
			b = append(b, v...)
		default:
			return nil, fmt.Errorf("hash column of type %T", cell)
		}
	}
	return b, nil
}

// unpacked returns what a raw page says, however it was packed, and any other bytes as they are.
func unpacked(b []byte) []byte {
	const smallestPack = 18
	if len(b) < smallestPack || b[0] != 0x1f || b[1] != 0x8b {
		return b
	}
	page, err := decompress(b)
	if err != nil {
		return b
	}
	return page
}
