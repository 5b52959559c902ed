/*
 * One part of a DOCX, element by element. A reader is a table of the elements that it cares about;
 * all others are looked through, as if their children stood in their place. No DTD, no entities, no
 * network; depth and text are bounded.
 *
 * Errors of sax_parse(): ERR_FORMAT not well-formed, ERR_DENIED a DOCTYPE, ERR_LIMIT too deep or
 * too much text. Messages start with the name of the part.
 */
#ifndef VANTHU_DECODE_DOCX_SAX_H
#define VANTHU_DECODE_DOCX_SAX_H

#include "base/error.h"
#include "base/limits.h"

#include <string.h>

/* Families of namespaces, transitional and strict alike. SAX_ANY matches every family. */
typedef enum {
	SAX_ANY,
	SAX_WORD,
	SAX_RELATIONSHIP, /* r:id and the like: attributes */
	SAX_COMPATIBILITY,
	SAX_MATH,
	SAX_VML,
	SAX_DRAWING,
	SAX_OTHER,
} SaxFamily;

typedef struct Sax Sax;
typedef void (*SaxVisit)(Sax *sax, void *user);

typedef enum {
	SAX_TEXT = 1 << 0, /* its text is in sax_text() at its end */
	SAX_SKIP = 1 << 1, /* it and all in it do not exist */
} SaxFlags;

typedef struct {
	const char *name;
	SaxFamily family;
	SaxVisit start, end; /* either may be NULL */
	unsigned flags;
} SaxElement;

/* `elements` ends with a NULL name. Visits run while this runs. */
bool sax_parse(GBytes *bytes, const char *part, const SaxElement *elements, void *user,
	const Limits *limits, GError **err);

/* Whether two names are the same: nearly always the first letter says that they are not. */
static inline bool
sax_same(const char *a, const char *b)
{
	return *a == *b && strcmp(a, b) == 0;
}

/* In a visit. An attribute by local name ("val" is w:val): copied to buffer; false: absent. */
bool sax_attribute(const Sax *sax, const char *name, char *buffer, size_t size);
bool sax_relation(const Sax *sax, const char *name, char *buffer, size_t size); /* r:… only */
int sax_int(const Sax *sax, const char *name, int otherwise);
bool sax_on(const Sax *sax); /* w:val of a switch: true unless it says no */
bool sax_is(const Sax *sax, const char *attribute, const char *value);
const char *sax_text(const Sax *sax);
/* The name of the element above (1), the one above that (2), …; "" above the root. */
const char *sax_parent(const Sax *sax, int steps);
bool sax_inside(const Sax *sax, int steps, const char *name);
void sax_skip(Sax *sax); /* in a start: nothing in this element is visited, nor its end */
void sax_stop(Sax *sax, ErrCode code, const char *what); /* end parsing with an error */

#endif
