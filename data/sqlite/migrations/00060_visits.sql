-- +goose Up
ALTER TABLE source ADD COLUMN begun INTEGER NOT NULL DEFAULT 0;  -- Unix milliseconds: the reading under way; 0: none is
ALTER TABLE source ADD COLUMN ended INTEGER NOT NULL DEFAULT 0;  -- Unix milliseconds: the last reading that came to its end; 0: none did
ALTER TABLE source ADD COLUMN next INTEGER NOT NULL DEFAULT 0;   -- Unix milliseconds: when the next is due
ALTER TABLE source ADD COLUMN pace REAL NOT NULL DEFAULT 0;      -- posts a day
UPDATE task SET state = 'ready' WHERE state = 'leased'; -- leases are kept in memory from here on
ALTER TABLE task ADD COLUMN fresh INTEGER NOT NULL DEFAULT 0;    -- milliseconds for which an answer stays the same by its own word
