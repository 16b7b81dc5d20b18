package config

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// add puts line at the end of the list, in the style the list is written in.
func (f *file) add(line string) error {
	list, _ := f.value.(*ast.SequenceNode)
	switch {
	case f.key == nil:
		f.endLine(len(f.text))
		f.text += "sources:\n  - " + line + "\n"
	case list == nil:
		f.insertLine(f.at(f.key), "  - "+line)
	case !list.IsFlowStyle:
		dash := f.dash(f.entries[len(f.entries)-1])
		if dash < 0 {
			return ErrEdit
		}
		indent := f.text[f.lineStart(dash):dash]
		f.insertLine(f.entryEnd(dash)-1, indent+"- "+line)
	case len(f.entries) == 0 && strings.Trim(f.text[f.at(list.Start)+1:f.at(list.End)], " ") == "":
		start := f.at(list.Start)
		f.splice(start, f.at(list.End)+1, "")
		f.tidy(start)
		f.insertLine(start, "  - "+line)
	case len(f.entries) == 0:
		f.splice(f.at(list.Start)+1, f.at(list.Start)+1, line)
	default:
		end, ok := f.flowEnd(f.entries[len(f.entries)-1])
		if !ok {
			return ErrEdit
		}
		f.splice(end, end, ", "+line)
	}
	return nil
}

// tidy takes away what an empty list left at the end of its line: blanks before the newline, or
// keeps a comment where it stood.
func (f *file) tidy(at int) {
	end := at
	for end < len(f.text) && f.text[end] == ' ' {
		end++
	}
	if end < len(f.text) && f.text[end] == '#' {
		f.splice(at, at, "  ")
		return
	}
	start := at
	for start > 0 && f.text[start-1] == ' ' {
		start--
	}
	f.splice(start, end, "")
}

// endLine makes the text end in a newline at end.
func (f *file) endLine(end int) {
	if end > 0 && f.text[end-1] != '\n' {
		f.splice(end, end, "\n")
	}
}

// insertLine puts line after the line around at.
func (f *file) insertLine(at int, line string) {
	at = min(max(at, 0), len(f.text))
	end := f.lineEnd(at)
	if end > 0 && f.text[end-1] != '\n' {
		f.splice(end, end, "\n")
		end++
	}
	f.splice(end, end, line+"\n")
}

// dash returns where the dash before entry e of a block list stands; -1 where it does not stand
// on the entry's first line.
func (f *file) dash(e ast.Node) int {
	at := f.first(e)
	start := f.lineStart(at)
	before := f.text[start:at]
	if strings.TrimLeft(before, " ") == "" || strings.TrimLeft(before, " ")[0] != '-' || strings.Trim(before, " -") != "" {
		return -1
	}
	return start + strings.IndexByte(before, '-')
}

// first returns where entry e begins.
func (f *file) first(e ast.Node) int {
	if m, ok := e.(*ast.MappingNode); ok && m.IsFlowStyle {
		return f.at(m.Start)
	}
	if all := pairs(e); len(all) > 0 {
		return f.at(all[0].Key.GetToken())
	}
	return f.at(e.GetToken())
}

// entryEnd returns the end of the last line of the block entry whose dash stands at dash: blank
// lines and comments after it are not its own.
func (f *file) entryEnd(dash int) int {
	indent := dash - f.lineStart(dash)
	end := f.lineEnd(dash)
	for at := end; at < len(f.text); at = f.lineEnd(at) {
		line := f.text[at:f.lineEnd(at)]
		bare := strings.TrimLeft(line, " ")
		switch {
		case strings.TrimSpace(bare) == "" || bare[0] == '#':
		case len(line)-len(bare) <= indent && !strings.HasPrefix(bare, "}") && !strings.HasPrefix(bare, "]"):
			return end
		default:
			end = f.lineEnd(at)
		}
	}
	return end
}

// flowEnd returns where the flow mapping e ends.
func (f *file) flowEnd(e ast.Node) (int, bool) {
	m, ok := e.(*ast.MappingNode)
	if !ok || !m.IsFlowStyle || m.End == nil {
		return 0, false
	}
	return f.at(m.End) + 1, true
}

// pause sets paused in the entry called name; going on takes away what pausing wrote.
func (f *file) pause(name string, paused bool) error {
	_, e, err := f.named(name)
	if err != nil {
		return err
	}
	if p := find(e, "paused"); p != nil {
		f.repause(e, p, paused)
		return nil
	}
	if !paused {
		return nil
	}
	if end, flow := f.flowEnd(e); flow {
		at := len(strings.TrimRight(f.text[:end-1], " \n"))
		text := ", paused: true"
		if f.text[at-1] == ',' {
			text = " paused: true"
		}
		f.splice(at, at, text)
		return nil
	}
	key := f.at(find(e, "name").Key.GetToken())
	f.insertLine(key, strings.Repeat(" ", key-f.lineStart(key))+"paused: true")
	return nil
}

func (f *file) repause(e ast.Node, p *ast.MappingValueNode, paused bool) {
	key, from := f.at(p.Key.GetToken()), f.at(p.Value.GetToken())
	to := from + len(p.Value.GetToken().Value)
	_, flow := f.flowEnd(e)
	before := strings.TrimRight(f.text[:key], " ")
	switch {
	case paused:
		f.splice(from, to, "true")
	case flow && strings.HasSuffix(before, ","):
		f.splice(len(before)-1, to, "")
	case !flow && strings.TrimSpace(f.text[f.lineStart(key):f.lineEnd(key)]) == f.text[key:to]:
		f.splice(f.lineStart(key), f.lineEnd(key), "")
	default:
		f.splice(from, to, "false")
	}
}

// remove takes the entry called name out.
func (f *file) remove(name string) error {
	i, e, err := f.named(name)
	if err != nil {
		return err
	}
	list := f.value.(*ast.SequenceNode)
	if list.IsFlowStyle {
		end, ok := f.flowEnd(e)
		if !ok {
			return ErrEdit
		}
		f.removeFlow(f.first(e), end, i == len(f.entries)-1)
		return nil
	}
	dash := f.dash(e)
	if dash < 0 {
		return ErrEdit
	}
	f.splice(f.lineStart(dash), f.entryEnd(dash), "")
	if len(f.entries) == 1 {
		colon := f.at(f.key) + len("sources")
		if f.text[colon] != ':' {
			return ErrEdit
		}
		to := colon + 1
		if strings.HasPrefix(f.text[to:], "    ") { // before a comment: it stays where it stands
			to += len(" []")
		}
		f.splice(colon+1, to, " []")
	}
	return nil
}

// removeFlow takes out an entry of a flow list with the comma that belongs to it.
func (f *file) removeFlow(from, to int, last bool) {
	after := strings.TrimLeft(f.text[to:], " ")
	before := strings.TrimRight(f.text[:from], " \n")
	switch {
	case strings.HasPrefix(after, ","):
		to = len(f.text) - len(strings.TrimLeft(after[1:], " "))
		if f.text[to] == ']' || f.text[to] == '\n' {
			from = len(strings.TrimRight(f.text[:from], " "))
		}
	case last && strings.HasSuffix(before, ","):
		from = len(before) - 1
	}
	f.splice(from, to, "")
}
