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
		MAY(name, "region", VALUE_REGION,                                                  \
			"left top right bottom of the page, in percent"),                          \
		MAY(name, "xpath", VALUE_XPATH,                                                    \
			"XML: what to take, from the root or the record's element"),               \
		MAY(name, "map", VALUE_WORD, "XML: codes and their values, \"0= 1=KHẨN\""),        \
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

	ELEMENT("document-type", "rules", "a type of document, chosen by the evidence inside"),
	MUST("document-type", "id", VALUE_NAME, "its name in rules and data"),
	MUST("document-type", "label", VALUE_WORD, "its Vietnamese name"),
	MAY("document-type", "abbr", VALUE_WORD, "its abbreviation in notations (TTr)"),
	MAY("document-type", "source", VALUE_WORD, "the law it rests on"),

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

	ELEMENT("check", "rules", "a check over the dossier: read by the checker"),
	{ NULL, NULL, NULL, VALUE_NONE, false, NULL, NULL },
};
