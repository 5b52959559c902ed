/* What the steps of one extraction share (classify.c, fields.c, records.c, table.c, xpath.c,
 * explain.c). */
#ifndef VANTHU_EXTRACT_WORK_H
#define VANTHU_EXTRACT_WORK_H

#include "document/field.h"
#include "extract/extract.h"
#include "extract/rule.h"

typedef struct {
	const Rules *rules;
	const Doc *doc;
	Doc *mended; /* a copy of it whose recognised text is mended; then doc is this one */
	Zones *zones;
	Reading *reading;
	const TypeRule *type; /* NULL: unknown */
	GHashTable *filled;   /* field name -> Filled: by named groups of other fields' patterns */
	MatchText **folded[ZONE_COUNT]; /* each line of a zone made ready; see work_line() */
	GHashTable *lines; /* text, by its address, to MatchText: a line of the body is one
			      of the whole text too */
	MatchText *joined[ZONE_COUNT]; /* a zone as one text, a line each; see work_zone() */
	GHashTable
		*spent;  /* rule id -> how often it needed more than a quick try; NULL: none did */
	MatchRoom *room; /* of all its matches; NULL before the first */
	const FieldRule *incomplete; /* the part for whose want a record was let go, or NULL */
	GString *trace;              /* what was tried, for explain; NULL: nobody asks */
} Work;

typedef struct {
	size_t start; /* where it begins in the text */
	Place place;
} TargetLine;

/* A text where a value may stand, with the place of each of its lines. */
typedef struct {
	const char *text;       /* of one line lent, of several: joined's */
	GString *joined;        /* or NULL */
	GArray *more;           /* of TargetLine: the lines behind the first, or NULL */
	const MatchText *ready; /* the text made ready, lent; NULL: nobody did yet */
	Place place;            /* of the first line; its part is lent */
	double confidence;
} Target;

/* The targets that a rule's zone, region, label and `take` leave; of Target. */
GArray *targets_of(Work *work, const FieldRule *rule);
/* Of one line; the text is lent. */
Target target_of(const char *text, const Place *place, double confidence);
Place target_place(const Target *target, size_t offset);

/* The first valid value of a rule in one target; NULL = none. Tells a limit as a finding. */
Field *value_in_target(Work *work, const FieldRule *rule, const Target *target);

/* The text, squeezed, as a value: codes of `map`, clean-ups, type, <values>; NULL = it is none. A near
 * miss of <values> lowers *confidence. Caller owns. */
char *rule_value(const FieldRule *rule, const char *text, double *confidence);

/* A match on the account of a rule: a rule that needs much too often, or more than there is, is
 * stopped for this document (MATCH_NO from then on) and told as a finding. */
MatchResult work_match(Work *work, const char *rule_id, const Pattern *pattern,
	const MatchText *text, size_t from, Match *ret_match);
bool work_found(Work *work, const char *rule_id, const Pattern *pattern, const char *text);

/* Goes through lines, and says which stand behind the one that `start` matches and before the one
 * that `end` matches; both may be NULL. */
typedef struct {
	Work *work;
	const char *rule_id;
	const Pattern *start, *end;
	bool begun, over;
} Between;
bool between_takes(Between *between, Zone zone, int i); /* line i of the zone */

/* Line i of a zone, ready for matching; lent. */
const MatchText *work_line(Work *work, Zone zone, int i);
/* A zone as one text, a line each, ready for matching; lent. */
const MatchText *work_zone(Work *work, Zone zone);
void work_clear(Work *work); /* what the two keep, and the zones */
void work_trace(Work *work, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* A field that is required and not there is a finding. */
void tell_absence(Work *work, const char *name);
/* Finding extract/rule-limit, once a rule. */
/* Values on pages that were read as pictures are never certain; what can't be read there is told.
 */
void doubt_recognised(Work *work);
/* The document looks like a template that nobody filled in. */
void tell_placeholders(Work *work);
void work_out_of_budget(Work *work, const char *rule_id);
/* Whether the rules of the set and the types named apply to this document. */
bool work_applies(const Work *work, const RuleSet *set, const char *types);

/* Why a rule found nothing in its targets, or made no record, into the trace (explain_miss.c). */
void explain_no_value(Work *work, const FieldRule *rule, const GArray *targets);
void explain_no_records(Work *work, const RecordRule *rule);

/* The whole as a page (explain_html.c); the work has been traced. Caller owns. */
char *explain_page(const Work *work, const char *title, bool vietnamese, const GPtrArray *pictures);

/* Fields and records with an XPath, of XML documents; the type too when a rule says it. */
void read_xml(Work *work);
/* Issuing bodies in the office's directory; after the fields. */
void look_up_organs(Work *work);
/* Values that are made of what was read, and the <check>s of rule files; after all else. */
void compute(Work *work);
void classify(Work *work);
void read_fields(Work *work);
void read_records(Work *work);
/* Records of one rule, from the tables of the document. */
void read_table_records(Work *work, const RecordRule *rule);
/* Adds a value to a record: cleaned and typed; false when it is none. The text is squeezed. */
bool record_add_value(Work *work, Record *record, const RecordRule *rule, const FieldRule *part,
	const char *text, const Place *place, double confidence);
/* Adds what parts read from zones of the document or have as default, then keeps the record, or
 * lets it go when a required part is missing. Takes record. */
void record_finish(Work *work, const RecordRule *rule, Record *record);

#endif
