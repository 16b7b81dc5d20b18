package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"compress/gzip"

	"github.com/spf13/cobra"

	"tribu/tribes/graph"
)

func newGraph(a *app) *cobra.Command {
	c := &cobra.Command{Use: "graph", Short: "Community detection on any edge list"}
	c.AddCommand(newGraphCluster(a))
	return c
}

func openMaybeGzip(path string) (io.Reader, func(), error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, usage("read edges: %v", err)
	}
	stop := func() { _ = f.Close() }
	if !strings.HasSuffix(path, ".gz") {
		return bufio.NewReaderSize(f, 1<<20), stop, nil
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		stop()
		return nil, nil, usage("read edges %s: %v", path, err)
	}
	return bufio.NewReaderSize(z, 1<<20), stop, nil
}

func writeCommunities(w io.Writer, names []string, community []uint32) error {
	b := bufio.NewWriter(w)
	for i, name := range names {
		fmt.Fprintf(b, "%s\t%d\n", name, community[i])
	}
	return b.Flush()
}

var _ = graph.Options{}
