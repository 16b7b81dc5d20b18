-- +goose Up
CREATE TABLE run_needs ( -- which need belonged to which problem when the run was made: groups change later
  run INTEGER PRIMARY KEY REFERENCES run (num) ON DELETE CASCADE,
  doc BLOB NOT NULL -- gzip, see snapshot.go
) STRICT;
