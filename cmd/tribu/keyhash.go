package main

import (
	"crypto/hmac"
	"crypto/sha256"

	"tribu/data"
)

// keyHash returns the hash under which those who opted out are kept out: keyed with the project's
// secret, so that the list tells nobody who they are. It is nil where there is no key.
func (a *app) keyHash() func(data.AuthorID) []byte {
	key, err := a.secret()
	if err != nil {
		return nil
	}
	return func(id data.AuthorID) []byte {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte("suppress\x00"))
		mac.Write(id[:])
		return mac.Sum(nil)
	}
}
