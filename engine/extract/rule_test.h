/*
 * A test of rules: a small document and what must be read out of it, in one text that a person
 * writes (docs/rules.md, "Tests"):
 *
 *	# what this sample shows
 *	type = cong-van
 *	code-number = 45
 *	priority absent
 *	organ-name inferred = Sở Xây dựng
 *	nominee count 3
 *	nominee 1 name = Trần Thị Mai
 *	nominee last position absent
 *	finding extract/absent            (or with its severity: extract/absent warning)
 *	no finding extract/conflict
 *	nothing else
 *	---
 *	the document: plain text, a document tree, or XML
 *
 * Instead of a document below the line, `sample FILE` names a file beside the test. `checks NAME…`
 * with `date DAY` makes it a test of checks: the document is then a dossier.
 */
#ifndef VANTHU_EXTRACT_RULE_TEST_H
#define VANTHU_EXTRACT_RULE_TEST_H

#include "base/date.h"
#include "document/doc.h"
#include "document/field.h"

typedef enum {
	EXPECT_FOUND,      /* the value, in state found */
	EXPECT_INFERRED,   /* the value, in state inferred */
	EXPECT_CONFLICT,   /* one of two values */
	EXPECT_ABSENT,     /* none */
	EXPECT_COUNT,      /* so many records */
	EXPECT_FINDING,    /* a finding of that id */
	EXPECT_NO_FINDING, /* none of that id */
	EXPECT_NOTHING,    /* no field that is not named */
} Expect;

typedef struct {
	Expect kind;
	int line;
	char *record; /* NULL: a field of the document */
	int index;    /* of the record, from 1; 0 = the last */
	char *name;   /* field, or id of a finding; NULL for a count */
	char *value;  /* what is expected; NULL where nothing is */
} Expectation;

typedef struct {
	char *file;              /* for messages */
	char *label;             /* first comment line, or "" */
	char *sample;            /* name of a file beside the test, or NULL */
	char *document;          /* what stands below the line, or NULL */
	int document_line;       /* the first line of it */
	char **checks;           /* sets of checks, NULL-terminated; NULL = a test of extraction */
	Date date;               /* the day on which the checks run */
	GPtrArray *expectations; /* of Expectation */
	/* Fields that "nothing else" does not mean: a shipped test can't know what an office adds.
	 * Names, lent; NULL = none. */
	const GHashTable *beyond;
} RuleTest;

/* ERR_FORMAT with every mistake, one a line, as "file:line: what". */
RuleTest *rule_test_parse(const char *text, size_t size, const char *file, GError **err);
void rule_test_free(RuleTest *test);
/* A test that expects what was read: to be looked through and corrected by a person. The document
 * goes below the line. */
void rule_test_print(const Reading *reading, const char *label, const char *document, GString *out);

typedef struct {
	const Expectation *expectation; /* lent by the test */
	char *got;                      /* in words of the same form: "“16”", "absent", "2" */
	char *place;                    /* where it stood, "" = nowhere */
	char *rule;                     /* which rule gave it, "" = none */
	bool good;
} Verdict;

/* One verdict an expectation, in order; of Verdict, caller owns. */
GPtrArray *rule_test_compare(const RuleTest *test, const Reading *reading);
/* "code-number = 45", as it was written; caller owns. */
char *expectation_print(const Expectation *expectation);

/* A plain text as a document: a paragraph a line, "| a | b |" a row of a table (the last cell of a
 * short row covers what is left; '\' begins a new line in a cell), a tab between the left and the
 * right column of head and foot. */
Doc *sample_doc(const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RuleTest, rule_test_free)

#endif
