-- +goose Up
PRAGMA application_id = 1953655138;

CREATE TABLE source (
  num        INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  kind       TEXT NOT NULL DEFAULT '',
  denied     INTEGER NOT NULL DEFAULT 0,
  parked_to  INTEGER NOT NULL DEFAULT -62135596800,
  last_error TEXT NOT NULL DEFAULT '',
  cursor     TEXT
) STRICT;

CREATE TABLE author (
  id        BLOB PRIMARY KEY,
  source    INTEGER NOT NULL REFERENCES source (num),
  native_id TEXT NOT NULL,
  handle    TEXT NOT NULL,
  name      TEXT NOT NULL,
  url       TEXT NOT NULL,
  opted_out INTEGER NOT NULL -- 1: asked not to be collected; the row holds nothing but the id
) STRICT, WITHOUT ROWID;
CREATE INDEX author_native ON author (native_id);

CREATE TABLE suppression (
  key_hash BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE thread (
  id        BLOB PRIMARY KEY,
  source    INTEGER NOT NULL REFERENCES source (num),
  native_id TEXT NOT NULL,
  title     TEXT NOT NULL,
  url       TEXT NOT NULL,
  place     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE post (
  num        INTEGER PRIMARY KEY,
  id         BLOB NOT NULL,
  source     INTEGER NOT NULL REFERENCES source (num),
  native_id  TEXT NOT NULL,
  author     BLOB NOT NULL,
  thread     BLOB NOT NULL,
  parent     BLOB, -- NULL: none
  parent_by  TEXT NOT NULL,
  created_at INTEGER NOT NULL, -- Unix seconds
  guessed    INTEGER NOT NULL,
  deleted    INTEGER NOT NULL,
  format     TEXT NOT NULL,
  url        TEXT NOT NULL,
  lang_hint  TEXT NOT NULL,
  score      INTEGER NOT NULL,
  views      INTEGER NOT NULL,
  place      TEXT NOT NULL,
  versions   INTEGER NOT NULL, -- texts seen
  first_seen INTEGER NOT NULL, -- Unix seconds
  hash       INTEGER NOT NULL, -- of every field of the post
  input      INTEGER NOT NULL  -- of every field but score and views
) STRICT;
CREATE UNIQUE INDEX post_id ON post (id);
CREATE INDEX post_time ON post (created_at, id, source, input);

CREATE TABLE post_text (
  num   INTEGER PRIMARY KEY REFERENCES post (num) ON DELETE CASCADE,
  title TEXT NOT NULL,
  body  TEXT NOT NULL
) STRICT;

CREATE TABLE tombstone (
  post BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE interaction (
  num         INTEGER PRIMARY KEY,
  post        BLOB NOT NULL,
  kind        TEXT NOT NULL,
  from_author BLOB NOT NULL,
  to_author   BLOB,
  to_post     BLOB,
  to_handle   TEXT,
  at          INTEGER NOT NULL,
  hash        INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX interaction_post ON interaction (post, hash);
CREATE INDEX interaction_time ON interaction (at);

CREATE TABLE page (
  num        INTEGER PRIMARY KEY,
  source     INTEGER NOT NULL REFERENCES source (num),
  url        TEXT NOT NULL,
  fetched_at INTEGER NOT NULL,
  status     INTEGER NOT NULL,
  body       BLOB NOT NULL -- gzip
) STRICT;
CREATE UNIQUE INDEX page_url ON page (source, url);
CREATE INDEX page_time ON page (source, fetched_at, url);

CREATE TABLE task (
  source        INTEGER NOT NULL REFERENCES source (num),
  key           TEXT NOT NULL,
  kind          TEXT NOT NULL,
  url           TEXT NOT NULL,
  depth         INTEGER NOT NULL,
  state         TEXT NOT NULL,
  due           INTEGER NOT NULL, -- Unix milliseconds
  tries         INTEGER NOT NULL,
  etag          TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  body_hash     TEXT NOT NULL,
  error         TEXT NOT NULL,
  PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_due ON task (source, state, due, depth, key);

CREATE TABLE host (
  name           TEXT PRIMARY KEY,
  next_allowed   INTEGER NOT NULL, -- Unix milliseconds
  delay          INTEGER NOT NULL, -- nanoseconds
  fails          INTEGER NOT NULL,
  robots_status  INTEGER NOT NULL,
  robots_body    TEXT NOT NULL,
  robots_expires INTEGER NOT NULL, -- Unix milliseconds
  denied         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE failure (
  stage   TEXT NOT NULL,
  version TEXT NOT NULL,
  subject TEXT NOT NULL,
  reason  TEXT NOT NULL,
  PRIMARY KEY (stage, version, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE version (
  num  INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE annotation (
  post        BLOB NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  version     INTEGER NOT NULL REFERENCES version (num),
  lang        TEXT NOT NULL,
  words       INTEGER NOT NULL,
  fingerprint INTEGER NOT NULL,
  copy        INTEGER NOT NULL,
  needs       INTEGER NOT NULL, -- rows in need
  hash        INTEGER NOT NULL, -- of every field, terms and needs included
  PRIMARY KEY (post, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE heard (
  post    BLOB NOT NULL,
  version INTEGER NOT NULL,
  terms   BLOB NOT NULL, -- terms and topics, see codec.go
  PRIMARY KEY (post, version),
  FOREIGN KEY (post, version) REFERENCES annotation (post, version) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE need (
  post         BLOB NOT NULL,
  version      INTEGER NOT NULL,
  ord          INTEGER NOT NULL,
  type         TEXT NOT NULL,
  kind         TEXT NOT NULL,
  object       TEXT NOT NULL,
  aspect       TEXT NOT NULL,
  action       TEXT NOT NULL,
  concept      TEXT NOT NULL,
  facets       TEXT NOT NULL, -- Name+1,Name-1,Name+0
  polarity     INTEGER NOT NULL,
  negated      INTEGER NOT NULL,
  hypothetical INTEGER NOT NULL,
  step_kind    TEXT, -- the increment; NULL: none stated
  step_value   REAL,
  step_unit    TEXT,
  expectation  INTEGER NOT NULL, -- nanoseconds
  in_title     INTEGER NOT NULL,
  start        INTEGER NOT NULL,
  end          INTEGER NOT NULL,
  quote        TEXT NOT NULL,
  lang         TEXT NOT NULL,
  rule         TEXT NOT NULL,
  confidence   REAL NOT NULL,
  PRIMARY KEY (post, version, ord),
  FOREIGN KEY (post, version) REFERENCES annotation (post, version) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
  num   INTEGER PRIMARY KEY AUTOINCREMENT,
  id    TEXT NOT NULL UNIQUE,
  main  INTEGER NOT NULL,
  week  TEXT NOT NULL,
  as_of INTEGER NOT NULL,
  doc   TEXT NOT NULL -- the run as JSON
) STRICT;
CREATE INDEX run_main ON run (main, as_of, num);
CREATE INDEX run_week ON run (week, main, as_of, num);

CREATE TABLE tribe (
  run INTEGER NOT NULL REFERENCES run (num) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  id  TEXT NOT NULL,
  doc TEXT NOT NULL, -- the tribe as JSON
  PRIMARY KEY (run, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE member (
  run       INTEGER NOT NULL REFERENCES run (num) ON DELETE CASCADE,
  author    BLOB NOT NULL,
  rank      INTEGER NOT NULL,
  tribe     TEXT NOT NULL,
  strength  REAL NOT NULL,
  stability REAL NOT NULL,
  role      TEXT NOT NULL,
  placed    INTEGER NOT NULL,
  area      INTEGER NOT NULL,
  posts     INTEGER NOT NULL,
  why       TEXT NOT NULL,
  PRIMARY KEY (run, author, rank)
) STRICT, WITHOUT ROWID;

CREATE TABLE lineage (
  run        INTEGER NOT NULL REFERENCES run (num) ON DELETE CASCADE,
  ord        INTEGER NOT NULL,
  event      TEXT NOT NULL,
  from_tribe TEXT NOT NULL,
  to_tribe   TEXT NOT NULL,
  shared     INTEGER NOT NULL,
  before     INTEGER NOT NULL,
  after      INTEGER NOT NULL,
  jaccard    REAL NOT NULL,
  PRIMARY KEY (run, ord)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  num    INTEGER PRIMARY KEY,
  at     INTEGER NOT NULL,
  action TEXT NOT NULL,
  detail TEXT NOT NULL,
  hash   BLOB NOT NULL -- SHA-256 over the hash before and this row
) STRICT;
-- +goose StatementBegin
CREATE TRIGGER audit_keep BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_stay BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- +goose StatementEnd

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
