package customer

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"tribu/data"
)

// A Client is one line of crm.csv: how far somebody has come as a customer.
type Client struct {
	ID      string
	Handle  string // theirs in public; empty where it is not known
	Stage   string // lead, prospect, customer, lost, or empty
	Segment string // as the customer calls it: B2B, B2C
}

// Clients reads crm.csv.
func Clients(in io.Reader) ([]Client, []data.Reject, error) {
	t, err := ReadTable("crm.csv", in, "customer_id", "stage")
	if err != nil {
		return nil, nil, err
	}
	out := readAll(&t, func(r *reading) Client {
		return Client{r.must("customer_id"), r.text("handle"), r.oneOf("stage", "", "lead", "prospect", "customer", "lost"), r.text("segment")}
	})
	return out, t.Bad, nil
}

// A Sale is one line of transactions.csv. Margin is nil where it is not told.
type Sale struct {
	Customer string
	Day      time.Time
	Revenue  float64
	Margin   *float64
}

// Sales reads transactions.csv.
func Sales(in io.Reader) ([]Sale, []data.Reject, error) {
	t, err := ReadTable("transactions.csv", in, "customer_id", "date", "revenue")
	if err != nil {
		return nil, nil, err
	}
	out := readAll(&t, func(r *reading) Sale {
		s := Sale{Customer: r.must("customer_id"), Day: r.day("date"), Margin: r.real("margin")}
		r.must("date")
		r.must("revenue")
		if v := r.real("revenue"); v != nil {
			s.Revenue = *v
		}
		return s
	})
	return out, t.Bad, nil
}

// A Delivery is one line of value_delivered.csv: so many units of an outcome that a customer got,
// each worth Value.
type Delivery struct {
	Customer string
	Day      time.Time
	Outcome  string
	Units    float64
	Value    float64
	Source   string // of the value of a unit: who says so
}

// Deliveries reads value_delivered.csv.
func Deliveries(in io.Reader) ([]Delivery, []data.Reject, error) {
	t, err := ReadTable("value_delivered.csv", in, "customer_id", "outcome", "units", "unit_value")
	if err != nil {
		return nil, nil, err
	}
	out := readAll(&t, func(r *reading) Delivery {
		d := Delivery{Customer: r.must("customer_id"), Day: r.day("date"), Outcome: r.must("outcome"), Source: r.text("source_of_value")}
		r.must("units")
		r.must("unit_value")
		if u, v := r.real("units"), r.real("unit_value"); u != nil && v != nil {
			d.Units, d.Value = *u, *v
		}
		return d
	})
	return out, t.Bad, nil
}

// An Event is one line of events.csv: somebody did what may count as a conversion. Columns nobody
// asked for are what its meaning is read from.
type Event struct {
	Type string // visit, signup, lead, prospect, sale, renewal, referral, other; anything else is untyped
	Row  Row
}

// Events reads events.csv.
func Events(in io.Reader) ([]Event, []data.Reject, error) {
	t, err := ReadTable("events.csv", in, "type", "date")
	if err != nil {
		return nil, nil, err
	}
	out := readAll(&t, func(r *reading) Event {
		r.day("date")
		return Event{strings.ToLower(r.text("type")), r.row}
	})
	return out, t.Bad, nil
}

// Holds reports whether the row meets a condition such as "seconds >= 30" or "plan = paid": a column,
// one of = != < <= > >=, and a value, numbers compared as numbers. known is false where the condition
// cannot be read, or the row leaves its column empty.
func (r Row) Holds(condition string) (holds, known bool) {
	part := strings.Fields(condition)
	if len(part) != 3 {
		return false, false
	}
	cell := r.Cells[strings.ToLower(part[0])]
	if cell == "" {
		return false, false
	}
	order := strings.Compare(strings.ToLower(cell), strings.ToLower(part[2]))
	x, err := strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 64)
	y, bad := strconv.ParseFloat(strings.Replace(part[2], ",", ".", 1), 64)
	if err == nil && bad == nil {
		order = cmp.Compare(x, y)
	}
	held, ok := map[string][]int{"=": {0}, "==": {0}, "!=": {-1, 1}, "<": {-1}, "<=": {-1, 0}, ">": {1}, ">=": {0, 1}}[part[1]]
	return slices.Contains(held, order), ok
}
