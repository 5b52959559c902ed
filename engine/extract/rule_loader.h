/* What the parts of the rule loader share (rule_load.c, rule_check.c, rule_build.c); nobody else
 * includes it. */
#ifndef VANTHU_EXTRACT_RULE_LOADER_H
#define VANTHU_EXTRACT_RULE_LOADER_H

#include "document/xml.h"
#include "extract/rule.h"

typedef struct {
	Rules *rules;
	RuleSet *set; /* of the file in hand */
	GString *errors;
	int n_errors;
	int layer;
	GHashTable *lets;     /* of the file in hand: name to its piece of a pattern */
	GPtrArray *asked;     /* names that checks ask for (rule_names.c); NULL: none yet */
	GHashTable *compiled; /* source to Pattern: made by the check, taken by the building */
} Loader;

/* "FILE:LINE: …"; a hundred are told. */
void rule_report(Loader *loader, const xmlNode *node, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* "unknown zone 'titel' in 'field'; did you mean 'title'?" */
void rule_report_unknown(Loader *loader, const xmlNode *node, const char *kind, const char *word,
	const char *const *known);
/* The same from a place that was kept instead of a node. */
void rule_report_at(Loader *loader, const char *file, int line, const char *text);

/* Every element and attribute against rule_words. */
void rule_check(Loader *loader, xmlNode *root);
/* What the words alone do not show (rule_sense.c): of one file, and across all once they are joined. */
void rule_sense(Loader *loader, const xmlNode *root);
void rules_sense(Loader *loader);
/* Misspelt names in the XPath of checks: those asked for, then, once all is joined, those wrong. */
void names_gather(Loader *loader, const xmlNode *root);
void names_check(Loader *loader);
/* Left top right bottom, in percent of the page, or in points when "pt" follows. */
bool region_read(const char *text, double *ret_region, bool *ret_points);
/* ${name} becomes what <let name> says; what is not known is reported (loader NULL: left as it
 * is). Caller owns. */
char *lets_expand(Loader *loader, const xmlNode *node, const char *source);

/* The words are right by now. */
void rule_build(Loader *loader, const xmlNode *root);
void directory_build(Loader *loader, const xmlNode *root);

#endif
