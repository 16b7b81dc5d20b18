-- +goose Up
CREATE TABLE slot (
  job     TEXT NOT NULL,
  at      INTEGER NOT NULL, -- Unix seconds: when the schedule wanted it
  state   TEXT NOT NULL,    -- running, done, failed, interrupted, skipped
  tries   INTEGER NOT NULL,
  started INTEGER NOT NULL, -- Unix seconds
  ended   INTEGER NOT NULL, -- Unix seconds; 0: not yet
  outcome TEXT NOT NULL,    -- in plain words
  PRIMARY KEY (job, at)
) STRICT, WITHOUT ROWID;
