-- +goose Up
ALTER TABLE post ADD COLUMN crawled INTEGER NOT NULL DEFAULT 0;   -- 1: collected by a crawl, so that its words are kept for a time only
ALTER TABLE post ADD COLUMN expired INTEGER NOT NULL DEFAULT 0;   -- 1: its words were wiped because that time was over
ALTER TABLE post ADD COLUMN text_since INTEGER NOT NULL DEFAULT 0; -- Unix seconds: when these words were first seen
ALTER TABLE post ADD COLUMN last_seen INTEGER NOT NULL DEFAULT 0; -- Unix seconds: when they were last seen, to the day
UPDATE post SET crawled = source IN (SELECT num FROM source WHERE cursor IS NOT NULL), text_since = first_seen, last_seen = first_seen;
CREATE INDEX post_expiring ON post (first_seen) WHERE crawled = 1 AND expired = 0;

CREATE TABLE post_version (
  post       BLOB NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  ord        INTEGER NOT NULL, -- from 1
  hash       INTEGER NOT NULL, -- of the words, which are not kept
  first_seen INTEGER NOT NULL, -- Unix seconds
  last_seen  INTEGER NOT NULL, -- Unix seconds
  PRIMARY KEY (post, ord)
) STRICT, WITHOUT ROWID;

ALTER TABLE page ADD COLUMN oldest INTEGER NOT NULL DEFAULT 0; -- Unix seconds: first sight of the oldest post that came with it
UPDATE page SET oldest = fetched_at;
CREATE INDEX page_oldest ON page (oldest);
