/*
 * A rule file in memory. Built by rule_load.c, read by everything else of this folder.
 * All strings and arrays live as long as the Rules that they came from.
 */
#ifndef VANTHU_EXTRACT_RULE_H
#define VANTHU_EXTRACT_RULE_H

#include "document/query.h"
#include "extract/checks.h"
#include "extract/lexicon.h"
#include "extract/pattern.h"
#include "extract/types.h"
#include "extract/zone.h"

typedef struct Rules Rules;
typedef struct RuleSet RuleSet;

/* What a rule of a later folder does to those of the same name in earlier ones. */
typedef enum {
	OVERRIDE_REPLACE, /* it stands for all of them */
	OVERRIDE_BEFORE,  /* it is asked before them */
	OVERRIDE_AFTER,   /* it is asked when they found nothing */
	OVERRIDE_EXTEND,  /* its evidence or parts are added to theirs */
} Override;

/* One piece of evidence for a document type. */
typedef struct {
	Zone zone;
	Pattern *match; /* NULL: the zone is there at all */
	double weight;  /* of <unless>: taken away */
	int line;
} Evidence;

typedef struct {
	RuleSet *set;
	char *id, *label, *abbr; /* "to-trinh", "Tờ trình", "TTr" or "" */
	GArray *evidence;        /* of Evidence */
	bool bare;               /* nothing is missed in it */
	Override override;
	int line;
} TypeRule;

/* <values>: what a text may stand for, with all ways of writing it. */
typedef struct {
	char *id;  /* the value: "giay-khen" */
	char *key; /* text_key() of one way of writing it */
} ValueEntry;

typedef struct {
	char *name;
	GArray *entries; /* of ValueEntry */
} ValueList;

typedef enum { REQUIRED_NO, REQUIRED_WARN } Required;
/* What of a zone is offered to the patterns. */
typedef enum { TAKE_ALL, TAKE_LINES, TAKE_LAST } Take;

/* How one value is found and made: of a field, or of one part of a record. */
typedef struct {
	RuleSet *set;
	char *name;
	char *label_vi, *label_en; /* in findings: "số văn bản", "number" */
	char *rule_id;             /* "nd30/code-number" */
	Zone zone;                 /* ZONE_COUNT: none was named */
	Take take;
	const Type *type;
	CleanUps clean;
	GPtrArray *patterns;     /* of Pattern; empty: the whole text */
	Pattern *header;         /* of a column: what its header says */
	Pattern *after;          /* the value follows this label */
	Pattern *start, *end;    /* only what stands between these lines; NULL = open */
	double region[4];        /* of the page: left top right bottom; all 0 = anywhere */
	bool region_pt;          /* in points, not percent */
	Query *xpath;            /* XML: what to take, or NULL */
	char *map;               /* XML: enumeration that turns codes into values, or NULL */
	char *fallback;          /* value when nothing was found, or NULL; state inferred */
	char *values_name;       /* <values>: what the text may be, or NULL */
	const ValueList *values; /* the same, once everything is loaded; lent */
	Query *compute;          /* made of what was read, or NULL */
	char *types; /* " to-trinh cong-van ": only in these document types; NULL = all */
	Override override;
	bool inferred;    /* what it finds is inferred, not found */
	bool last_resort; /* asked only when no other rule of that name found anything */
	Required required;
	bool part_required; /* of a record: without it the record is none */
	double confidence;  /* of a value that this rule finds in a sure zone */
	int line;
} FieldRule;

typedef enum {
	FROM_BULLETS,    /* one record a line or bullet of the zone */
	FROM_MATCHES,    /* one record a match of a pattern in the zone */
	FROM_PARAGRAPHS, /* one record a numbered paragraph that a pattern matches */
	FROM_TABLE,      /* one record a row of each table that has the named columns */
	FROM_XPATH,      /* XML: one record an element */
} RecordSource;

typedef struct {
	RuleSet *set;
	char *name, *rule_id;
	RecordSource from;
	Zone zone;
	GPtrArray *patterns;  /* of Pattern: named groups fill the parts */
	GPtrArray *parts;     /* of FieldRule: columns, groups of a pattern, children in XML */
	Pattern *skip;        /* lines, rows or matches that are none */
	Pattern *when;        /* table: only when this is said in the document */
	Pattern *start, *end; /* only lines between these; NULL = open */
	Override override;
	Query *xpath;
	char *types;
	double confidence;
	int line;
} RecordRule;

/* A body of the directory, with every name that it is known by. */
typedef struct {
	char *name, *key; /* key: text_key() */
	Date to;          /* a former name: its last day; none = still its name */
} OrganName;

typedef struct {
	char *id, *code; /* code: of the exchange network (OrganId), or NULL */
	GArray *names;   /* of OrganName; the first is the name of today */
} Organ;

/* One rule file. */
struct RuleSet {
	char *id, *version, *file;
	int layer;     /* folder that it came from: a later one overrides */
	char *format;  /* "edxml": only for such documents; NULL = all */
	char *scope;   /* only documents of the organ of this name, or right below it; NULL = all */
	Date from, to; /* only documents of these days; none = open */
	GPtrArray *types, *fields, *records; /* of TypeRule, FieldRule, RecordRule; owned */
	GPtrArray *values;                   /* of ValueList, owned */
	Checks *checks;                      /* <check>s of the file, or NULL */
};

struct Rules {
	GPtrArray *sets; /* of RuleSet, owned */
	GPtrArray *types, *fields,
		*records;  /* in the order of files, overridden ones left out; lent */
	GPtrArray *organs; /* of Organ, owned: all directories */
	int files;
	Lexicon *lexicon; /* phrases of all files */
};

void rule_set_free(RuleSet *set);
void type_rule_free(TypeRule *rule);
void field_rule_free(FieldRule *rule);
void record_rule_free(RecordRule *rule);
void value_list_free(ValueList *list);
void organ_free(Organ *organ);
bool rule_set_applies(const RuleSet *set, const char *format);
bool rule_type_applies(const char *types, const char *type_id);

/* Every element and attribute that a rule file may have: what the loader checks against, what the
 * manual and the schema for editors are printed from. */
typedef enum {
	VALUE_NONE, /* an element: no attribute of its own in this row */
	VALUE_WORD, /* any text */
	VALUE_NAME, /* small letters, digits, '-' */
	VALUE_ZONE,
	VALUE_TYPE,
	VALUE_CLEAN,   /* clean-ups, parted by spaces */
	VALUE_PATTERN, /* a regular expression */
	VALUE_XPATH,   /* with our functions: over a message, or over what was read */
	VALUE_NUMBER,
	VALUE_REGION, /* four numbers: percent of the page, or points */
	VALUE_DATE,   /* 2026-11-23 */
	VALUE_CHOICE, /* one of `choices` */
} RuleValue;

typedef struct {
	const char *element, *parent,
		*attribute; /* attribute NULL: the row of the element itself */
	RuleValue value;
	bool required;
	const char *choices; /* "yes|no" */
	const char *help;    /* one line, for the manual */
} RuleWord;

extern const RuleWord rule_words[]; /* ends with a NULL element */

#endif
