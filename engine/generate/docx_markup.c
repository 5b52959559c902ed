/* Finding one's way in the bytes of a DOCX part. No parser: the bytes between are copied as they are. */
#include "generate/docx_markup.h"

#include <string.h>

bool
markup_is(const char *p, const char *end, const char *name)
{
	size_t size = strlen(name);
	if ((size_t)(end - p) <= size + 1 || p[0] != '<' || memcmp(p + 1, name, size) != 0)
		return false;
	char after = p[size + 1];
	return after == ' ' || after == '>' || after == '/' || g_ascii_isspace(after);
}

const char *
markup_end(const char *p, const char *end)
{
	if (end - p > 4 && memcmp(p, "<!--", 4) == 0) {
		const char *close = memmem(p, (size_t)(end - p), "-->", 3);
		return close ? close + 3 : end;
	}
	for (; p < end && *p != '>'; p++) {
		if (*p != '"' && *p != '\'')
			continue;
		const char *quote = memchr(p + 1, *p, (size_t)(end - p - 1));
		if (!quote)
			return end;
		p = quote;
	}
	return p < end ? p + 1 : end;
}

GArray *
markup_stretches(const char *text, size_t from, size_t to, size_t enough)
{
	GArray *stretches = g_array_new(FALSE, FALSE, sizeof(Stretch));
	const char *end = text + to;
	size_t found = 0;
	for (const char *p = text + from; p < end && found < enough;) {
		p = memchr(p, '<', (size_t)(end - p));
		if (!p)
			break;
		bool is_text = markup_is(p, end, "w:t");
		const char *inner = markup_end(p, end);
		p = inner;
		if (!is_text || inner[-2] == '/')
			continue;
		const char *close = memchr(inner, '<', (size_t)(end - inner));
		p = close ? close : end;
		Stretch stretch = { (size_t)(inner - text), (size_t)(p - text) };
		found += stretch.end - stretch.start;
		g_array_append_val(stretches, stretch);
	}
	return stretches;
}

char *
markup_text(const char *text, size_t from, size_t to, size_t enough)
{
	g_autoptr(GArray) stretches = markup_stretches(text, from, to, enough);
	GString *out = g_string_new(NULL);
	for (guint i = 0; i < stretches->len; i++) {
		const Stretch *stretch = &g_array_index(stretches, Stretch, i);
		g_string_append_len(
			out, text + stretch->start, (gssize)(stretch->end - stretch->start));
	}
	return g_string_free(out, FALSE);
}

/* ---- paragraphs, cells, rows, tables ------------------------------------------------------- */

enum { MAX_DEPTH = 200 };

typedef struct {
	const char *text;
	GArray *spans;
	int open, paragraphs;
} Spans;

static void
open_span(Spans *finding, char kind, size_t start, size_t end)
{
	Span span = { .kind = kind, .start = start, .end = end, .parent = finding->open, .only = -1 };
	span.depth = 1;
	if (finding->open >= 0)
		span.depth += g_array_index(finding->spans, Span, finding->open).depth;
	span.number = kind == 'p' ? finding->paragraphs : 0;
	g_array_append_val(finding->spans, span);
	finding->open = (int)finding->spans->len - 1;
}

static void
close_span(Spans *finding, size_t end)
{
	Span *span = &g_array_index(finding->spans, Span, finding->open);
	span->end = end;
	finding->open = span->parent;
}

GArray *
markup_spans(const char *text, size_t size, GError **err)
{
	static const struct {
		const char *open, *close;
		char kind;
	} kinds[] = { { "w:p", "/w:p", 'p' }, { "w:tc", "/w:tc", 'c' }, { "w:tr", "/w:tr", 'r' },
		{ "w:tbl", "/w:tbl", 't' } };
	g_autoptr(GArray) spans = g_array_new(FALSE, TRUE, sizeof(Span));
	Spans finding = { text, spans, -1, 0 };
	const char *end = text + size, *after;
	for (const char *p = text; (p = memchr(p, '<', (size_t)(end - p))); p = after) {
		after = markup_end(p, end);
		for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
			bool opens = markup_is(p, end, kinds[i].open);
			finding.paragraphs += opens && kinds[i].kind == 'p';
			if (opens && after[-2] != '/')
				open_span(&finding, kinds[i].kind, (size_t)(p - text), size);
			else if (finding.open >= 0 && markup_is(p, end, kinds[i].close))
				close_span(&finding, (size_t)(after - text));
		}
		if (finding.open >= 0 && g_array_index(spans, Span, finding.open).depth > MAX_DEPTH) {
			fail(err, ERR_FORMAT, _("tables are nested too deep"));
			return NULL;
		}
	}
	return g_steal_pointer(&spans);
}

int
markup_span_at(const GArray *spans, size_t place)
{
	guint low = 0, high = spans->len; /* the last that begins at or before the place */
	while (low < high) {
		guint middle = low + (high - low) / 2;
		if (g_array_index(spans, Span, middle).start <= place)
			low = middle + 1;
		else
			high = middle;
	}
	int found = (int)low - 1;
	while (found >= 0 && g_array_index(spans, Span, found).end <= place)
		found = g_array_index(spans, Span, found).parent;
	return found;
}
