package crawler

// remembered is what the cursor that was written last says, which so need not be read again.
// Whoever takes it and does not give it back leaves it to be read.
type remembered[T any] struct {
	cursor string
	said   *T
}

// take returns what a cursor says.
func (r *remembered[T]) take(cursor string, read func(string) *T) *T {
	said := r.said
	r.said = nil
	if said == nil || cursor != r.cursor {
		return read(cursor)
	}
	return said
}

// keep gives back what was written as cursor.
func (r *remembered[T]) keep(cursor string, said *T) { r.cursor, r.said = cursor, said }
