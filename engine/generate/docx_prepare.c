/*
 * The XML of a DOCX part, made ready: tags in one piece, block tags with the structure they stand
 *for.
 *
 * Word splits what one types over runs ("{{ de", "cision }}"), with spelling marks between. Within
 *a paragraph the characters of <w:t> are one text; a tag found in it is written whole where it
 *begins, and its other characters are taken out of the later <w:t>. Then a block tag
 *	- that is alone in its paragraph stands for the paragraph;
 *	- whose partner is in another cell of the same row stands before or behind the row;
 *	- whose partner is in another paragraph stands before or behind its paragraph;
 *	- else stays where it is, inside the line.
 */
#include "generate/parts.h"

#include "base/text.h"

#include <string.h>

/* ---- one piece ----------------------------------------------------------------------------- */

/* A run of characters of one <w:t>, in the source. */
typedef struct {
	size_t start, end;
} Stretch;

static bool
is_tag_at(const char *p, const char *end, const char *name)
{
	size_t size = strlen(name);
	return (size_t)(end - p) > size + 1 && p[0] == '<' && memcmp(p + 1, name, size) == 0 &&
		strchr(" >/\t\n", p[size + 1]);
}

static const char *
close_of(const char *p, const char *end)
{
	const char *close = memchr(p, '>', (size_t)(end - p));
	return close ? close + 1 : end;
}

/* The stretches of text between two places of the source. */
static GArray *
find_stretches(const char *text, size_t from, size_t to)
{
	GArray *stretches = g_array_new(FALSE, FALSE, sizeof(Stretch));
	const char *end = text + to;
	for (const char *p = text + from; p < end; p++) {
		if (!is_tag_at(p, end, "w:t"))
			continue;
		const char *inner = close_of(p, end);
		if (inner[-2] == '/')
			continue;
		const char *close = memchr(inner, '<', (size_t)(end - inner));
		Stretch stretch = { (size_t)(inner - text),
			(size_t)((close ? close : end) - text) };
		g_array_append_val(stretches, stretch);
		p = (close ? close : end) - 1;
	}
	return stretches;
}

/* Rewrites one paragraph: out gets its bytes with every tag whole in the <w:t> where it began. */
static void
join_paragraph(const char *text, size_t from, size_t to, GString *out)
{
	g_autoptr(GArray) stretches = find_stretches(text, from, to);
	g_autoptr(GString) joined = g_string_new(NULL);
	for (guint i = 0; i < stretches->len; i++) {
		const Stretch *stretch = &g_array_index(stretches, Stretch, i);
		g_string_append_len(
			joined, text + stretch->start, (gssize)(stretch->end - stretch->start));
	}
	g_autoptr(GArray) tags = tags_find(joined->str, joined->len);
	if (!tags->len) {
		g_string_append_len(out, text + from, (gssize)(to - from));
		return;
	}
	size_t at = from, offset = 0;
	guint next = 0;
	for (guint i = 0; i < stretches->len; i++) {
		const Stretch *stretch = &g_array_index(stretches, Stretch, i);
		g_string_append_len(out, text + at, (gssize)(stretch->start - at));
		size_t size = stretch->end - stretch->start;
		for (size_t k = 0; k < size;) {
			const Tag *tag = next < tags->len ? &g_array_index(tags, Tag, next) : NULL;
			if (tag && offset + k == tag->start)
				g_string_append_len(out, joined->str + tag->start,
					(gssize)(tag->end - tag->start));
			if (!tag || offset + k < tag->start) {
				g_string_append_c(out, text[stretch->start + k++]);
				continue;
			}
			/* skip what of the tag stands in this stretch */
			k = MIN(size, tag->end - offset);
			if (offset + k == tag->end)
				next++;
		}
		offset += size;
		at = stretch->end;
	}
	g_string_append_len(out, text + at, (gssize)(to - at));
}

/* ---- structure ----------------------------------------------------------------------------- */

/* Where a paragraph, a cell or a row begins and ends, and what it stands in. */
typedef struct {
	char kind; /* p, c, r */
	size_t start, end;
	int parent; /* index; -1 = none */
	int number; /* of a paragraph */
} Span;

static const struct {
	const char *name;
	char kind;
} span_kinds[] = { { "w:p", 'p' }, { "w:tc", 'c' }, { "w:tr", 'r' } };

static GArray *
find_spans(const char *text, size_t size)
{
	GArray *spans = g_array_new(FALSE, TRUE, sizeof(Span));
	const char *end = text + size;
	int open = -1, paragraphs = 0;
	for (const char *p = text; (p = memchr(p, '<', (size_t)(end - p))); p = close_of(p, end)) {
		bool closing = p + 1 < end && p[1] == '/';
		for (size_t i = 0; i < G_N_ELEMENTS(span_kinds); i++) {
			g_autofree char *name = g_strdup_printf("/%s", span_kinds[i].name);
			if (closing ? !is_tag_at(p, end, name)
				    : !is_tag_at(p, end, span_kinds[i].name))
				continue;
			const char *after = close_of(p, end);
			if (closing && open >= 0) {
				Span *span = &g_array_index(spans, Span, open);
				span->end = (size_t)(after - text);
				open = span->parent;
			} else if (!closing && after[-2] != '/') {
				Span span = { span_kinds[i].kind, (size_t)(p - text), size, open,
					0 };
				span.number = span.kind == 'p' ? ++paragraphs : 0;
				g_array_append_val(spans, span);
				open = (int)spans->len - 1;
			} else if (!closing && span_kinds[i].kind == 'p') {
				paragraphs++;
			}
		}
	}
	return spans;
}

/* The innermost span of a kind that holds the place; -1 = none. */
static int
span_at(const GArray *spans, size_t place, char kind)
{
	int found = -1;
	for (guint i = 0; i < spans->len; i++) {
		const Span *span = &g_array_index(spans, Span, i);
		if (span->start > place)
			break;
		if (span->kind == kind && span->end > place)
			found = (int)i;
	}
	return found;
}

static const Span *
get(const GArray *spans, int index)
{
	return index >= 0 ? &g_array_index(spans, Span, index) : NULL;
}

static char *
text_of(const char *text, const Span *span)
{
	g_autoptr(GArray) stretches = find_stretches(text, span->start, span->end);
	GString *out = g_string_new(NULL);
	for (guint i = 0; i < stretches->len; i++) {
		const Stretch *stretch = &g_array_index(stretches, Stretch, i);
		g_string_append_len(
			out, text + stretch->start, (gssize)(stretch->end - stretch->start));
	}
	return g_string_free(out, FALSE);
}

static bool
is_alone(const char *text, const Span *paragraph, const Tag *tag)
{
	g_autofree char *all = text_of(text, paragraph);
	g_autofree char *own = g_strndup(text + tag->start, tag->end - tag->start);
	return strcmp(g_strstrip(all), own) == 0;
}

/* A cell must keep one paragraph, or Word calls the file damaged. */
static bool
is_only_paragraph(const GArray *spans, int paragraph)
{
	const Span *own = get(spans, paragraph);
	if (own->parent < 0 || get(spans, own->parent)->kind != 'c')
		return false;
	for (guint i = 0; i < spans->len; i++) {
		const Span *other = get(spans, (int)i);
		if ((int)i != paragraph && other->kind == 'p' && other->parent == own->parent)
			return false;
	}
	return true;
}

/* Two tags of a block in different cells of one row: the row is what repeats. */
static int
common_row(const GArray *spans, const Tag *open, const Tag *close)
{
	int row = span_at(spans, open->start, 'r');
	if (row < 0 || row != span_at(spans, close->start, 'r') ||
		span_at(spans, open->start, 'c') == span_at(spans, close->start, 'c'))
		return -1;
	return row;
}

/* A tag whose bytes go, and whose node stands at another place. */
typedef struct {
	guint tag;
	size_t place;
} Shift;

static void
place_pair(const char *text, const GArray *spans, GArray *tags, guint open_at, guint close_at,
	GArray *shifts)
{
	Tag *open = &g_array_index(tags, Tag, open_at),
	    *close = &g_array_index(tags, Tag, close_at);
	int open_p = span_at(spans, open->start, 'p'), close_p = span_at(spans, close->start, 'p');
	int row = common_row(spans, open, close);
	if (row >= 0) {
		g_array_append_val(shifts, ((Shift){ open_at, get(spans, row)->start }));
		g_array_append_val(shifts, ((Shift){ close_at, get(spans, row)->end }));
		return;
	}
	if (open_p == close_p || open_p < 0 || close_p < 0)
		return;
	const struct {
		Tag *tag;
		guint at;
		int paragraph;
		bool first;
	} both[] = { { open, open_at, open_p, true }, { close, close_at, close_p, false } };
	for (size_t i = 0; i < G_N_ELEMENTS(both); i++) {
		const Span *paragraph = get(spans, both[i].paragraph);
		if (is_alone(text, paragraph, both[i].tag) &&
			!is_only_paragraph(spans, both[i].paragraph)) {
			both[i].tag->replace = paragraph->start;
			both[i].tag->replace_end = paragraph->end;
			continue;
		}
		Shift shift = { both[i].at, both[i].first ? paragraph->start : paragraph->end };
		g_array_append_val(shifts, shift);
	}
}

/* {% else %} alone in its paragraph takes the paragraph away, if its block spans paragraphs. */
static void
place_else(const char *text, const GArray *spans, Tag *tag, const Tag *open)
{
	int paragraph = span_at(spans, tag->start, 'p');
	if (paragraph < 0 || paragraph == span_at(spans, open->start, 'p') ||
		!is_alone(text, get(spans, paragraph), tag))
		return;
	tag->replace = get(spans, paragraph)->start;
	tag->replace_end = get(spans, paragraph)->end;
}

static GArray *
place_blocks(const char *text, const GArray *spans, GArray *tags)
{
	GArray *shifts = g_array_new(FALSE, FALSE, sizeof(Shift));
	g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(guint));
	for (guint i = 0; i < tags->len; i++) {
		Tag *tag = &g_array_index(tags, Tag, i);
		if (tag->kind == TAG_FOR || tag->kind == TAG_IF)
			g_array_append_val(open, i);
		if ((tag->kind != TAG_END && tag->kind != TAG_ELSE) || !open->len)
			continue;
		guint opener = g_array_index(open, guint, open->len - 1);
		if (tag->kind == TAG_ELSE) {
			place_else(text, spans, tag, &g_array_index(tags, Tag, opener));
			continue;
		}
		g_array_set_size(open, open->len - 1);
		place_pair(text, spans, tags, opener, i, shifts);
	}
	return shifts;
}

/* ---- together ------------------------------------------------------------------------------ */

static void
describe_tags(const char *text, const GArray *spans, GArray *tags)
{
	for (guint i = 0; i < tags->len; i++) {
		Tag *tag = &g_array_index(tags, Tag, i);
		const Span *paragraph = get(spans, span_at(spans, tag->start, 'p'));
		if (!paragraph)
			continue;
		g_autofree char *all = text_of(text, paragraph);
		tag->line = paragraph->number;
		tag->near = g_utf8_substring(all, 0, MIN(60, g_utf8_strlen(all, -1)));
	}
}

/* Joins tags paragraph by paragraph; what lies between paragraphs is copied. Text boxes nest a
 * paragraph in one: the outermost is taken whole, its <w:t> come in the order of the source. */
static char *
join_all(const char *text, size_t size, size_t *ret_size)
{
	g_autoptr(GArray) spans = find_spans(text, size);
	GString *out = g_string_sized_new(size);
	size_t at = 0;
	for (guint i = 0; i < spans->len; i++) {
		const Span *span = get(spans, (int)i);
		if (span->kind != 'p' || span->start < at)
			continue;
		g_string_append_len(out, text + at, (gssize)(span->start - at));
		join_paragraph(text, span->start, span->end, out);
		at = span->end;
	}
	g_string_append_len(out, text + at, (gssize)(size - at));
	*ret_size = out->len;
	return g_string_free(out, FALSE);
}

static int
by_place(gconstpointer a, gconstpointer b)
{
	const Tag *one = a, *two = b;
	return one->replace < two->replace ? -1 : one->replace > two->replace;
}

/* A shifted tag becomes two: a node at its new place, and nothing where it stood. */
static void
apply_shifts(GArray *tags, const GArray *shifts, GArray *gone)
{
	for (guint i = 0; i < shifts->len; i++) {
		const Shift *shift = &g_array_index(shifts, Shift, i);
		Tag *tag = &g_array_index(tags, Tag, shift->tag);
		const Stretch own = { tag->start, tag->end };
		g_array_append_val(gone, own);
		tag->replace = tag->replace_end = shift->place;
	}
}

/* Takes the bytes of shifted tags out of the text, and moves all places back by what went before
 * them. */
static char *
cut_out(char *text, size_t *size, GArray *tags, GArray *gone)
{
	for (guint i = 0; i < gone->len; i++) {
		Stretch cut = g_array_index(gone, Stretch, i);
		size_t width = cut.end - cut.start;
		memmove(text + cut.start, text + cut.end, *size - cut.end + 1);
		*size -= width;
		for (guint k = 0; k < tags->len; k++) {
			Tag *tag = &g_array_index(tags, Tag, k);
			size_t *const places[] = { &tag->start, &tag->end, &tag->replace,
				&tag->replace_end };
			for (size_t n = 0; n < G_N_ELEMENTS(places); n++)
				*places[n] -= *places[n] >= cut.end ? width : 0;
		}
		for (guint k = i + 1; k < gone->len; k++) {
			Stretch *later = &g_array_index(gone, Stretch, k);
			size_t shift = later->start >= cut.end ? width : 0;
			later->start -= shift;
			later->end -= shift;
		}
	}
	return text;
}

char *
docx_prepare(const char *text, size_t size, size_t *ret_size, GArray **ret_tags)
{
	char *joined = join_all(text, size, ret_size);
	GArray *tags = tags_find(joined, *ret_size);
	g_autoptr(GArray) spans = find_spans(joined, *ret_size);
	describe_tags(joined, spans, tags);
	g_autoptr(GArray) shifts = place_blocks(joined, spans, tags);
	g_autoptr(GArray) gone = g_array_new(FALSE, FALSE, sizeof(Stretch));
	apply_shifts(tags, shifts, gone);
	joined = cut_out(joined, ret_size, tags, gone);
	g_array_sort(tags, by_place);
	*ret_tags = tags;
	return joined;
}
