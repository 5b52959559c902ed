/* The words of rule files: every element, where it may stand, and every attribute with its kind.
 * The loader checks against this table, and the manual's table comes from it. */
#include "extract/rule.h"

#define ELEMENT(name, parent, help)                                                                \
	{                                                                                          \
		name, parent, NULL, VALUE_NONE, false, NULL, help                                  \
	}
#define MUST(name, attribute, kind, help)                                                          \
	{                                                                                          \
		name, NULL, attribute, kind, true, NULL, help                                      \
	}
#define MAY(name, attribute, kind, help)                                                           \
	{                                                                                          \
		name, NULL, attribute, kind, false, NULL, help                                     \
	}
#define CHOICE(name, attribute, required, choices, help)                                           \
	{                                                                                          \
		name, NULL, attribute, VALUE_CHOICE, required, choices, help                       \
	}

/* What a value is made by: the same for fields and for the parts of records. */
#define VALUE_WORDS(name)                                                                          \
	MUST(name, "name", VALUE_NAME, "the name under which the value appears"),                  \
		MAY(name, "zone", VALUE_ZONE, "where it is looked for"),                           \
		MAY(name, "type", VALUE_TYPE, "how it is read and checked (text)"),                \
		MAY(name, "clean", VALUE_CLEAN, "clean-ups before the type"),                      \
		CHOICE(name, "take", false, "all|lines|last",                                      \
			"the zone as one text, line by line, or its last line"),                   \
		MAY(name, "after", VALUE_PATTERN,                                                  \
			"the value follows this label, on its line or the next"),                  \
		MAY(name, "start", VALUE_PATTERN, "only lines behind the one that says this"),     \
		MAY(name, "end", VALUE_PATTERN, "only lines before the one that says this"),       \
		MAY(name, "region", VALUE_REGION,                                                  \
			"left top right bottom of the page in percent; with 'pt' behind in "       \
			"points"),                                                                 \
		MAY(name, "xpath", VALUE_XPATH,                                                    \
			"XML: what to take, from the root or the record's element"),               \
		MAY(name, "map", VALUE_WORD,                                                       \
			"codes and their values, \"0= 1=KHẨN\"; '_' is a "                       \
			"space"),                                                                  \
		MAY(name, "values", VALUE_NAME,                                                    \
			"the <values> that it must be one of; near misses lower the "              \
			"confidence"),                                                             \
		MAY(name, "default", VALUE_WORD,                                                   \
			"the value when nothing was found; state inferred"),                       \
		MAY(name, "confidence", VALUE_NUMBER,                                              \
			"how sure a value is in a sure zone, 0 to 1 (0.98)"),                      \
		MAY(name, "source", VALUE_WORD, "the law it rests on")

const RuleWord rule_words[] = {
	ELEMENT("rules", "", "one rule file"),
	MUST("rules", "id", VALUE_NAME, "its name, in front of every rule id"),
	MAY("rules", "version", VALUE_WORD, "date or number of the law or form it describes"),
	MAY("rules", "format", VALUE_NAME, "only for documents of that format (edxml)"),
	MAY("rules", "label", VALUE_WORD, "what the file is about, for people"),
	MAY("rules", "source", VALUE_WORD, "the law it rests on"),
	CHOICE("rules", "verified", false, "yes|secondary|no",
		"whether it was checked against the original"),
	MAY("rules", "from", VALUE_DATE, "only documents issued on this day or later"),
	MAY("rules", "to", VALUE_DATE, "only documents issued on this day or earlier"),
	MAY("rules", "scope", VALUE_WORD, "only documents of this organ, or of one right below it"),

	ELEMENT("include", "rules", "the <let>s of another file of the same folder hold here too"),
	MUST("include", "file", VALUE_WORD, "its name"),
	ELEMENT("let", "rules", "a piece of a pattern, to be used as ${name}"),
	MUST("let", "name", VALUE_NAME, "its name"),
	ELEMENT("values", "rules", "an enumeration: what a text may stand for"),
	MUST("values", "name", VALUE_NAME, "its name, for values=\"…\""),
	ELEMENT("value", "values", "one value"),
	MUST("value", "id", VALUE_NAME, "what the field becomes"),
	MUST("value", "text", VALUE_WORD, "how it is written"),
	MAY("value", "also", VALUE_WORD, "other ways of writing it, parted by '|'"),

	ELEMENT("directory", "",
		"the bodies that an office writes to and hears from: a file of its own"),
	ELEMENT("organ", "directory", "one body"),
	MUST("organ", "id", VALUE_NAME, "what fields refer to, through all its names"),
	MUST("organ", "name", VALUE_WORD, "its name of today"),
	MAY("organ", "code", VALUE_WORD, "its code in the exchange network (OrganId)"),
	ELEMENT("alias", "organ", "another way of writing its name"),
	MUST("alias", "name", VALUE_WORD, "the other way"),
	ELEMENT("former", "organ", "a name that it had, or a body that it follows"),
	MUST("former", "name", VALUE_WORD, "that name"),
	MUST("former", "to", VALUE_DATE, "the last day of that name"),

	ELEMENT("document-type", "rules", "a type of document, chosen by the evidence inside"),
	MUST("document-type", "id", VALUE_NAME, "its name in rules and data"),
	MUST("document-type", "label", VALUE_WORD, "its Vietnamese name"),
	MAY("document-type", "abbr", VALUE_WORD, "its abbreviation in notations (TTr)"),
	MAY("document-type", "source", VALUE_WORD, "the law it rests on"),
	CHOICE("document-type", "bare", false, "yes|no",
		"has no number, date or signer: nothing is missed"),
	CHOICE("document-type", "override", false, "replace|extend",
		"what it does to the type of the same id in an earlier folder"),

	ELEMENT("when", "document-type", "evidence for the type"),
	MUST("when", "zone", VALUE_ZONE, "where it is looked for"),
	MAY("when", "match", VALUE_PATTERN,
		"what must be found there; none: the zone is there at all"),
	MAY("when", "weight", VALUE_NUMBER, "what it adds (1)"),
	ELEMENT("unless", "document-type", "evidence against the type"),
	MUST("unless", "zone", VALUE_ZONE, "where it is looked for"),
	MAY("unless", "match", VALUE_PATTERN,
		"what must be found there; none: the zone is there at all"),
	MAY("unless", "weight", VALUE_NUMBER, "what it takes away (1)"),

	ELEMENT("field", "rules",
		"one value of a document; several of one name are tried in order"),
	VALUE_WORDS("field"),
	MAY("field", "label", VALUE_WORD, "its Vietnamese name, for findings"),
	MAY("field", "label-en", VALUE_WORD, "its English name"),
	CHOICE("field", "required", false, "no|warn", "warn: its absence is a finding"),
	MAY("field", "when", VALUE_WORD, "only in these document types, parted by spaces"),
	CHOICE("field", "inferred", false, "yes|no", "what it finds is inferred, never found"),
	CHOICE("field", "last-resort", false, "yes|no",
		"only when no other rule of that name found anything"),
	MAY("field", "compute", VALUE_XPATH,
		"XPath over what was read: the value is made, not found"),
	CHOICE("field", "override", false, "replace|before|after",
		"what it does to rules of the same name in an earlier folder"),
	ELEMENT("pattern", "field",
		"a regular expression; the first that gives a valid value wins"),

	ELEMENT("records", "rules", "a group of values that repeats"),
	MUST("records", "name", VALUE_NAME, "the name of each record"),
	CHOICE("records", "from", true, "bullets|matches|paragraphs|table|xpath",
		"what makes one record"),
	MAY("records", "zone", VALUE_ZONE, "where they are looked for"),
	MAY("records", "skip", VALUE_PATTERN, "lines, rows or matches that are none"),
	MAY("records", "needs", VALUE_PATTERN, "only when the document's text says this"),
	MAY("records", "when", VALUE_WORD, "only in these document types, parted by spaces"),
	MAY("records", "xpath", VALUE_XPATH, "XML: the elements, one a record"),
	MAY("records", "confidence", VALUE_NUMBER, "how sure its values are, 0 to 1"),
	MAY("records", "start", VALUE_PATTERN, "only lines behind the one that says this"),
	MAY("records", "end", VALUE_PATTERN, "only lines before the one that says this"),
	CHOICE("records", "override", false, "replace|before|after|extend",
		"what it does to rules of the same name in an earlier folder"),
	MAY("records", "source", VALUE_WORD, "the law it rests on"),
	ELEMENT("pattern", "records", "a regular expression; its named groups fill the parts"),
	ELEMENT("part", "records", "one value of the record"),
	VALUE_WORDS("part"),
	CHOICE("part", "required", false, "no|yes", "yes: without it there is no record"),
	ELEMENT("column", "records", "one column of the table"),
	VALUE_WORDS("column"),
	MUST("column", "header", VALUE_PATTERN, "what its header says"),
	CHOICE("column", "required", false, "no|yes",
		"yes: a table without it, or a row, is no such table"),
	ELEMENT("pattern", "part", "read from the zone, or from the record's text"),
	ELEMENT("pattern", "column",
		"cuts the value out of the cell; named groups fill other parts"),

	ELEMENT("check", "rules", "something that the values of one document must agree to"),
	MUST("check", "id", VALUE_NAME, "findings are called file/id"),
	CHOICE("check", "severity", true, "note|warning|error", "error blocks, warning asks"),
	MUST("check", "test", VALUE_XPATH, "what must hold"),
	MUST("check", "message", VALUE_WORD, "what to say when not; {XPath} prints a value"),
	MUST("check", "message-en", VALUE_WORD, "the same in English"),
	MAY("check", "for", VALUE_XPATH, "the nodes to check (the document)"),
	MAY("check", "when", VALUE_XPATH, "does it apply to the node?"),
	MAY("check", "known", VALUE_XPATH, "are the facts there? When not: a warning that says so"),
	MAY("check", "unknown", VALUE_WORD, "what that warning says"),
	MAY("check", "unknown-en", VALUE_WORD, "the same in English"),
	MAY("check", "source", VALUE_WORD, "the law it rests on"),
	CHOICE("check", "verified", false, "yes|secondary|no",
		"whether it was checked against the original"),
	MAY("check", "from", VALUE_DATE, "in force on this day and later"),
	MAY("check", "to", VALUE_DATE, "in force on this day and earlier"),
	MAY("check", "by", VALUE_XPATH, "the day that 'from' and 'to' mean (the day of issue)"),
	{ NULL, NULL, NULL, VALUE_NONE, false, NULL, NULL },
};
