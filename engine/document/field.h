/*
 * Fields, records and readings: what the rules made of a Doc, each value with its proof.
 * Design: absent is a value; nothing is guessed silently.
 */
#ifndef VANTHU_DOCUMENT_FIELD_H
#define VANTHU_DOCUMENT_FIELD_H

#include "document/finding.h"
#include "document/json.h"
#include "document/signature.h"

typedef enum { FIELD_ABSENT, FIELD_FOUND, FIELD_INFERRED, FIELD_CONFLICT, FIELD_EDITED } FieldState;

const char *field_state_name(FieldState state); /* "absent", "found", … */
bool field_state_parse(const char *name, FieldState *ret_state);

/* Its strings stand behind it in one piece of memory: field_set() changes one. */
typedef struct {
	const char *name;
	const char *value; /* normalised: ISO date, symbol without spaces, …; "" when absent */
	const char *text;  /* as printed in the document; "" when absent */
	const char *other; /* in a conflict: the other value; else NULL */
	FieldState state;
	double confidence; /* 0..1: how sure the engine is of value; of an absent field, that it is
			      absent */
	Place place;      /* all 0 = nowhere */
	const char *rule; /* "nd30/code-number"; "" when no rule */
	size_t size;       /* of the whole piece */
} Field;

Field *field_new(const char *name, FieldState state);
/* found, with all parts; NULL strings become "", place NULL is nowhere. */
Field *field_found(const char *name, const char *value, const char *text, double confidence,
	const Place *place, const char *rule);
Field *field_copy(const Field *field);
/* Another text for one of its strings: field_set(field, &field->value, "…"). */
void field_set(Field *field, const char **string, const char *text);
void field_free(Field *field);

/* A group of fields that repeats: a nominee, a recipient, a reference. */
typedef struct {
	char *name;        /* "nominee" */
	GPtrArray *fields; /* of Field, owned */
	Place place;
} Record;

Record *record_new(const char *name, const Place *place);
void record_free(Record *record);
void record_take(Record *record, Field *field);
const Field *record_lookup(const Record *record, const char *field); /* lent or NULL */

/* What was read out of one document. */
typedef struct Reading Reading;
struct Reading {
	char *file;                /* its name */
	char *sha256;              /* of its bytes, hex */
	char *format;              /* Doc.format, "" when refused before */
	char *type_id, *type_name; /* "cong-van", "Công văn"; "" = unknown */
	double type_confidence;
	GPtrArray *fields;     /* of Field: every field the rules know, absent ones too */
	GPtrArray *records;    /* of Record */
	GPtrArray *findings;   /* of Finding: of decoding and of rules */
	GPtrArray *signatures; /* of Signature */
	GPtrArray *documents;  /* of Reading: attachments, files of a dossier */
	char *words;           /* all text of the document, for the search index; may be NULL */
};

Reading *reading_new(const char *file, const char *sha256);
void reading_free(Reading *reading);
const Field *reading_lookup(const Reading *reading, const char *field); /* lent or NULL */
/* The value of a field, "" when absent or unknown; lent. */
const char *reading_value(const Reading *reading, const char *field);
/* Adds or replaces by name; takes field. */
void reading_take(Reading *reading, Field *field);
void reading_take_record(Reading *reading, Record *record);

/* The JSON object that `vanthu extract --json` prints; "message" in the language given. */
void reading_print_json(const Reading *reading, const char *language, GString *out);
/* "findings":[…], inside an object. */
void findings_print_json(const GPtrArray *findings, const char *language, Json *json);
/* "signatures":[…], inside an object: a member a value, "verdict" in the language; nothing when
 * there are none. */
void signatures_print_json(const GPtrArray *signatures, const char *language, Json *json);
/* The same for people: a line a field. */
void reading_print_text(const Reading *reading, const char *language, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Field, field_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Record, record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reading, reading_free)

#endif
