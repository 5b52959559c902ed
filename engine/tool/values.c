/* Typed values made clean: NFC, no stray spaces, dates in one form. */
#include "tool/values.h"

#include "base/date.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

bool
value_date(const char *text, char **ret_iso, GError **err)
{
	Date date = { 0 };
	int end = 0;
	bool clerk = sscanf(text, "%2d%*1[/.-]%2d%*1[/.-]%4d%n", &date.day, &date.month, &date.year,
			     &end) == 3 &&
		text[end] == '\0';
	if (!clerk) {
		date = (Date){ 0 };
		end = 0;
		if (sscanf(text, "%4d-%2d-%2d%n", &date.year, &date.month, &date.day, &end) != 3 ||
			text[end])
			date = (Date){ 0 };
	}
	if (!date_valid(date))
		return fail(
			err, ERR_USAGE, _("'%s' is no date; write 17/11/2026 or 2026-11-17"), text);
	*ret_iso = date_print_iso(date);
	return true;
}

bool
value_parse(const char *word, char **ret_field, char **ret_value, GError **err)
{
	const char *equals = strchr(word, '=');
	if (!equals || equals == word)
		return fail(err, ERR_USAGE, _("'%s' is not FIELD=VALUE"), word);
	g_autofree char *field = g_strndup(word, (size_t)(equals - word));
	g_autofree char *clean = text_clean(equals + 1, strlen(equals + 1));
	g_autofree char *value = text_squeeze(clean);
	if (g_str_has_suffix(field, "-date") && *value) {
		char *iso = NULL;
		if (!value_date(value, &iso, err))
			return because(err, "%s", field);
		g_free(value);
		value = iso;
	}
	*ret_field = g_steal_pointer(&field);
	*ret_value = g_steal_pointer(&value);
	return true;
}
