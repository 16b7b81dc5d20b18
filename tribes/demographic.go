package tribes

import "strings"

// demographic reports whether a word or phrase says how old somebody is, of which gender, what they
// earn or where they live: such words shape no tribe and name none, whoever wrote them.
func demographic(form string) bool {
	for word := range strings.FieldsFuncSeq(strings.ToLower(form), func(r rune) bool { return r == ' ' || r == '-' || r == '\'' || r == '’' }) {
		if ofPerson(word) {
			return true
		}
	}
	return false
}

func ofPerson(word string) bool {
	switch word {
	case "woman", "women", "female", "females", "lady", "ladies", "girl", "girls", "housewife", "housewives",
		"man", "men", "male", "males", "gentleman", "gentlemen", "boy", "boys", "gender", "sex",
		"donna", "donne", "femmina", "femmine", "signora", "signore", "ragazza", "ragazze", "casalinga", "casalinghe",
		"uomo", "uomini", "maschio", "maschi", "ragazzo", "ragazzi", "genere", "sesso":
		return true
	case "age", "aged", "ages", "teenager", "teenagers", "millennial", "millennials", "boomer", "boomers", "pensioner", "pensioners",
		"età", "eta", "anziano", "anziana", "anziani", "anziane", "pensionato", "pensionata", "pensionati", "trentenne", "trentenni", "quarantenne", "quarantenni":
		return true
	case "income", "incomes", "salary", "salaries", "wage", "wages", "reddito", "redditi", "stipendio", "stipendi":
		return true
	case "address", "addresses", "zip", "zipcode", "postcode", "indirizzo", "indirizzi":
		return true
	}
	return false
}
