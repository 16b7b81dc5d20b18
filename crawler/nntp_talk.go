package crawler

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"slices"
	"strconv"
	"strings"

	"tribu/crawler/mail"
)

// A newsTalk is one conversation. Said holds it from GROUP on, as far as it was answered whole.
type newsTalk struct {
	in   *textproto.Reader
	out  io.Writer
	said bytes.Buffer
	late func() bool // it is time to come to an end

	articles int // of which something is said
}

// run asks q. The status is what HTTP would have said.
func (t *newsTalk) run(q newsQuestion) (int, error) {
	code, line, err := t.line()
	if err != nil || code/100 != 2 {
		return t.refused(code, line), err
	}
	if code, line, err = t.command("MODE READER"); err != nil || code == 400 || code == 502 {
		return t.refused(code, line), err
	}
	code, line, err = t.command("GROUP " + q.group)
	if err != nil || code != 211 {
		return t.refused(code, line), err
	}
	t.keep("GROUP "+q.group, line, nil)
	if q.from > 0 {
		err = t.read(q)
	}
	if err == nil {
		_, _ = io.WriteString(t.out, "QUIT\r\n") // a courtesy: the answer is complete
	}
	return http.StatusOK, err
}

// refused keeps what the server says instead of an answer, and returns what HTTP would have said.
func (t *newsTalk) refused(code int, line string) int {
	t.said.WriteString(line)
	switch code {
	case 0:
		return 0
	case 411:
		return http.StatusNotFound
	case 480, 481, 483, 502:
		return http.StatusForbidden
	}
	return http.StatusServiceUnavailable
}

// read asks for the overview of q's articles and, unless that is all that is wanted, for the first of them.
func (t *newsTalk) read(q newsQuestion) error {
	numbers, err := t.overview(q)
	if err != nil || q.over {
		return err
	}
	for i, n := range numbers {
		if i == newsArticles || i > 0 && t.late() || t.said.Len() > 8*newsBytes {
			return nil
		}
		if done, err := t.article(n); done || err != nil {
			return err
		}
	}
	return nil
}

// overview returns the numbers of the articles there are; of all that may be, where the server has no overview.
func (t *newsTalk) overview(q newsQuestion) ([]int64, error) {
	for _, verb := range []string{"OVER", "XOVER"} {
		command := fmt.Sprintf("%s %d-%d", verb, q.from, q.to)
		code, line, err := t.command(command)
		switch {
		case err != nil:
			return nil, err
		case code == 420 || code == 423: // none
			t.keep(command, line, nil)
			return nil, nil
		case code != 224:
			continue
		}
		text, err := t.text(8 * newsBytes)
		if err != nil {
			return nil, err
		}
		t.keep(command, line, text)
		var numbers []int64
		for _, o := range readOverview(text, q.from, q.to) {
			numbers = append(numbers, o.number)
		}
		return numbers, nil
	}
	var all []int64
	for n := q.from; n <= q.to && n < q.from+newsArticles; n++ {
		all = append(all, n)
	}
	return all, nil
}

// article asks for one article. Done means that the conversation cannot go on.
func (t *newsTalk) article(n int64) (done bool, err error) {
	command := "ARTICLE " + strconv.FormatInt(n, 10)
	code, line, err := t.command(command)
	if err != nil {
		return true, err
	}
	switch fields := strings.Fields(line); {
	case code == 400 || code == 480 || code == 502 || code/100 < 4 && code != 220:
		return true, fmt.Errorf("%w: %s is answered by %.80q", errNewsTalk, command, line)
	case code != 220: // no such article, or one that the server cannot read
		t.keep(command, line, nil)
		return false, nil
	case len(fields) < 2 || fields[1] != strconv.FormatInt(n, 10):
		return true, fmt.Errorf("%w: asked for article %d and got %.80q", errNewsTalk, n, line)
	}
	text, err := t.text(newsBytes)
	if errors.Is(err, ErrTooLarge) {
		t.keep(command, fmt.Sprintf("%d more than %d bytes", newsTooLong, newsBytes), nil)
		return true, nil
	}
	if err != nil {
		return true, err
	}
	t.keep(command, line, text)
	return false, nil
}

func (t *newsTalk) command(c string) (code int, line string, err error) {
	if _, err := io.WriteString(t.out, c+"\r\n"); err != nil {
		return 0, "", err
	}
	return t.line()
}

// line reads the line that answers a command.
func (t *newsTalk) line() (int, string, error) {
	raw, err := t.in.R.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return 0, "", fmt.Errorf("%w: a line of more than %d bytes", errNewsTalk, newsLine)
	case err == io.EOF:
		return 0, "", io.ErrUnexpectedEOF
	case err != nil:
		return 0, "", err
	}
	line := strings.TrimRight(string(raw), "\r\n")
	code, err := strconv.Atoi(line[:min(3, len(line))])
	if err != nil || code < 100 || code > 599 {
		return 0, "", fmt.Errorf("%w: %.80q", errNewsTalk, line)
	}
	return code, line, nil
}

// text reads what follows such a line, up to the lone dot.
func (t *newsTalk) text(most int64) ([]byte, error) {
	return io.ReadAll(&capped{r: t.in.DotReader(), left: most})
}

// keep writes a command and its answer down.
func (t *newsTalk) keep(command, line string, text []byte) {
	if strings.HasPrefix(command, "ARTICLE ") {
		t.articles++
	}
	fmt.Fprintf(&t.said, "%s\r\n%s\r\n", command, strings.Map(printable, line))
	if text == nil {
		return
	}
	w := textproto.NewWriter(bufio.NewWriter(&t.said)).DotWriter()
	_, _ = w.Write(text) // to memory
	_ = w.Close()
}

// An overview is what a line of OVER says of one article.
type overview struct {
	number int64
	date   string
	id     string // hash of the Message-ID
}

// readOverview returns the articles of a range, in the order of their numbers.
func readOverview(text []byte, from, to int64) []overview {
	var out []overview
	for line := range bytes.Lines(text) {
		fields := strings.Split(string(line), "\t")
		n, err := strconv.ParseInt(fields[0], 10, 64)
		if err != nil || n < from || n > to || len(fields) < 5 {
			continue
		}
		out = append(out, overview{n, fields[3], mail.Hash(fields[4])})
	}
	slices.SortStableFunc(out, func(a, b overview) int { return int(min(max(a.number-b.number, -1), 1)) })
	return slices.CompactFunc(out, func(a, b overview) bool { return a.number == b.number })
}
