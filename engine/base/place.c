/* Places, printed and read back. */
#include "base/place.h"

#include "base/tenths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "p1 t2 r3 c1 n4": what is known of it. */
static void
print_numbers(const Place *place, GString *out)
{
	const int numbers[] = { place->page, place->table, place->row, place->column,
		place->paragraph };
	char text[G_N_ELEMENTS(numbers) * 13], *p = text + sizeof text;
	for (size_t i = G_N_ELEMENTS(numbers); i > 0; i--) {
		int number = numbers[i - 1];
		if (number <= 0)
			continue;
		if (p < text + sizeof text)
			*--p = ' ';
		for (; number; number /= 10)
			*--p = (char)('0' + number % 10);
		*--p = "ptrcn"[i - 1];
	}
	g_string_append_len(out, p, text + sizeof text - p);
}

void
place_append(const Place *place, GString *out)
{
	gsize start = out->len;
	if (place->part) {
		g_string_append(out, place->part);
		g_string_append_c(out, '/');
	}
	print_numbers(place, out);
	if (!box_known(place->box))
		return;
	if (out->len > start && out->str[out->len - 1] != '/')
		g_string_append_c(out, ' ');
	const double sides[] = { place->box.x0, place->box.y0, place->box.x1, place->box.y1 };
	for (size_t i = 0; i < G_N_ELEMENTS(sides); i++) {
		char number[G_ASCII_DTOSTR_BUF_SIZE];
		g_string_append_c(out, i ? ',' : '@');
		g_string_append(out, tenths_print(sides[i], number));
	}
}

char *
place_print(const Place *place)
{
	GString *out = g_string_sized_new(48);
	place_append(place, out);
	return g_string_free(out, FALSE);
}

static bool
parse_box(const char *text, Box *ret_box, const char **ret_end)
{
	double sides[4];
	for (int i = 0; i < 4; i++) {
		char *end;
		sides[i] = tenths_read(text, &end);
		if (end == text || (i < 3 && *end != ','))
			return false;
		text = end + (i < 3);
	}
	*ret_box = (Box){ sides[0], sides[1], sides[2], sides[3] };
	*ret_end = text;
	return true;
}

static bool
parse_word(const char *word, Place *place, const char **ret_end)
{
	if (*word == '@')
		return parse_box(word + 1, &place->box, ret_end);
	int *const slots[] = { &place->page, &place->table, &place->row, &place->column,
		&place->paragraph };
	static const char letters[] = "ptrcn";
	const char *letter = strchr(letters, *word);
	if (!*word || !letter)
		return false;
	char *end;
	long number = strtol(word + 1, &end, 10);
	if (end == word + 1 || number < 0 || number > G_MAXINT)
		return false;
	*slots[letter - letters] = (int)number;
	*ret_end = end;
	return true;
}

bool
place_parse(const char *text, Arena *arena, Place *ret_place)
{
	Place place = { 0 };
	const char *slash = strrchr(text, '/');
	if (slash) {
		place.part = arena_strndup(arena, text, (size_t)(slash - text));
		text = slash + 1;
	}
	while (*text) {
		if (*text == ' ')
			text++;
		else if (!parse_word(text, &place, &text) || (*text && *text != ' '))
			return false;
	}
	*ret_place = place;
	return true;
}
