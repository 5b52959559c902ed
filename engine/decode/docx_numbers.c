/* The numbers of lists in letters, words and signs. */
#include "decode/docx_numbers.h"

#include "document/format.h"

#include <stdbool.h>
#include <string.h>

/* One way to write numbers: `data` is what its print function takes. */
typedef struct {
	const char *name;
	void (*print)(GString *out, int number, const char *data);
	const char *data;
} Format;

static const char latin[] = "abcdefghijklmnopqrstuvwxyz";
static const char latin_capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/* The alphabet of Vietnamese, and what points (a, b, c, d, đ) use of it. */
static const char vietnamese[] = "aăâbcdđeêghiklmnoôơpqrstuưvxy";
static const char vietnamese_capitals[] = "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY";
static const char points[] = "abcdđeghiklmnopqrstuvxy";
static const char points_capitals[] = "ABCDĐEGHIKLMNOPQRSTUVXY";
static const char russian[] = "абвгдежзиклмнопрстуфхцчшщэюя";
static const char russian_capitals[] = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ";

static void
print_decimal(GString *out, int number, const char *data)
{
	g_string_append_printf(out, "%0*d", *data - '0', number);
}

static void
print_nothing(GString *out, int number, const char *data)
{
	(void)out, (void)number, (void)data;
}

static void
print_roman(GString *out, int number, const char *data)
{
	static const struct {
		int value;
		const char *lower;
	} rows[] = { { 1000, "m" }, { 900, "cm" }, { 500, "d" }, { 400, "cd" }, { 100, "c" },
		{ 90, "xc" }, { 50, "l" }, { 40, "xl" }, { 10, "x" }, { 9, "ix" }, { 5, "v" },
		{ 4, "iv" }, { 1, "i" } };
	gsize from = out->len;
	int left = CLAMP(number, 0, 9999);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		for (; left >= rows[i].value; left -= rows[i].value)
			g_string_append(out, rows[i].lower);
	for (gsize i = from; *data == 'I' && i < out->len; i++)
		out->str[i] = g_ascii_toupper(out->str[i]);
}

/* After the last letter come all of them twice, thrice, …: as Word counts. */
static void
print_letter(GString *out, int number, const char *letters)
{
	int n = (int)g_utf8_strlen(letters, -1);
	if (number < 1)
		return;
	const char *letter = g_utf8_offset_to_pointer(letters, (number - 1) % n);
	for (int i = 0; i <= MIN((number - 1) / n, 20); i++)
		g_string_append_len(out, letter, g_utf8_next_char(letter) - letter);
}

static void
print_words(GString *out, int number, const char *data)
{
	(void)data;
	g_autofree char *words = format_number_words(number);
	g_string_append(out, words);
}

/* 十, 十二, 二十: up to 99. */
static void
print_chinese(GString *out, int number, const char *digits)
{
	if (number < 1 || number > 99) {
		g_string_append_printf(out, "%d", number);
		return;
	}
	if (number >= 20)
		print_letter(out, number / 10, digits);
	if (number >= 10)
		g_string_append(out, "十");
	if (number % 10)
		print_letter(out, number % 10, digits);
}

/* A sign of its own for each number up to `data`'s last; the first one stands for 1. */
static void
print_sign(GString *out, int number, const char *first_and_count)
{
	const char *count = g_utf8_next_char(first_and_count);
	if (number < 1 || number > (int)g_ascii_strtoll(count, NULL, 10))
		g_string_append_printf(out, "%d", number);
	else
		g_string_append_unichar(
			out, g_utf8_get_char(first_and_count) + (gunichar)number - 1);
}

static void
print_dashed(GString *out, int number, const char *data)
{
	(void)data;
	g_string_append_printf(out, "- %d -", number);
}

static const Format formats[] = {
	{ "decimal", print_decimal, "1" },
	{ "decimalZero", print_decimal, "2" },
	{ "decimal3", print_decimal, "3" },
	{ "decimal4", print_decimal, "4" },
	{ "decimal5", print_decimal, "5" },
	{ "none", print_nothing, "" },
	{ "bullet", print_nothing, "" },
	{ "lowerRoman", print_roman, "i" },
	{ "upperRoman", print_roman, "I" },
	{ "lowerLetter", print_letter, latin },
	{ "upperLetter", print_letter, latin_capitals },
	{ "lowerVietnamese", print_letter, vietnamese },
	{ "upperVietnamese", print_letter, vietnamese_capitals },
	{ "lowerPoint", print_letter, points },
	{ "upperPoint", print_letter, points_capitals },
	{ "russianLower", print_letter, russian },
	{ "russianUpper", print_letter, russian_capitals },
	{ "vietnameseCounting", print_words, "" },
	{ "chineseCounting", print_chinese, "一二三四五六七八九" },
	{ "chineseCountingThousand", print_chinese, "一二三四五六七八九" },
	{ "japaneseCounting", print_chinese, "一二三四五六七八九" },
	{ "taiwaneseCountingThousand", print_chinese, "一二三四五六七八九" },
	{ "decimalEnclosedCircle", print_sign, "①20" },
	{ "decimalEnclosedCircleChinese", print_sign, "①20" },
	{ "decimalEnclosedParen", print_sign, "⑴20" },
	{ "decimalEnclosedFullstop", print_sign, "⒈20" },
	{ "ideographEnclosedCircle", print_sign, "㈠10" },
	{ "numberInDash", print_dashed, "" },
};

void
numbers_print(GString *out, const char *format, int number)
{
	for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
		if (strcmp(formats[i].name, format) == 0) {
			formats[i].print(out, number, formats[i].data);
			return;
		}
	print_decimal(out, number, "1");
}

/* "001, 002, ..." begins as this format would. */
static bool
begins_as(const char *pattern, const Format *format)
{
	g_auto(GStrv) samples = g_strsplit(pattern, ",", 8);
	int n = 0;
	for (; samples[n]; n++) {
		const char *sample = g_strstrip(samples[n]);
		g_autoptr(GString) ours = g_string_new(NULL);
		format->print(ours, n + 1, format->data);
		if (strcmp(sample, "...") == 0 || strcmp(sample, "…") == 0)
			break;
		if (strcmp(ours->str, sample) != 0)
			return false;
	}
	return n > 0;
}

const char *
numbers_of_pattern(const char *pattern)
{
	for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
		if (formats[i].print != print_nothing && begins_as(pattern, &formats[i]))
			return formats[i].name;
	return NULL;
}
