/*
 * From a Doc to a Reading: the document's type, its fields and its records, each with state,
 * confidence, place and the rule that found it. Pure: no disk, clock or network once the rules are
 * loaded.
 *
 * Rules come from XML files (docs/adding-a-rule.md). They are loaded once, are immutable
 * afterwards, and may be used by several threads.
 */
#ifndef VANTHU_EXTRACT_EXTRACT_H
#define VANTHU_EXTRACT_EXTRACT_H

#include "document/doc.h"
#include "document/field.h"

typedef struct Rules Rules;

/* Reads every *.xml below the folders (NULL-terminated; sub-folders too, in order of name) whose
 * root element is <rules>; others (workflows, checks, calendars) are passed over. A field, document
 * type or record rule of a later folder replaces the one of the same name of an earlier folder. A
 * folder that does not exist is ERR_NOT_FOUND. Wrong rules are ERR_FORMAT: the message lists every
 * mistake, one a line, "file:line: what, and what was meant". */
Rules *rules_load(const char *const *folders, GError **err);
/* The same from one text: for tests. `name` stands for the file name in messages. */
Rules *rules_parse(const char *xml, size_t size, const char *name, GError **err);
void rules_free(Rules *rules);

typedef struct {
	int files, types, fields, records, checks;
} RulesCount;

/* What was loaded, for `rules check`. */
RulesCount rules_count(const Rules *rules);
/* The names of fields that only folders behind the first one know: what an office adds. The
 * caller's, of names that the rules own. */
GHashTable *rules_added_fields(const Rules *rules);
/* The ids of document types ("to-trinh"), and of the rules of fields and records
 * ("nd30/code-number"), each once, in the order of the files; of char *, the caller's. */
GPtrArray *rules_ids(const Rules *rules);

/* Never NULL. `file` and `sha256` are copied into the reading. The findings of doc are copied too.
 * A Doc that could not be read gives every field as absent. */
Reading *extract_read(const Rules *rules, const Doc *doc, const char *file, const char *sha256);

/* A message whose documents were read too: where its number, notation or day differ from those of
 * the paper that it brings, its field becomes a conflict with the other value, and a finding names
 * both places. */
void readings_agree(Reading *message);

/* For people: which zone held which lines, how the document types scored, and for every field which
 * step matched where, or which failed and the nearest candidate. Caller owns. */
char *extract_explain(const Rules *rules, const Doc *doc);
/* The same as a page (XHTML, nothing from elsewhere): the document with a box around every value. `pictures`
 * (may be NULL) holds its pages as PNG, in order, or NULL where there is none: the words are drawn there. */
char *extract_explain_html(const Rules *rules, const Doc *doc, const char *title, bool vietnamese,
	const GPtrArray *pictures);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rules, rules_free)

#endif
