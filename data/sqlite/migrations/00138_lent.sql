-- +goose Up
ALTER TABLE annotation ADD COLUMN lent TEXT NOT NULL DEFAULT ''; -- the language lent by other posts, und: none; empty: the post tells its own
CREATE INDEX annotation_lent ON annotation (version) WHERE lent <> '';
