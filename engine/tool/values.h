/* FIELD=VALUE words of a command line, as people type them. */
#ifndef VANTHU_TOOL_VALUES_H
#define VANTHU_TOOL_VALUES_H

#include "base/error.h"

/* Splits "issued-date=17/11/2026"; the value comes back clean, a date as ISO 8601. ERR_USAGE.
 * Caller owns both. */
bool value_parse(const char *word, char **ret_field, char **ret_value, GError **err);
/* A day as d/m/yyyy, d-m-yyyy or yyyy-mm-dd. Caller owns ret_iso. ERR_USAGE. */
bool value_date(const char *text, char **ret_iso, GError **err);

#endif
