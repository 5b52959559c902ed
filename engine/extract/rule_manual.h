/* The rule language, told from the tables that the loader reads by: for the manual (docs/rules.md)
 * and for editors (rules/schema/rules.rng). */
#ifndef VANTHU_EXTRACT_RULE_MANUAL_H
#define VANTHU_EXTRACT_RULE_MANUAL_H

#include <glib.h>
#include <stdbool.h>

/* The parts of the manual: "elements", "types", "clean-ups", "zones", "functions"; NULL-terminated.
 */
extern const char *const rule_manual_parts[];
/* Markdown; false when there is no such part. */
bool rule_manual_print(const char *part, bool vietnamese, GString *out);
/* RELAX NG in its XML form. */
void rule_schema_print(GString *out);

#endif
