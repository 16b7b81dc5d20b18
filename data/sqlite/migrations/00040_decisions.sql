-- +goose Up
CREATE TABLE tribe_decision ( -- what people decided about tribes; only ever added to
  num    INTEGER PRIMARY KEY,
  kind   TEXT NOT NULL,
  run    TEXT NOT NULL, -- the run that was looked at, which may be pruned later
  tribe  TEXT NOT NULL,
  into_id TEXT NOT NULL,
  text   TEXT NOT NULL,
  undoes INTEGER NOT NULL -- 0: none
) STRICT;
-- +goose StatementBegin
CREATE TRIGGER tribe_decision_keep BEFORE UPDATE ON tribe_decision
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER tribe_decision_stay BEFORE DELETE ON tribe_decision
BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
-- +goose StatementEnd

CREATE TABLE tribe_decision_author ( -- apart, so that a person can be forgotten
  num    INTEGER NOT NULL REFERENCES tribe_decision (num),
  author BLOB NOT NULL,
  PRIMARY KEY (num, author)
) STRICT, WITHOUT ROWID;
CREATE INDEX tribe_decision_person ON tribe_decision_author (author);

CREATE TABLE run_pin ( -- runs that prune keeps
  run TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
