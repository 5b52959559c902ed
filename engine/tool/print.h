/* What several commands print alike. */
#ifndef VANTHU_TOOL_PRINT_H
#define VANTHU_TOOL_PRINT_H

#include "document/finding.h"

/* "error: Thiếu tờ trình. (Luật …)", a line each. */
void print_findings(const GPtrArray *findings, const char *language, GString *out);
/* A moment as the clerk's clock has it: "23/11/2026 08:47"; "" stays "". Caller owns. */
char *print_time(const char *utc);
/* Pads text to a width in characters. */
void print_column(GString *out, const char *text, int width);

#endif
