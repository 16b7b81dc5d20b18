-- +goose Up
-- That a source is there is asked at the commit: asked at once, an insert of many rows first copies
-- every page it touches, to be undone by itself.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'REFERENCES source (num)', 'REFERENCES source (num) DEFERRABLE INITIALLY DEFERRED')
WHERE type = 'table' AND name IN ('post', 'author', 'thread', 'page', 'task') AND instr(sql, 'DEFERRABLE') = 0;
PRAGMA writable_schema = RESET;
