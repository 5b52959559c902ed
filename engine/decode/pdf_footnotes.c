/* Lines at the foot of a page that are notes -> notes, parts "footnote1" and on, as those of DOCX. Left
 * in the body they would stand between the two halves of a paragraph that runs over the page. */
#include "decode/pdf_layout.h"

#include "base/letter.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

#define SMALLER_PT 0.8  /* than the text of the document, at least */
#define GAP_EM 0.6      /* between text and notes: a rule has room there */
#define FOOT_SHARE 0.75 /* of the page's height: notes reach below that */
#define MOST_MARK 16    /* bytes */
#define MOST_LINES 100  /* of notes on a page */

/* ---- the mark of a note -------------------------------------------------------------------- */

static bool
is_raised_digit(gunichar c)
{
	return c == 0xb9 || c == 0xb2 || c == 0xb3 || c == 0x2070 || (c >= 0x2074 && c <= 0x2079);
}

static const char *
skip(const char *text, bool (*is)(gunichar))
{
	while (*text && is(letter_at(text)))
		text = letter_next(text);
	return text;
}

static bool
is_plain_mark(gunichar c)
{
	return (c >= '0' && c <= '9') || c == '*';
}

/* "¹", "1", "*", "(1)", "[*]" with text behind; its length, 0 = none. "1." and "1)" are items. */
static size_t
mark_length(const char *text, bool *ret_raised)
{
	const char *end = skip(text, is_raised_digit);
	*ret_raised = end > text;
	if (*ret_raised)
		return (size_t)(end - text);
	bool bracket = *text == '(' || *text == '[';
	end = skip(text + bracket, is_plain_mark);
	if (end == text + bracket || end - text > 4)
		return 0;
	if (bracket && *end != (*text == '(' ? ')' : ']'))
		return 0;
	end += bracket;
	return *end == ' ' || (!bracket && end[-1] == '*') ? (size_t)(end - text) : 0;
}

static bool
names(const char *text, const char *mark, const char *raised)
{
	return strstr(text, raised) || (!g_ascii_isdigit(*mark) && strstr(text, mark));
}

/* A plain mark is one only where the text above refers to it; a raised one begins nothing else. */
static bool
begins_note(const PdfPage *page, guint at)
{
	bool raised = false;
	g_autofree char *text = pdf_line_text(pdf_line_at(page->lines, at));
	size_t size = mark_length(text, &raised);
	if (!size || raised)
		return size > 0;
	g_autofree char *mark = g_strndup(text, MIN(size, MOST_MARK));
	g_autofree char *digits = g_strdup(mark);
	g_strdelimit(digits, "()[]", ' ');
	g_autofree char *high = text_raise_digits(g_strstrip(digits));
	for (guint i = 0; i < at; i++) {
		g_autofree char *line = pdf_line_text(pdf_line_at(page->lines, i));
		if (names(line, mark, high))
			return true;
	}
	return false;
}

/* ---- the block of notes -------------------------------------------------------------------- */

/* What most text is set in, in points, by the width of lines. */
static double
usual_size(const PdfReading *reading)
{
	enum { SIZES = 400 };
	double widths[SIZES] = { 0 };
	int best = 0;
	for (guint at = 0; at < reading->pages->len; at++) {
		const PdfPage *page = reading->pages->pdata[at];
		for (guint i = 0; i < page->lines->len; i++) {
			const PdfLine *line = pdf_line_at(page->lines, i);
			int size = (int)CLAMP(round(line->size_pt * 10), 0, SIZES - 1);
			widths[size] += line->box.x1 - line->box.x0;
			best = widths[size] > widths[best] ? size : best;
		}
	}
	return best / 10.0;
}

static bool
stands_apart(const PdfPage *page, guint at)
{
	if (!at)
		return true;
	const PdfLine *line = pdf_line_at(page->lines, at);
	return line->box.y0 - pdf_line_at(page->lines, at - 1)->box.y1 > GAP_EM * line->size_pt;
}

/* The first line of the notes, which all lines below belong to; the number of lines = none.
 * `running`: a note of the page before may go on here. */
static guint
first_note(const PdfPage *page, double usual, bool running)
{
	guint n = page->lines->len, first = n;
	if (!n || pdf_line_at(page->lines, n - 1)->box.y1 < FOOT_SHARE * page->height_pt)
		return n;
	while (first && n - first < MOST_LINES &&
		pdf_line_at(page->lines, first - 1)->size_pt < usual - SMALLER_PT)
		first--;
	for (guint i = first; i < n; i++)
		if (stands_apart(page, i) &&
			(begins_note(page, i) || (running && i == first && i > 0)))
			return i;
	return n;
}

/* Ruled tables below would be read before them. */
static bool
has_table_below(const PdfPage *page, guint first)
{
	const PdfLine *line = pdf_line_at(page->lines, first);
	for (guint i = 0; page->tables && i < page->tables->len; i++)
		if (pdf_table_box(page->tables->pdata[i]).y1 > line->box.y0)
			return true;
	return false;
}

static bool
is_unfinished(const PdfLine *line)
{
	g_autofree char *text = pdf_line_text(line);
	size_t n = strlen(text);
	return n && !strchr(".;:)\"", text[n - 1]) && !g_str_has_suffix(text, "”");
}

void
pdf_footnotes_take(PdfReading *reading)
{
	double usual = usual_size(reading);
	bool running = false;
	for (guint at = 0; at < reading->pages->len; at++) {
		PdfPage *page = reading->pages->pdata[at];
		guint first =
			page->recognised ? page->lines->len : first_note(page, usual, running);
		running = false;
		if (first == page->lines->len || has_table_below(page, first))
			continue;
		running = is_unfinished(pdf_line_at(page->lines, page->lines->len - 1));
		page->footnotes = g_ptr_array_new();
		for (guint i = first; i < page->lines->len; i++) {
			pdf_line_at(page->lines, i)->begins_note = begins_note(page, i);
			g_ptr_array_add(page->footnotes, page->lines->pdata[i]);
		}
		g_ptr_array_set_size(page->lines, (int)first);
	}
}

static void
emit_note(PdfReading *reading, GPtrArray *lines)
{
	if (!lines->len)
		return;
	g_autofree char *part = g_strdup_printf("footnote%d", ++reading->n_footnotes);
	const Place at = { .part = part };
	int n_paras = reading->n_paras;
	reading->n_paras = 0;
	pdf_paras_emit(reading, lines, PDF_PROSE, NULL, &at, &reading->notes_tail);
	reading->n_paras = n_paras;
	g_ptr_array_set_size(lines, 0);
}

void
pdf_footnotes_emit(PdfReading *reading)
{
	g_autoptr(GPtrArray) open = g_ptr_array_new();
	for (guint at = 0; at < reading->pages->len; at++) {
		const PdfPage *page = reading->pages->pdata[at];
		for (guint i = 0; page->footnotes && i < page->footnotes->len; i++) {
			PdfLine *line = pdf_line_at(page->footnotes, i);
			if (line->begins_note)
				emit_note(reading, open);
			g_ptr_array_add(open, line);
		}
	}
	emit_note(reading, open);
}
