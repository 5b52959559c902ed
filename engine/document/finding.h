/*
 * A finding: something about a document that a person should know. Not an error: a document that
 * breaks a rule is normal output.
 *
 * Built-in findings are listed in findings.def (id, severity, Vietnamese, English); a finding from
 * a rule or workflow file brings its own texts. Both languages are kept; the printer chooses.
 */
#ifndef VANTHU_DOCUMENT_FINDING_H
#define VANTHU_DOCUMENT_FINDING_H

#include "base/place.h"

typedef enum { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR } Severity;

typedef enum {
#define FINDING(name, id, severity, vi, en) FINDING_##name,
#include "document/findings.def"
#undef FINDING
	FINDING_COUNT
} FindingId;

typedef struct {
	char *id; /* "decode/encrypted", or "rule-set/check-id" */
	Severity severity;
	char *vi, *en; /* whole sentences, details already in them */
	char *source;  /* the law it rests on, or NULL */
	Place place;   /* place.part is owned by the finding */
} Finding;

/* `detail` replaces the one %s of both texts (NULL: ""); the place is copied. Never NULL. */
Finding *finding_new(FindingId id, const Place *place, const char *detail);
Finding *finding_custom(const char *id, Severity severity, const Place *place, const char *vi,
	const char *en, const char *source);
Finding *finding_copy(const Finding *finding);
void finding_free(Finding *finding);

/* A list that owns its findings. */
GPtrArray *findings_new(void);
/* Takes what finding_new() takes. */
void findings_add(GPtrArray *findings, FindingId id, const Place *place, const char *detail);
/* Adds a copy of each finding of `from`. */
void findings_add_copies(GPtrArray *findings, const GPtrArray *from);
/* The sentence in a language ("vi", "en"); lent. */
const char *finding_text(const Finding *finding, const char *language);
Severity findings_worst(const GPtrArray *findings); /* NOTE when empty */
/* The first error whose id starts with prefix ("decode/"), or NULL; lent. */
const Finding *findings_first_error(const GPtrArray *findings, const char *prefix);

const char *severity_name(Severity severity); /* "note", "warning", "error" */
bool severity_parse(const char *name, Severity *ret_severity);
/* The table row of a built-in finding. */
const char *finding_id_name(FindingId id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Finding, finding_free)

#endif
