/*
 * The XML of a DOCX part, made ready: tags in one piece, block tags with the structure they stand for.
 *
 * Word splits what one types over runs ("{{ de", "cision }}"), with spelling marks between. Within a
 * paragraph the characters of <w:t> are one text; a tag found in it is written whole where it begins,
 * and its other characters are taken out of the later <w:t>. What block tags stand for is told in
 * docx_place.c.
 */
#include "generate/docx_markup.h"
#include "generate/parts.h"

#include <string.h>

/* ---- one piece ----------------------------------------------------------------------------- */

typedef struct {
	const char *text;
	GString *joined, *out;
	const GArray *tags; /* of joined */
	guint next;	    /* the tag that comes */
	size_t offset;	    /* in joined, of the stretch at hand */
} Joining;

static const Tag *
coming(const Joining *joining)
{
	return joining->next < joining->tags->len ?
		&g_array_index(joining->tags, Tag, joining->next) : NULL;
}

/* What comes before a stretch. A value may begin or end with a space, which Word drops unless told. */
static void
join_markup(const Joining *joining, size_t at, const Stretch *stretch)
{
	static const char bare[] = "<w:t>";
	const Tag *tag = coming(joining);
	size_t size = stretch->end - stretch->start, width = strlen(bare);
	bool touched = tag && tag->start < joining->offset + size;
	bool is_bare = stretch->start - at >= width &&
		memcmp(joining->text + stretch->start - width, bare, width) == 0;
	g_string_append_len(joining->out, joining->text + at, (gssize)(stretch->start - at));
	if (touched && is_bare) {
		g_string_truncate(joining->out, joining->out->len - 1);
		g_string_append(joining->out, " xml:space=\"preserve\">");
	}
}

static void
join_stretch(Joining *joining, const Stretch *stretch)
{
	size_t size = stretch->end - stretch->start, offset = joining->offset;
	for (size_t k = 0; k < size;) {
		const Tag *tag = coming(joining);
		if (!tag || offset + k < tag->start) {
			size_t to = tag ? MIN(size, tag->start - offset) : size;
			g_string_append_len(joining->out, joining->text + stretch->start + k,
				(gssize)(to - k));
			k = to;
			continue;
		}
		if (offset + k == tag->start)
			g_string_append_len(joining->out, joining->joined->str + tag->start,
				(gssize)(tag->end - tag->start));
		k = MIN(size, tag->end - offset); /* what of the tag stands in this stretch is left out */
		joining->next += offset + k == tag->end;
	}
	joining->offset += size;
}

/* Rewrites one paragraph: out gets its bytes with every tag whole in the <w:t> where it began. */
static void
join_paragraph(const char *text, size_t from, size_t to, GString *out)
{
	g_autoptr(GArray) stretches = markup_stretches(text, from, to, G_MAXSIZE);
	g_autoptr(GString) joined = g_string_new(NULL);
	for (guint i = 0; i < stretches->len; i++) {
		const Stretch *stretch = &g_array_index(stretches, Stretch, i);
		g_string_append_len(
			joined, text + stretch->start, (gssize)(stretch->end - stretch->start));
	}
	g_autoptr(GArray) tags = tags_find(joined->str, joined->len, TAGS_IN_DOCX);
	Joining joining = { text, joined, out, tags, 0, 0 };
	size_t at = from;
	for (guint i = 0; i < stretches->len && tags->len; i++) {
		const Stretch *stretch = &g_array_index(stretches, Stretch, i);
		join_markup(&joining, at, stretch);
		join_stretch(&joining, stretch);
		at = stretch->end;
	}
	g_string_append_len(out, text + at, (gssize)(to - at));
}

/* Joins tags paragraph by paragraph; what lies between paragraphs is copied. Text boxes nest a
 * paragraph in one: the outermost is taken whole, its <w:t> come in the order of the source. */
static GString *
join_all(const char *text, size_t size, const GArray *spans)
{
	GString *out = g_string_sized_new(size + size / 8);
	size_t at = 0;
	for (guint i = 0; i < spans->len; i++) {
		const Span *span = &g_array_index(spans, Span, i);
		if (span->kind != 'p' || span->start < at)
			continue;
		g_string_append_len(out, text + at, (gssize)(span->start - at));
		join_paragraph(text, span->start, span->end, out);
		at = span->end;
	}
	g_string_append_len(out, text + at, (gssize)(size - at));
	return out;
}

/* ---- what is told of a tag ----------------------------------------------------------------- */

enum { NEAR_CHARACTERS = 60, NEAR_BYTES = NEAR_CHARACTERS * 4 };

static void
describe_tags(const char *text, const GArray *spans, GArray *tags)
{
	for (guint i = 0; i < tags->len; i++) {
		Tag *tag = &g_array_index(tags, Tag, i);
		int index = markup_span_at(spans, tag->start);
		while (index >= 0 && g_array_index(spans, Span, index).kind != 'p')
			index = g_array_index(spans, Span, index).parent;
		if (index < 0)
			continue;
		const Span *paragraph = &g_array_index(spans, Span, index);
		g_autofree char *all =
			markup_text(text, paragraph->start, paragraph->end, NEAR_BYTES);
		tag->line = paragraph->number;
		tag->near = g_utf8_substring(all, 0, MIN(NEAR_CHARACTERS, g_utf8_strlen(all, -1)));
	}
}

/* ---- shifted tags are cut out -------------------------------------------------------------- */

static int
by_start(gconstpointer a, gconstpointer b)
{
	const Stretch *one = a, *two = b;
	return one->start < two->start ? -1 : one->start > two->start;
}

/* How many bytes are gone before a place: `before` has the sum for each one gone, sorted. */
static size_t
gone_before(const GArray *gone, const GArray *before, size_t place)
{
	guint low = 0, high = gone->len;
	while (low < high) {
		guint middle = low + (high - low) / 2;
		if (g_array_index(gone, Stretch, middle).end <= place)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? g_array_index(before, size_t, low - 1) : 0;
}

/* Takes these bytes out of the text, and moves all places back by what went before them. */
static GString *
cut_out(const GString *text, GArray *tags, GArray *gone)
{
	GString *out = g_string_sized_new(text->len);
	g_autoptr(GArray) before = g_array_new(FALSE, FALSE, sizeof(size_t));
	size_t at = 0, sum = 0;
	g_array_sort(gone, by_start);
	for (guint i = 0; i < gone->len; i++) {
		const Stretch *cut = &g_array_index(gone, Stretch, i);
		g_string_append_len(out, text->str + at, (gssize)(cut->start - at));
		at = cut->end;
		sum += cut->end - cut->start;
		g_array_append_val(before, sum);
	}
	g_string_append_len(out, text->str + at, (gssize)(text->len - at));
	for (guint i = 0; i < tags->len; i++) {
		Tag *tag = &g_array_index(tags, Tag, i);
		size_t *const places[] = { &tag->start, &tag->end, &tag->replace,
			&tag->replace_end };
		for (size_t n = 0; n < G_N_ELEMENTS(places); n++)
			*places[n] -= gone_before(gone, before, *places[n]);
	}
	return out;
}

/* ---- what is open where -------------------------------------------------------------------- */

typedef struct {
	guint name, path; /* hashes: of the element, and of all that are open with it */
	bool is_text;
} Level;

static size_t
name_size(const char *p, const char *end)
{
	const char *from = p;
	while (p < end && *p != '>' && *p != '/' && !g_ascii_isspace(*p))
		p++;
	return (size_t)(p - from);
}

static guint
hash_name(const char *name, size_t size, guint hash)
{
	for (size_t i = 0; i < size; i++)
		hash = (hash ^ (guchar)name[i]) * 16777619u;
	return (hash ^ '/') * 16777619u;
}

/* One piece of markup, from '<': opens a level, closes one, or is nothing. False: it closes another one. */
static bool
step(GArray *levels, const char *p, const char *after)
{
	const Level *top = &g_array_index(levels, Level, levels->len - 1);
	bool closes = p[1] == '/';
	const char *name = p + 1 + closes;
	size_t size = name_size(name, after);
	guint hash = hash_name(name, size, 2166136261u);
	if (p[1] == '?' || p[1] == '!' || (!closes && after[-2] == '/'))
		return true;
	if (closes) {
		bool good = levels->len > 1 && top->name == hash;
		g_array_set_size(levels, levels->len - good);
		return good;
	}
	Level level = { hash, hash_name(name, size, top->path), size == 3 && memcmp(name, "w:t", 3) == 0 };
	g_array_append_val(levels, level);
	return true;
}

static void
mark_tag(Tag *tag, const GArray *levels)
{
	const Level *top = &g_array_index(levels, Level, levels->len - 1);
	tag->path = top->path;
	tag->in_text = top->is_text;
}

/* A tag inside of markup: in this one attribute, which is a place of its own. */
static void
mark_in_markup(Tag *tag, const char *text, const char *markup)
{
	const char *p = text + tag->replace;
	while (p > markup && *p != '"' && *p != '\'')
		p--;
	tag->path = hash_name("@", 1, (guint)(p - text));
	tag->in_text = false;
}

/* Tags, sorted by place, learn what is open there. ERR_FORMAT: elements that do not nest. */
static bool
find_paths(const char *text, size_t size, GArray *tags, GError **err)
{
	const Level root = { 0, 2166136261u, false };
	g_autoptr(GArray) levels = g_array_new(FALSE, FALSE, sizeof(Level));
	g_array_append_val(levels, root);
	const char *end = text + size, *after;
	guint next = 0;
	for (const char *p = text; (p = memchr(p, '<', (size_t)(end - p))); p = after) {
		after = markup_end(p, end);
		for (; next < tags->len; next++) {
			Tag *tag = &g_array_index(tags, Tag, next);
			if (tag->replace > (size_t)(p - text))
				break;
			mark_tag(tag, levels);
		}
		if (after - p < 3 || !step(levels, p, after))
			return fail(err, ERR_FORMAT, _("this is no sound XML"));
		for (; next < tags->len; next++) {
			Tag *tag = &g_array_index(tags, Tag, next);
			if (tag->replace >= (size_t)(after - text))
				break;
			mark_in_markup(tag, text, p);
		}
	}
	return levels->len == 1 || fail(err, ERR_FORMAT, _("this is no sound XML"));
}

/* ---- together ------------------------------------------------------------------------------ */

static int
by_place(gconstpointer a, gconstpointer b)
{
	const Tag *one = a, *two = b;
	return one->replace < two->replace ? -1 : one->replace > two->replace;
}

/* Of a text whose tags are whole. */
static GString *
place_all(const GString *joined, GArray *tags, GError **err)
{
	g_autoptr(GArray) spans = markup_spans(joined->str, joined->len, err);
	g_autoptr(GArray) gone = g_array_new(FALSE, FALSE, sizeof(Stretch));
	if (!spans)
		return NULL;
	describe_tags(joined->str, spans, tags);
	markup_place_blocks(joined->str, spans, tags, gone);
	GString *out = cut_out(joined, tags, gone);
	g_array_sort(tags, by_place);
	if (find_paths(out->str, out->len, tags, err))
		return out;
	g_string_free(out, TRUE);
	return NULL;
}

char *
docx_prepare(const char *text, size_t size, size_t *ret_size, GArray **ret_tags, GError **err)
{
	g_autoptr(GArray) spans = markup_spans(text, size, err);
	if (!spans)
		return NULL;
	g_autoptr(GString) joined = join_all(text, size, spans);
	g_autoptr(GArray) tags = tags_find(joined->str, joined->len, TAGS_IN_DOCX);
	GString *out = place_all(joined, tags, err);
	if (!out)
		return NULL;
	*ret_size = out->len;
	*ret_tags = g_steal_pointer(&tags);
	return g_string_free(out, FALSE);
}
