-- +goose Up
ALTER TABLE annotation ADD COLUMN acts INTEGER NOT NULL DEFAULT 0; -- whether the post asks, in which of its needs, and whether it offers
