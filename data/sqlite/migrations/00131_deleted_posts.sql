-- +goose Up
-- Whom the author of a post turned to in it goes with the post.
DELETE FROM interaction WHERE num IN (SELECT i.num FROM tombstone AS t JOIN post AS p ON p.id = t.post
JOIN interaction AS i ON i.post = p.id AND i.from_author = p.author);
