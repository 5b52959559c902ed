/* Working days and terms, from the calendar files. */
#include "flow/calendar.h"

#include "document/shape.h"

#include <string.h>

struct Calendar {
	GHashTable *off, *on; /* ISO dates: holidays; Saturdays and Sundays that are worked */
};

static const Shape shapes[] = {
	{ "calendar", "", "year", "source" },
	{ "holiday", "calendar", "date name", "verified source" },
	{ "working", "calendar", "date", "name verified source" },
	{ NULL, NULL, NULL, NULL },
};

void
calendar_free(Calendar *calendar)
{
	if (!calendar)
		return;
	g_hash_table_unref(calendar->off);
	g_hash_table_unref(calendar->on);
	g_free(calendar);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Calendar, calendar_free)

static GHashTable *
set_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static bool
add_file(Calendar *calendar, const ShapedFile *file, GError **err)
{
	const xmlNode *root = xmlDocGetRootElement(file->doc);
	const char *year = xml_peek_attr(root, "year");
	xml_foreach(node, root) {
		Date date;
		const char *text = xml_peek_attr(node, "date");
		if (!date_parse_iso(text, &date) || !g_str_has_prefix(text, year))
			return shape_fail(
				node, file->path, err, _("'%s' is no date of %s"), text, year);
		g_hash_table_add(
			xml_is(node, "holiday") ? calendar->off : calendar->on, g_strdup(text));
	}
	return true;
}

Calendar *
calendar_load(const char *const *folders, GError **err)
{
	g_autoptr(GPtrArray) files = shaped_files_load(folders, "calendar", shapes, err);
	if (!files)
		return NULL;
	g_autoptr(Calendar) calendar = g_new0(Calendar, 1);
	calendar->off = set_new();
	calendar->on = set_new();
	for (guint i = 0; i < files->len; i++)
		if (!add_file(calendar, g_ptr_array_index(files, i), err))
			return NULL;
	return g_steal_pointer(&calendar);
}

static bool
is_fixed_holiday(Date date)
{
	static const int fixed[][2] = { { 1, 1 }, { 4, 30 }, { 5, 1 }, { 9, 2 } };
	for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++)
		if (fixed[i][0] == date.month && fixed[i][1] == date.day)
			return true;
	return false;
}

bool
calendar_is_working_day(const Calendar *calendar, Date date)
{
	g_autofree char *text = date_print_iso(date);
	if (g_hash_table_contains(calendar->on, text))
		return true;
	return date_weekday(date) <= 5 && !is_fixed_holiday(date) &&
		!g_hash_table_contains(calendar->off, text);
}

Date
calendar_add_working_days(const Calendar *calendar, Date date, int n)
{
	while (n > 0) {
		date = date_add_days(date, 1);
		if (calendar_is_working_day(calendar, date))
			n--;
	}
	return date;
}

bool
term_parse(const char *text, Term *ret_term)
{
	static const struct {
		const char *word;
		int kind;
	} units[] = { { "working-days", TERM_WORKING_DAYS }, { "working-day", TERM_WORKING_DAYS },
		{ "days", TERM_DAYS }, { "day", TERM_DAYS }, { "hours", TERM_HOURS } };
	if (!text || !*text) {
		*ret_term = (Term){ 0 };
		return true;
	}
	if (strcmp(text, "same-day") == 0) {
		*ret_term = (Term){ TERM_SAME_DAY, 0 };
		return true;
	}
	char *end;
	guint64 amount = g_ascii_strtoull(text, &end, 10);
	if (end == text || *end != ' ' || amount > 3660)
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
		if (strcmp(end + 1, units[i].word) == 0) {
			ret_term->kind = units[i].kind;
			ret_term->amount = (int)amount;
			return true;
		}
	}
	return false;
}

/* 17:00 in Vietnam is 10:00 UTC. */
static char *
end_of_day(Date date)
{
	g_autofree char *day = date_print_iso(date);
	return g_strdup_printf("%sT10:00:00.000000Z", day);
}

/* What comes in the evening or on a day off is work of the next working day, as if it came then. */
static char *
end_of_same_day(const Calendar *calendar, Date today, Clock from)
{
	g_autofree char *end = end_of_day(today);
	g_autofree char *now = clock_print(from);
	bool open = calendar_is_working_day(calendar, today) && strcmp(now, end) <= 0;
	return open ? g_steal_pointer(&end)
		    : end_of_day(calendar_add_working_days(calendar, today, 1));
}

char *
term_due(Term term, const Calendar *calendar, Clock from)
{
	Date today = clock_local_date(from);
	switch (term.kind) {
	case TERM_SAME_DAY:
		return end_of_same_day(calendar, today, from);
	case TERM_WORKING_DAYS:
		return end_of_day(calendar_add_working_days(calendar, today, term.amount));
	case TERM_DAYS:
		return end_of_day(date_add_days(today, term.amount));
	case TERM_HOURS:
		return clock_print(
			(Clock){ from.utc_us + (int64_t)term.amount * 3600 * G_USEC_PER_SEC });
	case TERM_NONE:
		break;
	}
	return g_strdup("");
}
