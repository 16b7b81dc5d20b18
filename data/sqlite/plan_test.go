package sqlite

import (
	"go/ast"
	value "go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"strings"
	"testing"
)

// wantedScans are the queries that read a large table from end to end because that is their task.
var wantedScans = map[string]string{
	"countUnanalysed": "every post is asked for its annotation, along the index of ids",
	"countWriter":     "every post is asked for its author, after news, where posts leave doubt about their language",
	"countThread":     "every post is asked for its thread, after news, where posts leave doubt about their language",
	"selectByThread":  "the first post of every thread: only where an interaction needs it",
	"selectHandles":   "every author's names: only where an interaction needs them",
	"countAllPosts":   "all of them, along the index of ids",
	"countPosts":      "posts per source, along the index of times",
	"countTasks":      "tasks per source",
	"countFailures":   "failures per stage",
	"selectCount":     "counts everything",
	"forgetPosts":     "a person leaves: rare, and worth no index on every post",
	"forgetLinks":     "a person leaves",
	"forgetFailures":  "a person leaves",
	"forgetHandles":   "a person leaves",
	"forgetMembers":   "a person leaves",
	"selectPostsBy":   "a person leaves",
	"selectAllTribes": "a person leaves",
	"selectOpened":    "a person leaves",
	"selectURLsBy":    "a person leaves",
	"selectOpenFail":  "a person leaves",
	"selectQuotesBy":  "a person leaves",
	"selectSaidBy":    "a person leaves",
	"anyOtherSays":    "a person leaves: once for each name that may be in their words",
	"selectPhrases":   "a person leaves",
	"selectAllNeeds":  "a person leaves",
	"countNaming":     "a person leaves",
	"findAuthors":     "somebody asks for a person by name",
	"findNamed":       "somebody asks for a person by name",
	"unhearHeadless":  "a thread gets another title: rare, once a batch",
	"anyAnnotation":   "the first row only",
	"anyTombstone":    "the first row only",
	"selectLastAudit": "the last row only",
	"insertSource":    "skipped where no row waits for its source",
	"saveSource":      "skipped where no row waits for its source",
	"insertVersion":   "once per version, and skipped: no reference is deferred",
	"selectRuns":      "lists every run",
	"selectAudit":     "lists the log",
	"selectAllPost":   "Check",
	"selectTextless":  "Check",
	"selectAllLinks":  "Check",
	"selectHeardHash": "Check",
	"digestPosts":     "Digest", "digestAuthors": "Digest", "digestThreads": "Digest", "digestTombstones": "Digest",
	"digestInteractions": "Digest", "digestPages": "Digest", "digestTasks": "Digest", "digestFailures": "Digest",
	"digestAnnotations": "Digest", "digestNeeds": "Digest", "digestRuns": "Digest", "digestTribes": "Digest",
	"digestMembers": "Digest", "digestLineage": "Digest", "digestProblems": "Digest", "digestVoiced": "Digest", "digestTraces": "Digest",
	"digestDecisions": "Digest", "digestVersions": "Digest", "digestTribeDecisions": "Digest", "digestDecided": "Digest", "digestPins": "Digest",
	"dropUnread": "runs are dropped", "dropUnreadVersions": "runs are dropped",
	"selectTribeDecisions": "all of them", "selectDecided": "all of them", "selectPins": "all of them",
	"sumAllAnnotations": "every annotation of one version, by its hash", "sumInteractions": "all of them, by their hashes",
	"deleteVoiced": "problems are replaced as a whole", "deleteProblems": "problems are replaced as a whole",
	"selectTraces": "all of them", "selectTitles": "all of them", "countVoiced": "counts all", "isAllHeard": "counts all", "countNeeds": "counts all", "selectDecisions": "all of them", "selectProblems": "all of them", "selectCalls": "all of them",
}

// small tables may be scanned by anybody, and json_each and subqueries are no tables.
var small = []string{"source", "version", "meta", "suppression", "j", "json_each", "s", "v", "w", "p VIRTUAL", "CONSTANT ROW", "goose_db_version", "sqlite_master", "sqlite_sequence"}

func TestEveryQueryHasAPlan(t *testing.T) {
	db := create(t)
	save(t, db, community(10))
	used := map[string]bool{}
	for name, text := range queries(t) {
		verb, _, _ := strings.Cut(text, " ")
		if !strings.Contains("SELECT INSERT UPDATE DELETE", verb) {
			continue
		}
		plan, err := explainPlan(t, db, text)
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, text)
			continue
		}
		scanned := ""
		for _, line := range plan {
			if table, ok := strings.CutPrefix(line, "SCAN "); ok && !isSmall(table, text) {
				scanned = line
			}
		}
		if scanned != "" && wantedScans[name] == "" {
			t.Errorf("%s: %s\n%s\n%s", name, scanned, text, strings.Join(plan, "\n"))
		}
		used[name] = scanned != ""
	}
	for name := range wantedScans {
		if scans, known := used[name]; !known {
			t.Errorf("wanted scan %s: there is no such query", name)
		} else if !scans {
			t.Errorf("wanted scan %s: it needs none", name)
		}
	}
}

// isSmall reports whether what is scanned is a small table, a list or the rows of a subquery.
func isSmall(scan, text string) bool {
	table, rest, _ := strings.Cut(scan, " ")
	for _, s := range small {
		if scan == s || table == s && !strings.Contains(text, "FROM post AS "+s) {
			return true
		}
	}
	return strings.HasPrefix(rest, "VIRTUAL TABLE") || strings.HasPrefix(table, "(subquery") || table == "p" && strings.Contains(text, "ORDER BY id LIMIT -1) AS p")
}

func explainPlan(t *testing.T, db *DB, text string) (plan []string, err error) {
	highest := 0
	for i, c := range text {
		if c == '?' && i+1 < len(text) && text[i+1] >= '1' && text[i+1] <= '9' {
			highest = max(highest, int(text[i+1]-'0'))
		} else if c == '?' {
			highest++
		}
	}
	args := make([]any, highest)
	err = query(t.Context(), db.pool, "EXPLAIN QUERY PLAN "+text, func(r scanner) error {
		var id, parent, unused int
		var detail string
		err := r.Scan(&id, &parent, &unused, &detail)
		plan = append(plan, detail)
		return err
	}, args...)
	return plan, err
}

// queries returns every string constant of the package that is a statement, by name.
func queries(t *testing.T) map[string]string {
	t.Helper()
	files := token.NewFileSet()
	names, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var parsed []*ast.File
	for _, entry := range names {
		if strings.HasSuffix(entry.Name(), ".go") && !strings.HasSuffix(entry.Name(), "_test.go") {
			file, err := parser.ParseFile(files, entry.Name(), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			parsed = append(parsed, file)
		}
	}
	info := types.Info{Defs: map[*ast.Ident]types.Object{}}
	lenient := types.Config{Error: func(error) {}, FakeImportC: true}
	lenient.Check("sqlite", files, parsed, &info) // imports stay unresolved, constants do not need them
	all := map[string]string{}
	for ident, object := range info.Defs {
		constant, ok := object.(*types.Const)
		if !ok || constant.Val() == nil {
			continue
		}
		if constant.Val().Kind() == value.String {
			all[ident.Name] = value.StringVal(constant.Val())
		}
	}
	if len(all) < 60 {
		t.Fatalf("found %d constants, want all queries", len(all))
	}
	return all
}
