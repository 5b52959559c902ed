/* The relationships of a DOCX package: which part is which, and what lies outside. */
#ifndef VANTHU_DECODE_DOCX_PARTS_H
#define VANTHU_DECODE_DOCX_PARTS_H

#include "decode/package.h"

typedef struct {
	char *id;
	char *type;   /* the last step of its URI: "officeDocument", "header", "image" */
	char *target; /* a part's name ("word/header1.xml"), or as written when external */
	bool external;
} Relation;

/* Of a part ("" = of the package); an empty array when it has none. A broken list of relations is
 * an error as of sax_parse() or package_read(). Caller unrefs; the array owns its relations. */
GPtrArray *relations_read(Package *package, const char *part, const Limits *limits, GError **err);
const Relation *relations_by_id(const GPtrArray *relations, const char *id);     /* lent or NULL */
const Relation *relations_by_type(const GPtrArray *relations, const char *type); /* the first */

#endif
