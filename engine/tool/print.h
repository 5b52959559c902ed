/* What several commands print alike. */
#ifndef VANTHU_TOOL_PRINT_H
#define VANTHU_TOOL_PRINT_H

#include "document/finding.h"
#include "document/json.h"
#include "document/xml.h"

/* "error: Thiếu tờ trình. (Luật …)", a line each. */
void print_findings(const GPtrArray *findings, const char *language, GString *out);
/* A moment as the clerk's clock has it: "23/11/2026 08:47"; "" and NULL give "". Caller owns. */
char *print_time(const char *utc);
/* "23/11/2026"; text that is no ISO date stays as it is. Caller owns. */
char *print_date(const char *iso);
/* Pads or cuts text to a width in characters, and a space. */
void print_column(GString *out, const char *text, int width);

/* Words for people in "vi" or "en"; what is unknown is given back as it is. Lent. */
const char *print_field_label(const char *field, const char *language);
const char *print_state_label(const char *state, const char *language);
const char *print_event_label(const char *kind, const char *language);

/* Attributes and children as members, children of one name as an array, text as "text". */
void print_tree_json(const xmlNode *root, GString *out);

#endif
