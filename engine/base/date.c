/* Calendar days and moments, over GDate and GDateTime. */
#include "base/date.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

static const int64_t vietnam_offset_us = (int64_t)7 * 3600 * G_USEC_PER_SEC;

bool
date_valid(Date date)
{
	return date.year >= 1900 && date.year <= 2200 && date.month >= 1 && date.month <= 12 &&
	       date.day >= 1 &&
	       g_date_valid_dmy((GDateDay)date.day, (GDateMonth)date.month, (GDateYear)date.year);
}

bool
date_parse_iso(const char *text, Date *ret_date)
{
	Date date = { 0 };
	if (!text || sscanf(text, "%4d-%2d-%2d", &date.year, &date.month, &date.day) != 3)
		return false;
	if (!date_valid(date))
		return false;
	*ret_date = date;
	return true;
}

char *
date_print_iso(Date date)
{
	if (!date.year)
		return g_strdup("");
	return g_strdup_printf("%04d-%02d-%02d", date.year, date.month, date.day);
}

int
date_compare(Date a, Date b)
{
	return (a.year - b.year) * 512 + (a.month - b.month) * 32 + (a.day - b.day);
}

static void
to_gdate(Date date, GDate *ret_gdate)
{
	g_date_clear(ret_gdate, 1);
	g_date_set_dmy(ret_gdate, (GDateDay)date.day, (GDateMonth)date.month, (GDateYear)date.year);
}

Date
date_add_days(Date date, int days)
{
	GDate gdate;
	to_gdate(date, &gdate);
	if (days >= 0)
		g_date_add_days(&gdate, (guint)days);
	else
		g_date_subtract_days(&gdate, (guint)-days);
	return (Date){ g_date_get_year(&gdate), g_date_get_month(&gdate), g_date_get_day(&gdate) };
}

int
date_weekday(Date date)
{
	GDate gdate;
	to_gdate(date, &gdate);
	return (int)g_date_get_weekday(&gdate);
}

Clock
clock_now(void)
{
	return (Clock){ g_get_real_time() };
}

char *
clock_print(Clock clock)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(clock.utc_us / G_USEC_PER_SEC);
	g_autofree char *seconds = g_date_time_format(time, "%Y-%m-%dT%H:%M:%S");
	return g_strdup_printf("%s.%06dZ", seconds, (int)(clock.utc_us % G_USEC_PER_SEC));
}

bool
clock_parse(const char *text, Clock *ret_clock)
{
	Date day;
	g_autofree char *midnight = NULL;
	if (strlen(text) == 10 && date_parse_iso(text, &day))
		text = midnight = g_strdup_printf("%sT00:00:00+07:00", text);
	g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, NULL);
	if (!time)
		return false;
	ret_clock->utc_us =
		g_date_time_to_unix(time) * G_USEC_PER_SEC + g_date_time_get_microsecond(time);
	return true;
}

Date
clock_local_date(Clock clock)
{
	int64_t local_s = (clock.utc_us + vietnam_offset_us) / G_USEC_PER_SEC;
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(local_s);
	return (Date){ g_date_time_get_year(time), g_date_time_get_month(time),
		g_date_time_get_day_of_month(time) };
}
