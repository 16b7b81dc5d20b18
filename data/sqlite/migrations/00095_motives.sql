-- +goose Up
ALTER TABLE need ADD COLUMN motives TEXT NOT NULL DEFAULT ''; -- what its author wants beyond the answer, separated by commas
ALTER TABLE need ADD COLUMN voice TEXT NOT NULL DEFAULT '';   -- person or role
