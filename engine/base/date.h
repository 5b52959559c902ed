/* A calendar day, and the moment now. Dates are ISO 8601 ("2026-10-05") wherever they are text. */
#ifndef VANTHU_BASE_DATE_H
#define VANTHU_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
	int year, month, day; /* all 0 = none */
} Date;

bool date_valid(Date date); /* a real day, years 1900..2200 */
bool date_parse_iso(const char *text, Date *ret_date); /* reads the first ten characters */
char *date_print_iso(Date date);  /* caller owns; "" for none */
int date_compare(Date a, Date b); /* <0, 0, >0 */
Date date_add_days(Date date, int days);
int date_weekday(Date date); /* 1 = Monday … 7 = Sunday */

/* The moment, passed in: nothing in the engine asks the system for the time. UTC, microseconds. */
typedef struct {
	int64_t utc_us;
} Clock;

Clock clock_now(void);
/* "2026-11-23T01:47:02.123456Z"; caller owns. */
char *clock_print(Clock clock);
/* RFC 3339 with Z or an offset, or a bare date (midnight, +07:00). */
bool clock_parse(const char *text, Clock *ret_clock);
/* The day on a wall in Vietnam (UTC+7, no summer time). */
Date clock_local_date(Clock clock);

#endif
