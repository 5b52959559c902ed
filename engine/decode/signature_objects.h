/*
 * The engine under signature_structure.c: values of two revisions compared for sameness. Objects
 * that play a part which may change (pages, fields, …) are *managed*: compared by their own rules,
 * once. All others wait in a queue until every managed one is known, and then must be the same.
 */
#ifndef VANTHU_DECODE_SIGNATURE_OBJECTS_H
#define VANTHU_DECODE_SIGNATURE_OBJECTS_H

#include "decode/signature_structure.h"

typedef struct {
	PdfObjects *before, *after;
	StructureReport *report;
	GHashTable *managed; /* numbers of objects with rules of their own */
	GHashTable *changed; /* numbers of widgets that look otherwise now */
	GHashTable *queued;  /* numbers that must be the same */
	GArray *queue;
	int page;
} Comparison;

void comparison_init(Comparison *self);
void comparison_clear(Comparison *self);
/* Compares everything in the queue. */
void comparison_finish(Comparison *self);

/* True the first time; a number below 0 (a direct value) always. */
bool comparison_manage(Comparison *self, int64_t number);
bool comparison_manage_reference(Comparison *self, const PdfValue *reference);
void comparison_mark_changed(Comparison *self, int64_t number);
bool comparison_changed(const Comparison *self, int64_t number);

/* The same but for what references lead to, which is queued under `where`. */
bool comparison_equal(
	Comparison *self, const PdfValue *before, const PdfValue *after, const char *where);
/* The same of two dictionaries, without some keys (NULL-terminated). */
bool comparison_equal_dicts(Comparison *self, const PdfValue *before, const PdfValue *after,
	const char *const *without, const char *where);
/* One key of the catalog, unless it is listed. */
void comparison_catalog_key(Comparison *self, const PdfValue *before, const PdfValue *after,
	const PdfValue *key, const char *const *without);

bool values_same_reference(const PdfValue *a, const PdfValue *b);
/* The value of a key given as a value; NULL. */
const PdfValue *values_key(const PdfValue *dict, const PdfValue *key);
bool values_listed(const PdfValue *key, const char *const *names);

#endif
