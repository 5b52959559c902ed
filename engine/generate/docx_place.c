/*
 * What a block tag of a DOCX stands for. Its two ends are looked at where their ways up meet: then
 *	- in one paragraph, it stays where it is, inside the line;
 *	- in different cells of one row, it holds the row;
 *	- in different rows of one table, it holds those rows;
 *	- in different paragraphs of one cell or of the page, it holds those paragraphs.
 * A paragraph or a row with nothing in it but such tags is for the tags only, and goes. Ends that
 * meet in no such way are marked as apart, and part.c refuses them.
 */
#include "generate/docx_markup.h"
#include "generate/parts.h"

#include <string.h>

typedef struct {
	const char *text;
	GArray *spans, *tags, *gone;
} Placing;

/* {% for %} or {% if %} that waits for its end. */
typedef struct {
	guint tag;
	int other; /* its {% else %}; -1 = none */
} Open;

static Tag *
tag_at(const Placing *placing, guint i)
{
	return &g_array_index(placing->tags, Tag, i);
}

static Span *
span_of(const Placing *placing, int i)
{
	return i >= 0 ? &g_array_index(placing->spans, Span, i) : NULL;
}

static int
innermost(const Placing *placing, const Tag *tag)
{
	return markup_span_at(placing->spans, tag->start);
}

/* Things that a paragraph can hold beside text, and that must not go with it. */
static bool
has_more(const char *from, size_t size)
{
	static const char *const more[] = { "<w:drawing", "<w:pict", "<w:object", "<w:sectPr" };
	for (size_t i = 0; i < G_N_ELEMENTS(more); i++)
		if (memmem(from, size, more[i], strlen(more[i])))
			return true;
	return false;
}

static bool
is_all_blocks(const Placing *placing, const Span *span)
{
	g_autofree char *all = markup_text(placing->text, span->start, span->end, G_MAXSIZE);
	g_autoptr(GArray) tags = tags_find(all, strlen(all), TAGS_IN_DOCX);
	size_t at = 0;
	for (guint i = 0; i <= tags->len; i++) {
		const Tag *tag = i < tags->len ? &g_array_index(tags, Tag, i) : NULL;
		size_t to = tag ? tag->start : strlen(all);
		for (; at < to; at++)
			if (!g_ascii_isspace(all[at]))
				return false;
		if (tag && (tag->kind == TAG_VALUE || tag->wrong))
			return false;
		at = tag ? tag->end : to;
	}
	return !has_more(placing->text + span->start, span->end - span->start);
}

static bool
holds_only_blocks(const Placing *placing, Span *span)
{
	if (span->only < 0)
		span->only = is_all_blocks(placing, span);
	return span->only;
}

/* The tag's bytes go, and its node stands at another place. */
static void
shift(const Placing *placing, Tag *tag, size_t place)
{
	const Stretch own = { tag->start, tag->end };
	g_array_append_val(placing->gone, own);
	tag->replace = tag->replace_end = place;
}

static void
place_at(const Placing *placing, Tag *tag, int index, bool at_start)
{
	Span *span = span_of(placing, index);
	if (holds_only_blocks(placing, span)) {
		tag->replace = span->start;
		tag->replace_end = span->end;
	} else {
		shift(placing, tag, at_start ? span->start : span->end);
	}
}

/* Where the ways up from two spans meet (-1 = the page), and by which spans they come there; -1 when a
 * way has no step. */
static int
meet(const Placing *placing, int a, int b, int *ret_a, int *ret_b)
{
	*ret_a = *ret_b = -1;
	while (a != b) {
		const Span *one = span_of(placing, a), *two = span_of(placing, b);
		if (one && (!two || one->depth >= two->depth)) {
			*ret_a = a;
			a = one->parent;
		} else {
			*ret_b = b;
			b = two->parent;
		}
	}
	return a;
}

/* {% else %} in a paragraph or row beside those of its block; kind 0: in the same line. */
static void
place_else(const Placing *placing, Tag *tag, int common, char kind)
{
	int own, none;
	bool beside = meet(placing, innermost(placing, tag), common, &own, &none) == common;
	tag->apart = !beside || (own >= 0 ? span_of(placing, own)->kind : 0) != kind;
	if (kind && !tag->apart)
		place_at(placing, tag, own, true);
}

static void
place_pair(const Placing *placing, const Open *pair, guint end)
{
	Tag *open = tag_at(placing, pair->tag), *close = tag_at(placing, end);
	int first, last;
	int common = meet(
		placing, innermost(placing, open), innermost(placing, close), &first, &last);
	char kind = first >= 0 ? span_of(placing, first)->kind : 0;
	Tag *other = pair->other >= 0 ? tag_at(placing, (guint)pair->other) : NULL;
	const Span *row = kind == 'c' ? span_of(placing, common) : NULL;
	open->apart = kind != (last >= 0 ? span_of(placing, last)->kind : 0) || kind == 't' ||
		(kind == 'c' && (!row || row->kind != 'r'));
	if (open->apart)
		return;
	if (row) {
		shift(placing, open, row->start);
		shift(placing, close, row->end);
		open->apart = other != NULL; /* half a row */
		return;
	}
	if (kind) {
		place_at(placing, open, first, true);
		place_at(placing, close, last, false);
	}
	if (other)
		place_else(placing, other, common, kind);
}

void
markup_place_blocks(const char *text, GArray *spans, GArray *tags, GArray *gone)
{
	const Placing placing = { text, spans, tags, gone };
	g_autoptr(GArray) waiting = g_array_new(FALSE, FALSE, sizeof(Open));
	for (guint i = 0; i < tags->len; i++) {
		const Tag *tag = tag_at(&placing, i);
		const Open opened = { i, -1 };
		if (tag->wrong || tag->kind == TAG_VALUE)
			continue;
		if (tag->kind == TAG_FOR || tag->kind == TAG_IF) {
			g_array_append_val(waiting, opened);
			continue;
		}
		if (!waiting->len)
			continue;
		Open *last = &g_array_index(waiting, Open, waiting->len - 1);
		if (tag->kind == TAG_ELSE) {
			last->other = (int)i;
			continue;
		}
		place_pair(&placing, last, i);
		g_array_set_size(waiting, waiting->len - 1);
	}
}
