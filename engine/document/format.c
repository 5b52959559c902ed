/* Dates, numbers and money in Vietnamese words and figures. */
#include "document/format.h"

#include <glib.h>
#include <string.h>

char *
format_date_long(Date date)
{
	return g_strdup_printf(
		date.month <= 2 ? "ngày %02d tháng %02d năm %d" : "ngày %02d tháng %d năm %d",
		date.day, date.month, date.year);
}

char *
format_date_short(Date date)
{
	return g_strdup_printf(
		date.month <= 2 ? "%02d/%02d/%d" : "%02d/%d/%d", date.day, date.month, date.year);
}

char *
format_number(int64_t number)
{
	g_autofree char *digits = g_strdup_printf(
		"%" G_GUINT64_FORMAT, number < 0 ? -(guint64)number : (guint64)number);
	GString *out = g_string_new(number < 0 ? "-" : "");
	size_t left = strlen(digits);
	for (const char *p = digits; *p; p++, left--) {
		if (p != digits && left % 3 == 0)
			g_string_append_c(out, '.');
		g_string_append_c(out, *p);
	}
	return g_string_free(out, FALSE);
}

static const char *const digit_words[] = { "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy",
	"tám", "chín" };

static void
add_word(GString *out, const char *word)
{
	g_string_append_printf(out, "%s%s", out->len ? " " : "", word);
}

/* The last digit changes its name behind a ten: mốt, lăm (and tư stays bốn in official papers). */
static void
add_unit(GString *out, int tens, int unit)
{
	if (unit == 1 && tens > 1)
		add_word(out, "mốt");
	else if (unit == 5 && tens > 0)
		add_word(out, "lăm");
	else if (unit)
		add_word(out, digit_words[unit]);
}

/* Three digits; `full` when a larger group stands before: then hundreds are said even when nought.
 */
static void
add_group(GString *out, int group, bool full)
{
	int hundreds = group / 100, tens = group / 10 % 10, unit = group % 10;
	if (hundreds || full) {
		add_word(out, digit_words[hundreds]);
		add_word(out, "trăm");
	}
	if (tens == 0 && unit && (hundreds || full))
		add_word(out, "lẻ");
	if (tens == 1)
		add_word(out, "mười");
	if (tens > 1) {
		add_word(out, digit_words[tens]);
		add_word(out, "mươi");
	}
	add_unit(out, tens, unit);
}

char *
format_number_words(int64_t number)
{
	static const char *const names[] = { "", "nghìn", "triệu", "tỷ", "nghìn tỷ" };
	if (number == 0)
		return g_strdup(digit_words[0]);
	GString *out = g_string_new(number < 0 ? "âm" : NULL);
	guint64 rest = number < 0 ? -(guint64)number : (guint64)number;
	int groups[G_N_ELEMENTS(names)] = { 0 }, top = -1;
	for (int i = 0; i < (int)G_N_ELEMENTS(names); i++, rest /= 1000) {
		groups[i] = (int)(rest % 1000);
		if (groups[i])
			top = i;
	}
	for (int i = top; i >= 0; i--) {
		if (!groups[i])
			continue;
		add_group(out, groups[i], i < top);
		if (*names[i])
			add_word(out, names[i]);
	}
	return g_string_free(out, FALSE);
}

char *
format_money_words(int64_t dong)
{
	g_autofree char *words = format_number_words(dong);
	g_autofree char *first = g_utf8_substring(words, 0, 1);
	g_autofree char *capital = g_utf8_strup(first, -1);
	return g_strdup_printf("%s%s đồng", capital, words + strlen(first));
}

char *
format_wrapped(const char *text, int width, int n)
{
	g_auto(GStrv) words = g_strsplit_set(text, " \t\n", -1);
	g_autoptr(GString) line = g_string_new(NULL);
	for (char **word = words; *word; word++) {
		if (!**word)
			continue;
		glong length = g_utf8_strlen(line->str, -1) + g_utf8_strlen(*word, -1) + 1;
		if (line->len && length > width) {
			if (--n == 0)
				break;
			g_string_truncate(line, 0);
		}
		g_string_append_printf(line, "%s%s", line->len ? " " : "", *word);
	}
	return g_strdup(n <= 1 ? line->str : "");
}
