package figures

import "tribu/data"

// A minute follows the posts of a tribe by time, and counts those that share their minute with somebody else's.
type minute struct {
	at             int64
	first          data.AuthorID
	posts, several int
	shared         bool // of this minute: the first post is counted
}

func (m *minute) add(p *data.PostMeta) {
	m.posts++
	at := p.CreatedAt.Unix() / 60
	switch {
	case at != m.at || m.posts == 1:
		m.at, m.first, m.shared = at, p.Author, false
	case p.Author != m.first && m.shared:
		m.several++
	case p.Author != m.first:
		m.several, m.shared = m.several+2, true
	}
}

// releasedPart of posts in minutes of several people is more than chance makes.
const releasedPart = 3

func (m *minute) released() bool { return m.posts >= EnoughReplies && releasedPart*m.several > m.posts }

// Released returns the tribes whose posts somebody lets pass.
func (f Figures) Released() map[data.TribeID]bool {
	out := make(map[data.TribeID]bool)
	for _, t := range f.Tribes {
		out[t.ID] = t.Released
	}
	return out
}
