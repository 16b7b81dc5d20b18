-- +goose Up
CREATE TABLE problem (
  id      TEXT PRIMARY KEY,
  wanting INTEGER NOT NULL,
  head    TEXT NOT NULL,
  facet   TEXT NOT NULL,
  phrases TEXT NOT NULL, -- JSON: language to phrase
  people  INTEGER NOT NULL,
  needs   INTEGER NOT NULL,
  area    INTEGER NOT NULL,
  version INTEGER NOT NULL REFERENCES version (num), -- of the need that speaks for it
  post    BLOB NOT NULL,
  ord     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE voiced ( -- which problem a need belongs to
  post    BLOB NOT NULL,
  version INTEGER NOT NULL,
  ord     INTEGER NOT NULL,
  problem TEXT NOT NULL REFERENCES problem (id) ON DELETE CASCADE,
  PRIMARY KEY (post, version, ord),
  FOREIGN KEY (post, version, ord) REFERENCES need (post, version, ord) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX voiced_problem ON voiced (problem, post, ord);

-- A problem whose last need is gone is gone, with its words.
-- +goose StatementBegin
CREATE TRIGGER voiced_last AFTER DELETE ON voiced
WHEN NOT EXISTS (SELECT 1 FROM voiced WHERE problem = OLD.problem)
BEGIN DELETE FROM problem WHERE id = OLD.problem; END;
-- +goose StatementEnd

CREATE TABLE problem_trace ( -- outlives the problem, so that it gets its id back
  id      TEXT PRIMARY KEY,
  anchors BLOB NOT NULL -- hashes of needs, 8 bytes each
) STRICT, WITHOUT ROWID;

CREATE TABLE problem_decision (
  num     INTEGER PRIMARY KEY,
  problem TEXT NOT NULL,
  into_id TEXT NOT NULL, -- merged into that one; empty: a name
  name    TEXT NOT NULL
) STRICT;
