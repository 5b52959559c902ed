/* Recognised words <-> lines of text between vanthu-ocr and the layout code. */
#include "decode/recognised.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FARTHEST_PT 15000 /* PDF's own limit for a page is 14,400 */

RecognisedPage *
recognised_page_new(int number, double width_pt, double height_pt)
{
	RecognisedPage *page = g_new0(RecognisedPage, 1);
	*page = (RecognisedPage){ .number = number,
		.width_pt = width_pt,
		.height_pt = height_pt,
		.words = g_array_new(FALSE, FALSE, sizeof(RecognisedWord)),
		.rules = g_array_new(FALSE, FALSE, sizeof(Box)) };
	return page;
}

void
recognised_page_free(void *data)
{
	RecognisedPage *page = data;
	if (!page)
		return;
	g_array_unref(page->words);
	g_array_unref(page->rules);
	g_free(page);
}

/* ---- order --------------------------------------------------------------------------------- */

#define NEAR_PT 12 /* words of a line stand no further apart */

static bool
in_one_row(const Box *a, const Box *b)
{
	double overlap = MIN(a->y1, b->y1) - MAX(a->y0, b->y0);
	double one = a->y1 - a->y0, two = b->y1 - b->y0;
	return overlap > 0.5 * MIN(one, two) && MAX(one, two) < 2.2 * MIN(one, two);
}

static bool
is_near(double gap)
{
	return gap > -2 && gap < NEAR_PT;
}

/* Where the word belongs among the first n; false = nowhere. */
static bool
find_place(const RecognisedPage *page, guint n, const RecognisedWord *word, guint *ret_at)
{
	for (guint i = 0; i < n; i++) {
		const RecognisedWord *other = &g_array_index(page->words, RecognisedWord, i);
		if (other->ink != word->ink || !in_one_row(&other->box, &word->box))
			continue;
		bool before = is_near(other->box.x0 - word->box.x1);
		*ret_at = before ? i : i + 1;
		if (before || is_near(word->box.x0 - other->box.x1))
			return true;
	}
	return false;
}

/* Moves word `from` to `to`, before it; what it now begins a line before no longer does. */
static void
move_word(RecognisedPage *page, guint from, guint to)
{
	RecognisedWord word = g_array_index(page->words, RecognisedWord, from);
	RecognisedWord *next = &g_array_index(page->words, RecognisedWord, to);
	word.begins_line = to < from && next->begins_line && in_one_row(&next->box, &word.box) &&
		is_near(next->box.x0 - word.box.x1);
	if (word.begins_line)
		next->begins_line = false;
	g_array_remove_index(page->words, from);
	g_array_insert_val(page->words, to, word);
}

/* Moves what belongs among the first n; how many those are then. */
static guint
settle_once(RecognisedPage *page, guint n)
{
	bool left_line = false; /* the word before, of the same late line, moved away */
	for (guint i = n; i < page->words->len; i++) {
		RecognisedWord *word = &g_array_index(page->words, RecognisedWord, i);
		guint to = n;
		word->begins_line |= left_line;
		left_line = find_place(page, n, word, &to);
		if (!left_line)
			continue;
		move_word(page, i, to);
		n++;
	}
	return n;
}

/* A word may belong beside one that only now found its place. */
void
recognised_settle(RecognisedPage *page, guint fresh)
{
	for (guint n; (n = settle_once(page, fresh)) > fresh; fresh = n)
		;
}

/* ---- printing ------------------------------------------------------------------------------ */

static void
print_numbers(GString *out, const char *what, const double *values, int n)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];
	g_string_append(out, what);
	for (int i = 0; i < n; i++)
		g_string_append_printf(
			out, " %s", g_ascii_formatd(text, sizeof text, "%.1f", values[i]));
}

void
recognised_print(const RecognisedPage *page, GString *out)
{
	const double size[] = { page->number, page->width_pt, page->height_pt };
	print_numbers(out, "page", size, G_N_ELEMENTS(size));
	g_string_append_c(out, '\n');
	for (guint i = 0; i < page->words->len; i++) {
		const RecognisedWord *word = &g_array_index(page->words, RecognisedWord, i);
		const double values[] = { word->box.x0, word->box.y0, word->box.x1, word->box.y1,
			word->size_pt, word->confidence };
		if (word->begins_line)
			g_string_append(out, "line\n");
		print_numbers(out, word->ink ? "ink" : "word", values, G_N_ELEMENTS(values));
		g_string_append_printf(out, " %s\n", word->text);
	}
	for (guint i = 0; i < page->rules->len; i++) {
		const Box *box = &g_array_index(page->rules, Box, i);
		const double values[] = { box->x0, box->y0, box->x1, box->y1 };
		print_numbers(out, "rule", values, G_N_ELEMENTS(values));
		g_string_append_c(out, '\n');
	}
}

/* ---- parsing ------------------------------------------------------------------------------- */

typedef struct {
	const Limits *limits;
	Arena *arena;
	GPtrArray *pages;
	bool begins_line;
} Parser;

/* Reads n numbers from *at, each after one space; false when they are not there. */
static bool
take_numbers(const char **at, double *values, int n)
{
	for (int i = 0; i < n; i++) {
		char *end = NULL;
		if (**at != ' ')
			return false;
		values[i] = g_ascii_strtod(*at + 1, &end);
		if (end == *at + 1 || !isfinite(values[i]) || fabs(values[i]) > FARTHEST_PT)
			return false;
		*at = end;
	}
	return true;
}

static RecognisedPage *
last_page(const Parser *p)
{
	return p->pages->len ? p->pages->pdata[p->pages->len - 1] : NULL;
}

static bool
parse_page(Parser *p, const char *rest)
{
	double v[3];
	bool ok = take_numbers(&rest, v, 3) && !*rest && v[0] >= 1 && v[0] <= p->limits->pages &&
		v[1] > 1 && v[2] > 1 && p->pages->len < (guint)p->limits->pages;
	if (ok)
		g_ptr_array_add(p->pages, recognised_page_new((int)v[0], v[1], v[2]));
	p->begins_line = true;
	return ok;
}

static bool
parse_line(Parser *p, const char *rest)
{
	p->begins_line = true;
	return !*rest;
}

static bool
take_word(Parser *p, const char *rest, bool ink)
{
	RecognisedPage *page = last_page(p);
	double v[6];
	if (!page || !take_numbers(&rest, v, 6) || *rest != ' ' || !rest[1] || v[2] < v[0] ||
		v[3] < v[1])
		return false;
	g_autofree char *clean = text_clean(rest + 1, strlen(rest + 1));
	RecognisedWord word = { .text = arena_strdup(p->arena, clean),
		.box = { v[0], v[1], v[2], v[3] },
		.size_pt = CLAMP(v[4], 2, 200),
		.confidence = (int)CLAMP(v[5], 0, 100),
		.begins_line = p->begins_line,
		.ink = ink };
	if (*clean && !strpbrk(clean, " \n\t"))
		g_array_append_val(page->words, word);
	p->begins_line = false;
	return true;
}

static bool
parse_word(Parser *p, const char *rest)
{
	return take_word(p, rest, false);
}

static bool
parse_ink(Parser *p, const char *rest)
{
	return take_word(p, rest, true);
}

static bool
parse_rule(Parser *p, const char *rest)
{
	RecognisedPage *page = last_page(p);
	double v[4];
	if (!page || !take_numbers(&rest, v, 4) || *rest || (v[0] != v[2] && v[1] != v[3]))
		return false;
	Box box = { v[0], v[1], v[2], v[3] };
	g_array_append_val(page->rules, box);
	return true;
}

static bool
parse_one(Parser *p, const char *line)
{
	static const struct {
		const char *word;
		bool (*parse)(Parser *, const char *rest);
	} rows[] = {
		{ "word", parse_word },
		{ "ink", parse_ink },
		{ "line", parse_line },
		{ "rule", parse_rule },
		{ "page", parse_page },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (g_str_has_prefix(line, rows[i].word))
			return rows[i].parse(p, line + strlen(rows[i].word));
	return false;
}

GPtrArray *
recognised_parse(const char *data, size_t size, const Limits *limits, Arena *arena, GError **err)
{
	g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func(recognised_page_free);
	Parser parser = { .limits = limits, .arena = arena, .pages = pages };
	if (size > limits->text_bytes) {
		fail(err, ERR_LIMIT, _("more recognised text than %zu bytes"), limits->text_bytes);
		return NULL;
	}
	g_autofree char *copy = g_strndup(data, size);
	int number = 0;
	for (char *line = copy, *next; *line; line = next) {
		char *end = strchrnul(line, '\n');
		next = *end ? end + 1 : end;
		*end = '\0';
		number++;
		if (!parse_one(&parser, line)) {
			fail(err, ERR_FORMAT, _("recognised text, line %d is not understood"),
				number);
			return NULL;
		}
	}
	return g_steal_pointer(&pages);
}
