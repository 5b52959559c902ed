/* What is printed on a page but is no text of the document: stamps of signing programs (taken out
 * piece by piece, since they lie across titles), page numbers, running heads and feet. All become
 * notes. */
#include "decode/pdf_layout.h"

#include "base/letter.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

/* Signing programs print these; a strong one begins a stamp, a weak one only belongs to one. */
typedef struct {
	const char *prefix; /* lower case */
	bool strong;        /* weak ones begin a stamp only where an annotation printed them */
} StampLabel;

static const StampLabel labels[] = {
	{ "ký bởi:", true },
	{ "người ký:", true },
	{ "ký số bởi", true },
	{ "được ký bởi", true },
	{ "thời gian ký", true },
	{ "ngày ký:", true },
	{ "giờ ký:", true },
	{ "[ ký bởi", true },
	{ "[ký bởi", true },
	{ "signed by", true },
	{ "sign by", true },
	{ "digitally signed", true },
	{ "signature valid", true },
	{ "signature not verified", true },
	{ "chữ ký số", true },
	{ "chinhphu.vn", true },
	{ "vgp", true },
	{ "email:", false },
	{ "cơ quan:", false },
	{ "tổ chức:", false },
	{ "địa chỉ:", false },
	{ "chức vụ:", false },
	{ "đơn vị:", false },
	{ "lý do:", false },
	{ "nơi ký:", false },
	{ "date:", false },
	{ "reason:", false },
	{ "location:", false },
	{ "dn:", false },
	{ "cổng thông tin điện tử", false },
	{ "thời gian:", false },
	{ "id:", false },
};

/* `prefix` is in small letters. */
static bool
begins_with(const char *text, const char *prefix)
{
	for (; *prefix; text = letter_next(text), prefix = letter_next(prefix))
		if (letter_lower(letter_at(text)) != letter_at(prefix))
			return false;
	return true;
}

static const StampLabel *
label_of(const PdfPiece *piece)
{
	char first[6];
	g_unichar_to_utf8(letter_lower(letter_at(piece->text)), first);
	for (size_t i = 0; i < G_N_ELEMENTS(labels); i++)
		if (*labels[i].prefix == *first && begins_with(piece->text, labels[i].prefix))
			return &labels[i];
	return NULL;
}

static bool
is_stamped(const PdfPiece *piece)
{
	return piece->words[0].flags & PDF_STAMPED;
}

void
pdf_add_note(PdfReading *reading, int page, const char *part, const char *text, Box box)
{
	if (text_is_blank(text_or_empty(text)))
		return;
	Place place = { .part = part, .page = page, .paragraph = ++reading->n_notes, .box = box };
	Block *para = doc_add_para(reading->doc, &reading->notes_tail, place);
	doc_add_run(reading->doc, para, &(Run){ .text = text, .box = box });
	doc_end_para(reading->doc, para);
}

static bool
inside(Box inner, Box outer)
{
	return inner.x0 >= outer.x0 - 2 && inner.x1 <= outer.x1 + 2 && inner.y0 >= outer.y0 - 2 &&
		inner.y1 <= outer.y1 + 2;
}

static bool
in_one_field(const PdfPage *page, Box a, Box b)
{
	for (guint i = 0; i < page->signatures->len; i++) {
		Box field = g_array_index(page->signatures, Box, i);
		if (inside(a, field) && inside(b, field))
			return true;
	}
	return false;
}

static bool
same_hand(const PdfPiece *a, const PdfPiece *b)
{
	return fabs(a->size_pt - b->size_pt) < 0.3 &&
		g_strcmp0(a->words[0].font, b->words[0].font) == 0;
}

/* Whether the piece belongs to the stamp that `head` began and that reaches `box` so far. */
static bool
belongs(const PdfPage *page, const PdfPiece *head, Box box, const PdfPiece *piece)
{
	double em = MAX(head->size_pt, 4);
	if (piece->box.y0 > box.y1 + 1.0 * em || piece->box.y1 < box.y0 - 1.0 * em)
		return label_of(piece) && piece->box.y0 < box.y1 + 40 &&
			piece->box.y1 > box.y0 - 40 && piece->box.x0 < box.x1 &&
			piece->box.x1 > box.x0;
	if (label_of(piece) && piece->box.x0 < box.x1 && piece->box.x1 > box.x0)
		return true;
	if (!same_hand(head, piece) || is_stamped(head) != is_stamped(piece))
		return false;
	return fabs(piece->box.x0 - head->box.x0) < 3 || in_one_field(page, head->box, piece->box);
}

static GPtrArray *
gather(const PdfPage *page, PdfPiece *head)
{
	GPtrArray *stamp = g_ptr_array_new();
	g_ptr_array_add(stamp, head);
	Box box = head->box;
	bool grew = true;
	while (grew) {
		grew = false;
		for (guint i = 0; i < page->pieces->len; i++) {
			PdfPiece *piece = page->pieces->pdata[i];
			if (g_ptr_array_find(stamp, piece, NULL) ||
				!belongs(page, head, box, piece))
				continue;
			g_ptr_array_add(stamp, piece);
			box = box_union(box, piece->box);
			grew = true;
		}
	}
	return stamp;
}

/* "Người ký: …" may stand in a form too: it is a stamp in a signature field, in small type, where
 * an annotation printed it, or with a second label beside it. A weak label needs more. */
static bool
is_stamp(const PdfPage *page, const GPtrArray *stamp)
{
	const PdfPiece *head = stamp->pdata[0];
	int n_labels = 0;
	for (guint i = 0; i < stamp->len; i++)
		n_labels += label_of(stamp->pdata[i]) != NULL;
	bool small = head->size_pt < 9.5;
	if (!label_of(head)->strong)
		return is_stamped(head) || (small && n_labels > 1);
	return n_labels > 1 || small || is_stamped(head) ||
		in_one_field(page, head->box, head->box);
}

void
pdf_overlay_signatures(PdfReading *reading, PdfPage *page)
{
	for (guint i = 0; i < page->pieces->len;) {
		PdfPiece *piece = page->pieces->pdata[i];
		g_autoptr(GPtrArray) stamp = label_of(piece) ? gather(page, piece) : NULL;
		if (!stamp || !is_stamp(page, stamp)) {
			i++;
			continue;
		}
		g_autoptr(GPtrArray) lines = pdf_lines_of(reading->arena, stamp, page->number);
		g_autoptr(GString) text = g_string_new(NULL);
		Box box = { 0 };
		for (guint k = 0; k < lines->len; k++) {
			g_autofree char *line = pdf_line_text(lines->pdata[k]);
			g_string_append_printf(text, "%s%s", k ? "\n" : "", line);
			box = box_union(box, ((PdfLine *)lines->pdata[k])->box);
		}
		g_autofree char *part = g_strdup_printf("signature%d", ++reading->n_stamps);
		pdf_add_note(reading, page->number, part, text->str, box);
		for (guint k = 0; k < stamp->len; k++)
			g_ptr_array_remove(page->pieces, stamp->pdata[k]);
		i = 0;
	}
}

/* "2", "- 2 -", "Trang 2/10", "2/10". */
static bool
is_page_number(const char *text)
{
	g_autofree char *lower = text_lower(text);
	const char *p = lower;
	int digits = 0, others = 0;
	if (g_str_has_prefix(p, "trang ") || g_str_has_prefix(p, "page "))
		p = strchr(p, ' ');
	for (; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (g_ascii_isdigit((char)(c < 128 ? c : 0)))
			digits++;
		else if (!(c == ' ' || c == '-' || c == '/' || c == 0x2013 || c == 0x2014 ||
				 c == '|'))
			others++;
	}
	return digits > 0 && digits <= 6 && others == 0 && strlen(lower) <= 16;
}

/* Lines that a running head or foot could be: the first two and last three of a page, near its
 * edge. */
static bool
at_edge(const PdfPage *page, guint i, double share)
{
	const PdfLine *line = page->lines->pdata[i];
	bool top = i < 2 && line->box.y1 < page->height_pt * share;
	bool bottom = i + 3 >= page->lines->len && line->box.y0 > page->height_pt * (1 - share);
	return top || bottom;
}

/* The line with its digits masked: "Trang 2" and "Trang 3" run alike. */
static char *
masked(const PdfLine *line)
{
	char *text = pdf_line_text(line);
	for (char *p = text; *p; p++)
		if (g_ascii_isdigit(*p))
			*p = '0';
	return text;
}

static bool
repeats_on(const PdfPage *page, const PdfLine *line, const char *mask)
{
	for (guint i = 0; i < page->lines->len; i++) {
		const PdfLine *other = page->lines->pdata[i];
		if (!at_edge(page, i, 0.10) || fabs(other->box.y0 - line->box.y0) > 4)
			continue;
		g_autofree char *text = masked(other);
		if (strcmp(text, mask) == 0)
			return true;
	}
	return false;
}

/* The head of a document, which one attached on the next page has too. */
static bool
is_beside_motto(const PdfPage *page, const PdfLine *line)
{
	static const char *const marks[] = { "CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI", "Độc lập",
		"ĐẢNG CỘNG SẢN" };
	const double near_pt = 10;
	for (guint i = 0; i < MIN(page->lines->len, 3); i++) {
		const PdfLine *other = page->lines->pdata[i];
		if (fabs(other->box.y0 - line->box.y0) > near_pt)
			continue;
		g_autofree char *text = pdf_line_text(other);
		for (size_t k = 0; k < G_N_ELEMENTS(marks); k++)
			if (strstr(text, marks[k]))
				return true;
	}
	return false;
}

/* On at least a third of the pages near it, and on two: left and right pages may differ. */
static bool
is_running(const PdfReading *reading, guint at, const PdfLine *line)
{
	if (reading->pages->len < 2 || pdf_table_header(line) ||
		is_beside_motto(reading->pages->pdata[at], line))
		return false;
	g_autofree char *mask = masked(line);
	guint from = at > 3 ? at - 3 : 0, to = MIN(at + 4, reading->pages->len), hits = 0;
	for (guint i = from; i < to; i++)
		hits += repeats_on(reading->pages->pdata[i], line, mask);
	return hits >= 2 && hits * 3 >= to - from;
}

static void
take_running(PdfReading *reading, guint at)
{
	PdfPage *page = reading->pages->pdata[at];
	for (guint i = 0; i < page->lines->len; i++) {
		const PdfLine *line = page->lines->pdata[i];
		if (!at_edge(page, i, 0.14))
			continue;
		g_autofree char *text = pdf_line_text(line);
		if (is_page_number(text) ||
			(at_edge(page, i, 0.10) && is_running(reading, at, line)))
			g_ptr_array_add(reading->running, (gpointer)line);
	}
}

void
pdf_overlay_running(PdfReading *reading)
{
	g_autoptr(GPtrArray) running = g_ptr_array_new();
	reading->running = running;
	for (guint at = 0; at < reading->pages->len; at++)
		take_running(reading, at);
	for (guint i = 0; i < running->len; i++) {
		PdfLine *line = running->pdata[i];
		PdfPage *page = reading->pages->pdata[line->page - 1];
		g_autofree char *text = pdf_line_text(line);
		pdf_add_note(reading, page->number,
			line->box.y0 < page->height_pt / 2 ? "header1" : "footer1", text,
			line->box);
		g_ptr_array_remove(page->lines, line);
	}
	reading->running = NULL;
}
