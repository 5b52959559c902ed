/*
 * Types of values: how the text that a pattern found becomes a value, and whether it can be one at
 * all. The first *valid* candidate of a rule wins. Clean-ups run before the type, in the order
 * written.
 */
#ifndef VANTHU_EXTRACT_TYPES_H
#define VANTHU_EXTRACT_TYPES_H

#include "base/date.h"
#include "base/error.h"

typedef struct {
	const char *name;
	/* The value (caller owns), or NULL when the text can't be one. */
	char *(*read)(const char *text);
	const char *help_vi, *help_en; /* one line each, for the manual */
} Type;

extern const Type extract_types[];         /* ends with a NULL name; sorted by name */
const Type *type_lookup(const char *name); /* NULL: unknown */
const char **type_names(void);             /* NULL-terminated, for "did you mean"; g_free */

typedef struct {
	const char *name;
	char *(*run)(const char *text); /* never NULL; caller owns */
	const char *help_vi, *help_en;
} CleanUp;

enum { CLEAN_UPS_MAX = 8 };

typedef struct {
	const CleanUp *list[CLEAN_UPS_MAX];
	int n;
} CleanUps;

extern const CleanUp extract_clean_ups[]; /* ends with a NULL name; sorted by name */
const char **clean_up_names(void);        /* NULL-terminated; g_free */
/* "strip-end no-spaces": ERR_FORMAT names the word that is none. */
bool clean_ups_parse(const char *words, CleanUps *ret, GError **err);
/* Squeezed, then cleaned; caller owns. */
char *clean_ups_run(const CleanUps *clean, const char *text);
/* Clean-ups, then the type: the value, or NULL when it is none. The text is squeezed. */
char *value_read(const Type *type, const CleanUps *clean, const char *text);

/* A date in any form that NĐ 30 or practice writes: "ngày 07 tháng 4 năm 2014", "28/7/2021",
 * "28-7-2021", "28.7.2021", ISO. False for anything incomplete or impossible. */
bool date_read(const char *text, Date *ret_date);

/* 2 to 6 words with initial capitals (all capitals pass), no digits, not an organisation; titles
 * before it (GS.TS, Ông, Đại tá) may stand. */
bool is_person_name(const char *text);
/* The first word is a Vietnamese family name that is seen often. */
bool has_family_name(const char *text);
/* Behind "Ông", "Bà", "đồng chí"; lent. */
const char *after_address(const char *text);

#endif
