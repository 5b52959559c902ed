/*
 * Working days of a Vietnamese office: Monday to Friday, without holidays, with the days that were
 * swapped. Holidays are data, one file a year: rules/calendars/2026.xml. A year without a file
 * knows only the fixed holidays of Bộ luật Lao động 2019 Điều 112 (1/1, 30/4, 1/5, 2/9).
 */
#ifndef VANTHU_FLOW_CALENDAR_H
#define VANTHU_FLOW_CALENDAR_H

#include "base/date.h"
#include "base/error.h"

typedef struct Calendar Calendar;

/* All calendar files below the folders; ERR_FORMAT with file:line. */
Calendar *calendar_load(const char *const *folders, GError **err);
void calendar_free(Calendar *calendar);

bool calendar_is_working_day(const Calendar *calendar, Date date);
/* The n-th working day after date; date itself when n is 0. */
Date calendar_add_working_days(const Calendar *calendar, Date date, int n);

/* "5 working-days", "10 days", "48 hours", "same-day": two kinds of time that law keeps apart. */
typedef struct {
	enum { TERM_NONE, TERM_SAME_DAY, TERM_WORKING_DAYS, TERM_DAYS, TERM_HOURS } kind;
	int amount;
} Term;

bool term_parse(const char *text, Term *ret_term);
/* When it ends: for days the end of that day in Vietnam (17:00 local). Caller owns; "" for none. */
char *term_due(Term term, const Calendar *calendar, Clock from);

#endif
