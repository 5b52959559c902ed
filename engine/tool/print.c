/* Findings, times and columns as text for people. */
#include "tool/print.h"

#include "base/date.h"
#include "base/error.h"

void
print_findings(const GPtrArray *findings, const char *language, GString *out)
{
	static const char *const names[] = { N_("note"), N_("warning"), N_("error") };
	for (guint i = 0; i < findings->len; i++) {
		const Finding *finding = g_ptr_array_index(findings, i);
		g_autofree char *place = place_print(&finding->place);
		g_string_append_printf(out, "%s: %s", _(names[finding->severity]),
			finding_text(finding, language));
		if (finding->source)
			g_string_append_printf(out, " (%s)", finding->source);
		if (*place)
			g_string_append_printf(out, " [%s]", place);
		g_string_append_c(out, '\n');
	}
}

char *
print_time(const char *utc)
{
	Clock clock;
	if (!*utc || !clock_parse(utc, &clock))
		return g_strdup(utc);
	g_autoptr(GDateTime) time =
		g_date_time_new_from_unix_utc(clock.utc_us / G_USEC_PER_SEC + (gint64)7 * 3600);
	return g_date_time_format(time, "%d/%m/%Y %H:%M");
}

void
print_column(GString *out, const char *text, int width)
{
	int length = (int)g_utf8_strlen(text, -1);
	if (length <= width) {
		g_string_append_printf(out, "%s%*s", text, width - length + 1, "");
		return;
	}
	g_autofree char *cut = g_utf8_substring(text, 0, width - 1);
	g_string_append_printf(out, "%s… ", cut);
}
