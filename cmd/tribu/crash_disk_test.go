package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

const roomy = 256 << 20

// fillDisks lets import and analyse fill disks of several sizes: each must end with code 1 and say
// that the disk is full, and after some room is made the same command must end as if nothing had happened.
func (v *victim) fillDisks(empty, imported string) {
	imports := max(1, *sizes*2/3)
	v.fillDisk("import", empty, imports, "import", v.file)
	v.fillDisk("analyse", imported, *sizes-imports, "analyse")
}

func (v *victim) fillDisk(name, dir string, n int, args ...string) {
	whole := v.copied(dir)
	before := size(whole)
	v.must(append([]string{"-C", whole}, args...)...)
	want, grown := v.digest(whole), size(whole)-before
	for i := range n {
		room := grown * int64(2*i+1) / int64(2*n)
		v.count(fmt.Sprintf("%s with %d KB of room", name, room>>10), v.starve(dir, room, want, args)...)
	}
}

// starve runs args where only room bytes more than dir takes can be written, then where there is more.
func (v *victim) starve(dir string, room int64, want string, args []string) (faults []string) {
	disk := v.t.TempDir()
	if syscall.Mount("tmpfs", disk, "tmpfs", 0, fmt.Sprint("size=", roomy)) != nil {
		return v.starveByLimit(dir, want, args)
	}
	defer func() { _ = syscall.Unmount(disk, syscall.MNT_DETACH) }()
	v.copyInto(dir, disk)
	resize := func(bytes int64) {
		if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, fmt.Sprint("size=", bytes)); err != nil {
			v.t.Fatal(err)
		}
	}
	resize(size(disk) + 64<<10 + room)
	faults = full(v.try(append([]string{"-C", disk}, args...)...))
	resize(roomy)
	v.must(append([]string{"-C", disk}, args...)...)
	return append(faults, differ(v.digest(disk), want)...)
}

// starveByLimit is starve for those who may not mount: no file may grow beyond a limit.
func (v *victim) starveByLimit(dir, want string, args []string) (faults []string) {
	disk := v.copied(dir)
	line := fmt.Sprintf(`trap "" XFSZ; ulimit -f %d; exec "$@"`, max(64, size(disk)>>9))
	c := exec.Command("sh", append([]string{"-c", line, "sh", v.bin, "-C", disk}, args...)...)
	var said strings.Builder
	c.Stderr = &said
	_ = c.Run()
	faults = full(c.ProcessState.ExitCode(), said.String())
	v.must(append([]string{"-C", disk}, args...)...)
	return append(faults, differ(v.digest(disk), want)...)
}

// full wants the end of a command that filled the disk.
func full(code int, said string) (faults []string) {
	if code != exitFailed {
		faults = append(faults, fmt.Sprintf("got exit code %d, want %d", code, exitFailed))
	}
	for _, want := range []string{"error: the disk is full", "next  make room"} {
		if !strings.Contains(said, want) {
			faults = append(faults, fmt.Sprintf("got %q, want it to say %q", said, want))
		}
	}
	return faults
}

func size(dir string) (total int64) {
	files, _ := os.ReadDir(dir)
	for _, f := range files {
		if info, err := f.Info(); err == nil {
			total += (info.Size() + 4095) / 4096 * 4096
		}
	}
	return total
}

// fullDevice has every exporter write to a device that takes no byte, as its output and as its file.
func (v *victim) fullDevice(imported string) {
	device, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		v.t.Logf("no exporter is tried on a full device: %v", err)
		return
	}
	defer device.Close()
	dir, exports := filepath.Join(v.t.TempDir(), "demo"), []string{"members csv", "members xlsx", "members jsonl", "tribes csv", "tribes jsonl",
		"needs csv", "needs jsonl", "edges csv", "edges jsonl", "edges gexf", "edges graphml"}
	if *crashing {
		v.must("demo", dir, "-q")
	} else {
		dir, exports = imported, exports[:2]
		v.must("-C", dir, "analyse")
		_, _ = v.try("-C", dir, "cluster") // a run is kept also where there is too little for a tribe
	}
	for _, export := range exports {
		kind, format, _ := strings.Cut(export, " ")
		args := []string{"-C", dir, "export", kind, "--to", format}
		c := exec.Command(v.bin, args...)
		var said strings.Builder
		c.Stdout, c.Stderr = device, &said
		_ = c.Run()
		v.count("export "+export+" to a full output", toldAndFailed(c.ProcessState.ExitCode(), said.String())...)
		v.count("export "+export+" to a full file", toldAndFailed(v.try(append(args, "-o", "/dev/full")...))...)
	}
	if info, err := os.Stat("/dev/full"); err != nil || info.Mode().IsRegular() {
		v.t.Fatalf("/dev/full was replaced: %v, %v", info, err)
	}
}

func toldAndFailed(code int, said string) (faults []string) {
	if code != exitFailed || !strings.Contains(said, "error: ") || !strings.Contains(said, "no space left") {
		faults = append(faults, fmt.Sprintf("got exit code %d and %q, want %d and that no space is left", code, said, exitFailed))
	}
	return faults
}
