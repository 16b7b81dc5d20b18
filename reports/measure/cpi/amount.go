package cpi

import (
	"fmt"
	"strings"
	"time"
)

// Amount writes x of a unit as people say it: "3 days" for 259200 seconds, "7.5 euro".
func Amount(x float64, unit string) string {
	if unit == "seconds" {
		return Lasting(time.Duration(x) * time.Second)
	}
	return strings.TrimSpace(fmt.Sprintf("%g %s", x, unit))
}

// Lasting writes a time in the largest unit it fills: "2 days", "1.5 hours".
func Lasting(d time.Duration) string {
	unit, each := "second", time.Second
	switch {
	case d >= 24*time.Hour:
		unit, each = "day", 24*time.Hour
	case d >= time.Hour:
		unit, each = "hour", time.Hour
	case d >= time.Minute:
		unit, each = "minute", time.Minute
	}
	n := strings.TrimSuffix(fmt.Sprintf("%.1f", float64(d)/float64(each)), ".0")
	if n != "1" {
		unit += "s"
	}
	return n + " " + unit
}

// Say writes a value of that unit as people say it: "62%", "3 days"; money in currency.
func (u Unit) Say(x float64, currency string) string {
	switch u {
	case SecondsWaited, SecondsToHelp:
		return Amount(x, "seconds")
	case MoneyPaid:
		return Amount(x, currency)
	}
	return fmt.Sprintf("%.0f%%", 100*x)
}
