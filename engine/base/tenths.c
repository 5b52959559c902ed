/* Doubles to text with one digit behind the point, and back, rounded as the C library does it. */
#include "base/tenths.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#define MOST 1e9 /* beyond, and for what is no number, the C library does it */

/* Ten times the value, rounded to the nearest whole number, a tie to the even one. The product
 * itself is rounded: where it seems to be a tie, what it lost says to which side the value lies. */
static uint64_t
round_tenths(double value)
{
	double product = value * 10, lost = fma(value, 10, -product);
	uint64_t whole = (uint64_t)product;
	double rest = product - (double)whole;
	bool tie = rest == 0.5;
	if (rest > 0.5 || (tie && (lost > 0 || (lost == 0 && whole % 2))))
		whole++;
	return whole;
}

char *
tenths_print(double value, char text[G_ASCII_DTOSTR_BUF_SIZE])
{
	if (!(fabs(value) < MOST))
		return g_ascii_formatd(text, G_ASCII_DTOSTR_BUF_SIZE, "%.1f", value);
	uint64_t tenths = round_tenths(fabs(value));
	char digits[24], *p = digits + sizeof digits, *out = text;
	*--p = '\0';
	*--p = (char)('0' + tenths % 10);
	*--p = '.';
	do
		*--p = (char)('0' + (tenths /= 10) % 10);
	while (tenths >= 10);
	if (signbit(value))
		*out++ = '-';
	while ((*out++ = *p++))
		continue;
	return text;
}

/* Up to nine digits, a point, one digit and no more: such a quotient is exact to the last bit. */
double
tenths_read(const char *text, char **ret_end)
{
	const char *p = text + (*text == '-'), *start = p;
	uint64_t tenths = 0;
	for (; g_ascii_isdigit(*p); p++)
		tenths = tenths * 10 + (uint64_t)(*p - '0');
	bool plain = p > start && p - start <= 9 && p[0] == '.' && g_ascii_isdigit(p[1]) &&
		!g_ascii_isalnum(p[2]);
	if (!plain)
		return g_ascii_strtod(text, ret_end);
	tenths = tenths * 10 + (uint64_t)(p[1] - '0');
	*ret_end = (char *)p + 2;
	return (*text == '-' ? -1.0 : 1.0) * (double)tenths / 10;
}
