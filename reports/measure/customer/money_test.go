package customer

import (
	"strings"
	"testing"
)

func TestMoneyFiles(t *testing.T) {
	clients, bad, err := Clients(strings.NewReader("customer_id,handle,stage,segment\nc1,ada,customer,B2B\nc2,,won,\n"))
	if err != nil || len(clients) != 1 || len(bad) != 1 || clients[0].Segment != "B2B" {
		t.Errorf("Clients = %+v, %+v, %v; want c1, and one of no known stage", clients, bad, err)
	}
	sales, bad, err := Sales(strings.NewReader("customer_id,date,revenue,margin\nc1,2026-11-02,\"20,5\",4\nc1,,3,\nc2,2026-11-03,,\n"))
	if err != nil || len(sales) != 1 || len(bad) != 2 || sales[0].Revenue != 20.5 || *sales[0].Margin != 4 {
		t.Errorf("Sales = %+v, %+v, %v; want one, one without a date, one without revenue", sales, bad, err)
	}
	got, bad, err := Deliveries(strings.NewReader("customer_id,date,outcome,units,unit_value\nc1,2026-11-02,hours saved,\"1,5\",20\nc1,,hours saved,x,20\n"))
	if err != nil || len(got) != 1 || len(bad) != 1 || got[0].Units*got[0].Value != 30 {
		t.Errorf("Deliveries = %+v, %+v, %v; want 30 of value, and one without units", got, bad, err)
	}
	events, _, err := Events(strings.NewReader("type,date,seconds\nVisit,2026-11-02,40\n,2026-11-02,1\n"))
	if err != nil || len(events) != 2 || events[0].Type != "visit" {
		t.Errorf("Events = %+v, %v; want a visit and one of no type", events, err)
	}
}

func TestHolds(t *testing.T) {
	row := Row{Cells: map[string]string{"seconds": "30", "plan": "Paid", "ratio": "0,5", "empty": ""}}
	for _, c := range []struct {
		condition    string
		holds, known bool
	}{
		{"seconds >= 30", true, true},
		{"seconds > 30", false, true},
		{"seconds < 4", false, true},
		{"plan = paid", true, true},
		{"plan != paid", false, true},
		{"ratio <= 0.5", true, true},
		{"empty >= 1", false, false},
		{"nowhere >= 1", false, false},
		{"seconds about 30", false, false},
		{"stayed long", false, false},
	} {
		if holds, known := row.Holds(c.condition); holds != c.holds || known != c.known {
			t.Errorf("%q = %v, %v; want %v, %v", c.condition, holds, known, c.holds, c.known)
		}
	}
}
