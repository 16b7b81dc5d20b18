package inquiry_test

import (
	"fmt"

	"tribu/reports/measure/inquiry"
)

func ExampleLintQuestion() {
	fmt.Println(inquiry.LintQuestion("What would be good enough for you?"))
	fmt.Println(inquiry.LintQuestion("Is it fast?"))
	// Output:
	// <nil>
	// lint question "Is it fast?": "is" can be answered with yes or no
}
