package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

const (
	walHeader   = 32
	frameHeader = 24
	pageBytes   = 8192
)

// tearLogs damages the write-ahead log of a killed import in many ways: what is left must be what
// some of its transactions had written, in their order, and importing again must give the whole.
func (v *victim) tearLogs(empty string) {
	dir := v.killedImport(empty)
	log, err := os.ReadFile(filepath.Join(dir, "tribu.db-wal"))
	if err != nil {
		v.t.Fatal(err)
	}
	prefixes := v.prefixes(dir, log)
	whole := v.copied(empty)
	v.must("-C", whole, "import", v.file)
	want := v.digest(whole)
	for i := range *tears {
		torn, how := v.tear(i, log)
		dir := v.withLog(dir, torn)
		var faults []string
		if got := v.digest(dir); !slices.Contains(prefixes, got) {
			faults = append(faults, fmt.Sprintf("got digest %s, want one of the %d of its transactions", got, len(prefixes)))
		}
		v.must("-C", dir, "import", v.file)
		v.count("log "+how, append(faults, differ(v.digest(dir), want)...)...)
	}
}

// killedImport returns a project in which an import was killed after some transactions, all of them
// still in the log alone: a log is never torn before what is in the database already.
func (v *victim) killedImport(empty string) string {
	for range 50 {
		dir := v.copied(empty)
		c := exec.Command(v.bin, "-C", dir, "import", v.file)
		if err := c.Start(); err != nil {
			v.t.Fatal(err)
		}
		done := make(chan struct{})
		go func() { _ = c.Wait(); close(done) }()
		for enough := false; !enough; {
			log, _ := os.ReadFile(filepath.Join(dir, "tribu.db-wal"))
			select {
			case <-done:
				enough = true
			case <-time.After(time.Millisecond):
				enough = len(commits(log)) >= 2
			}
		}
		_ = c.Process.Kill()
		<-done
		log, _ := os.ReadFile(filepath.Join(dir, "tribu.db-wal"))
		if len(commits(log)) > 0 && v.sameDatabase(dir, empty) {
			return dir
		}
	}
	v.t.Fatal("no import could be killed while its log held a transaction")
	return ""
}

// sameDatabase reports whether the database files of two projects, their logs apart, are equal.
func (v *victim) sameDatabase(a, b string) bool {
	first, err := os.ReadFile(filepath.Join(a, "tribu.db"))
	if err != nil {
		v.t.Fatal(err)
	}
	second, err := os.ReadFile(filepath.Join(b, "tribu.db"))
	if err != nil {
		v.t.Fatal(err)
	}
	return bytes.Equal(first, second)
}

// commits returns where in the log transactions end.
func commits(log []byte) (ends []int) {
	if len(log) < walHeader {
		return nil
	}
	frame := frameHeader + int(binary.BigEndian.Uint32(log[8:]))
	for at := walHeader; at+frame <= len(log) && string(log[at+8:at+16]) == string(log[16:24]); at += frame {
		if binary.BigEndian.Uint32(log[at+4:]) != 0 {
			ends = append(ends, at+frame)
		}
	}
	return ends
}

// prefixes returns the digest after none, one, … and all transactions of the log.
func (v *victim) prefixes(dir string, log []byte) (digests []string) {
	for _, end := range append([]int{0}, commits(log)...) {
		digests = append(digests, v.digest(v.withLog(dir, log[:end])))
	}
	return digests
}

func (v *victim) withLog(dir string, log []byte) string {
	to := v.copied(dir)
	if err := os.WriteFile(filepath.Join(to, "tribu.db-wal"), log, 0o600); err != nil {
		v.t.Fatal(err)
	}
	return to
}

// tear damages a copy of log: it breaks off, a byte is another, a page is zeros, the end is noise,
// or a page was never written and what follows was.
func (v *victim) tear(i int, log []byte) ([]byte, string) {
	torn := slices.Clone(log)
	at := v.rng.IntN(len(torn))
	switch i % 5 {
	case 0:
		return torn[:at], fmt.Sprintf("broken off at %d", at)
	case 1:
		torn[at] ^= byte(1 << v.rng.IntN(8))
		return torn, fmt.Sprintf("with a flipped bit at %d", at)
	case 2:
		clear(torn[at:min(len(torn), at+pageBytes)])
		return torn, fmt.Sprintf("with zeros from %d on", at)
	case 3:
		for j := at; j < len(torn); j++ {
			torn[j] = byte(v.rng.Uint32())
		}
		return torn, fmt.Sprintf("with noise from %d on", at)
	}
	next := min(len(torn), at+frameHeader+pageBytes)
	return append(torn[:at], torn[next:]...), fmt.Sprintf("with a page missing at %d", at)
}
