/* PDF bytes -> Doc: pages are read one by one, then stamps, running heads, columns and tables are
 * taken out of their lines, and what remains becomes paragraphs that run on over the pages. */
#include "decode/pdf.h"

#include "decode/pdf_poppler.h"

#include <math.h>
#include <string.h>

#define PIECES_USUAL 256  /* on a page */
#define MOST_PICTURED 0.1 /* of a page: emblems, stamps, signatures */

enum { FEW_LINES = 12, LOOKED_PAGES = 40 };

typedef struct {
	PdfReading base;
	PdfFile *file;               /* NULL: an image file, all of it recognised */
	const GPtrArray *recognised; /* of RecognisedPage; may be NULL */
	GPtrArray *prose;            /* of PdfLine, lent: the text that is being read, over pages */
	GArray *glyphs;              /* of PdfGlyph: of the page that is being read */
	PdfTable *table;             /* open: may go on on the next page */
	int n_looked;                /* pages drawn to see whether their text is seen */
} Reading;

static void
flush_prose(Reading *reading)
{
	if (reading->prose->len)
		pdf_paras_emit(&reading->base, reading->prose, PDF_PROSE, NULL, NULL,
			&reading->base.body_tail);
	g_ptr_array_set_size(reading->prose, 0);
}

static void
flush_table(Reading *reading)
{
	if (reading->table)
		pdf_table_emit(&reading->base, reading->table, &reading->base.body_tail);
	g_clear_pointer(&reading->table, pdf_table_free);
}

/* Takes the table. */
static void
add_table(Reading *reading, PdfTable *table)
{
	flush_prose(reading);
	if (reading->table && pdf_table_continue(reading->table, table))
		return;
	flush_table(reading);
	reading->table = table;
}

static void
add_columns(Reading *reading, const GPtrArray *lines, const PdfColumns *columns)
{
	flush_table(reading);
	flush_prose(reading);
	pdf_columns_emit(&reading->base, lines, columns, &reading->base.body_tail);
}

/* Lines between two ruled tables. */
static void
read_stretch(Reading *reading, const GPtrArray *lines, double page_width_pt)
{
	PdfColumns columns = { 0 };
	bool found = pdf_columns_find(lines, 0, page_width_pt, &columns);
	for (int i = 0; i < (int)lines->len;) {
		int end = i;
		PdfTable *table = found && i >= columns.first
			? NULL
			: pdf_table_aligned(reading->base.arena, lines, i, &end);
		if (table) {
			add_table(reading, table);
		} else if (found && i >= columns.first) {
			add_columns(reading, lines, &columns);
			end = columns.end;
		} else {
			flush_table(reading);
			g_ptr_array_add(reading->prose, lines->pdata[end++]);
		}
		i = end;
		if (found && i > columns.first)
			found = pdf_columns_find(lines, i, page_width_pt, &columns);
	}
}

/* Lines can be part of a picture too: then what the page draws is not all. */
static bool
find_drawn_rules(Reading *reading, PdfPage *page)
{
	g_auto(PdfDrawing) drawing = { 0 };
	if (!pdf_file_drawing(reading->file, page, &drawing) ||
		drawing.pictured > MOST_PICTURED * page->width_pt * page->height_pt)
		return false;
	pdf_rules_of_marks(drawing.bars, &page->rules);
	return true;
}

static void
find_rules(Reading *reading, PdfPage *page)
{
	int width = 0, height = 0;
	double scale = 1;
	if (page->rules.horizontal || !reading->file) /* the recogniser saw them */
		return;
	if (find_drawn_rules(reading, page))
		return;
	g_autofree unsigned char *picture =
		pdf_file_picture(reading->file, page, &width, &height, &scale);
	if (picture)
		pdf_rules_find(picture, width, height, scale, &page->rules);
}

/* Ruled tables take their words out of the page's lines, before anything looks for running heads.
 */
static void
find_tables(Reading *reading, PdfPage *page, bool goes_on)
{
	page->tables = g_ptr_array_new_with_free_func((GDestroyNotify)pdf_table_free);
	if (goes_on || page->recognised || page->titled || pdf_table_likely(page->lines))
		find_rules(reading, page);
	g_autoptr(GPtrArray) grids = pdf_grids_find(&page->rules);
	for (guint i = 0; i < grids->len; i++) {
		PdfTable *table = pdf_table_of_grid(&reading->base, page, grids->pdata[i]);
		if (table)
			g_ptr_array_add(page->tables, table);
	}
}

static const PdfPage *
fullest_like(const Reading *reading, const PdfPage *page)
{
	const PdfPage *best = page;
	for (guint i = 0; i < reading->base.pages->len; i++) {
		const PdfPage *other = reading->base.pages->pdata[i];
		if (other->lines->len > best->lines->len &&
			fabs(other->width_pt - page->width_pt) < 2)
			best = other;
	}
	return best;
}

/* A page that is nearly all table: its few lines of title are centred over the table. */
static void
widen_margins(PdfPage *page)
{
	if (!page->tables->len || page->lines->len > 6)
		return;
	Box box = pdf_table_box(page->tables->pdata[0]);
	page->margins.left = MIN(page->margins.left, box.x0);
	page->margins.right = MAX(page->margins.right, box.x1);
}

/* A page of few lines shows only part of what the text is set to: it has the rest from others. */
static void
find_margins(Reading *reading)
{
	const GPtrArray *pages = reading->base.pages;
	for (guint i = 0; i < pages->len; i++) {
		PdfPage *page = pages->pdata[i];
		page->margins = pdf_margins(page->lines);
	}
	for (guint i = 0; i < pages->len; i++) {
		PdfPage *page = pages->pdata[i];
		if (page->lines->len && page->lines->len < FEW_LINES)
			pdf_margins_lend(&fullest_like(reading, page)->margins, &page->margins);
		widen_margins(page);
	}
}

static void
read_page(Reading *reading, PdfPage *page)
{
	guint line = 0;
	while (line < page->lines->len || page->tables->len) {
		g_autoptr(GPtrArray) stretch = g_ptr_array_new();
		double top =
			page->tables->len ? pdf_table_box(page->tables->pdata[0]).y0 : G_MAXDOUBLE;
		for (; line < page->lines->len &&
			((PdfLine *)page->lines->pdata[line])->box.y0 < top;
			line++)
			g_ptr_array_add(stretch, page->lines->pdata[line]);
		read_stretch(reading, stretch, page->width_pt);
		if (page->tables->len)
			add_table(reading, g_ptr_array_steal_index(page->tables, 0));
	}
}

static void
page_free(void *data)
{
	PdfPage *page = data;
	pdf_page_clear(page);
	g_free(page);
}

static PdfPage *
page_new(int number)
{
	PdfPage *page = g_new0(PdfPage, 1);
	page->number = number;
	page->pieces = g_ptr_array_sized_new(PIECES_USUAL);
	page->lines = g_ptr_array_new();
	page->signatures = g_array_new(FALSE, FALSE, sizeof(Box));
	return page;
}

static const RecognisedPage *
recognised_at(const Reading *reading, int number)
{
	for (guint i = 0; reading->recognised && i < reading->recognised->len; i++) {
		const RecognisedPage *page = reading->recognised->pdata[i];
		if (page->number == number)
			return page;
	}
	return NULL;
}

/* Of an image file, pages between may be missing: each could break its recogniser. */
static int
count_pages(const Reading *reading)
{
	if (reading->file)
		return pdf_file_pages(reading->file);
	int last = 0;
	for (guint i = 0; i < reading->recognised->len; i++) {
		const RecognisedPage *page = reading->recognised->pdata[i];
		last = MAX(last, page->number);
	}
	return last;
}

/* Text that makes less sense gives way; a stamp that a program printed does not. */
static void
take_recognised(Reading *reading, PdfPage *page, const RecognisedPage *recognised, bool text)
{
	if (page->layer && pdf_layer_is_better(page, recognised)) {
		page->layer = PDF_LAYER_KEPT;
		return;
	}
	page->layer = PDF_LAYER_NONE;
	if (text)
		g_ptr_array_set_size(page->pieces, 0);
	pdf_pieces_recognised(&reading->base, page, recognised);
}

/* Under a scan letters are drawn in no ink, and that is right. */
static void
take_hidden(Reading *reading, PdfPage *page)
{
	bool unseen = reading->file && page->pieces->len && !page->pictured &&
		pdf_file_draws_unseen(reading->file, page);
	if (!unseen && !pdf_hidden_likely(page))
		return;
	PdfPicture picture = { .scale = 1 };
	if (reading->n_looked++ < LOOKED_PAGES)
		picture.grey = pdf_file_picture(
			reading->file, page, &picture.width, &picture.height, &picture.scale);
	pdf_hidden_take(&reading->base, page, picture.grey ? &picture : NULL, unseen);
	g_free(picture.grey);
}

static void
read_signs(Reading *reading, PdfPage *page)
{
	const RecognisedPage *recognised = recognised_at(reading, page->number);
	page->glyphs = g_array_ref(reading->glyphs);
	g_array_set_size(page->glyphs, 0);
	if (reading->file && !pdf_file_page(reading->file, page->number, &reading->base, page)) {
		g_autofree char *which = g_strdup_printf("trang %d", page->number);
		findings_add(reading->base.doc->findings, FINDING_PAGE_UNREADABLE,
			&(Place){ .page = page->number }, which);
	}
	bool text = page->glyphs->len > PDF_MOST_STAMPED;
	pdf_pieces_build(&reading->base, page);
	take_hidden(reading, page);
	if (text && page->pictured)
		pdf_layer_judge(page);
	if (recognised)
		take_recognised(reading, page, recognised, text);
	g_clear_pointer(&page->glyphs, g_array_unref);
}

/* Everything of the pages that needs no look at other pages. False: over the limit of text. */
static bool
gather_pages(Reading *reading, const Limits *limits)
{
	Doc *doc = reading->base.doc;
	for (int number = 1; number <= count_pages(reading); number++) {
		PdfPage *page = page_new(number);
		g_ptr_array_add(reading->base.pages, page);
		read_signs(reading, page);
		PageSize size = { page->width_pt, page->height_pt };
		g_array_append_val(doc->pages, size);
		pdf_overlay_signatures(&reading->base, page);
		pdf_lines_build(&reading->base, page);
		if (arena_bytes(reading->base.arena) > limits->text_bytes * 4)
			return false;
	}
	return true;
}

static void
read_all(Reading *reading, const Limits *limits)
{
	Doc *doc = reading->base.doc;
	if (!gather_pages(reading, limits)) {
		findings_add(doc->findings, FINDING_TOO_LARGE, NULL, "quá nhiều chữ");
		return;
	}
	pdf_hidden_tell(doc);
	pdf_quality_find(&reading->base);
	bool tables = false;
	for (guint i = 0; i < reading->base.pages->len; i++) {
		PdfPage *page = reading->base.pages->pdata[i];
		find_tables(reading, page, tables);
		tables = page->tables->len > 0;
	}
	pdf_overlay_running(&reading->base);
	pdf_footnotes_take(&reading->base);
	find_margins(reading);
	pdf_footnotes_emit(&reading->base);
	for (guint i = 0; i < reading->base.pages->len; i++)
		read_page(reading, reading->base.pages->pdata[i]);
	flush_prose(reading);
	flush_table(reading);
}

static void
refuse(Doc *doc, FindingId id, const char *detail)
{
	findings_add(doc->findings, id, NULL, detail);
}

static void
read_file(PdfFile *file, const GPtrArray *recognised, Doc *doc, const Limits *limits)
{
	g_autoptr(Arena) arena = arena_new();
	g_autoptr(GPtrArray) pages = g_ptr_array_new_with_free_func(page_free);
	g_autoptr(GPtrArray) prose = g_ptr_array_new();
	g_autoptr(GArray) glyphs = g_array_new(FALSE, FALSE, sizeof(PdfGlyph));
	Reading reading = { .base = { .arena = arena,
				    .doc = doc,
				    .body_tail = &doc->blocks,
				    .notes_tail = &doc->notes,
				    .pages = pages },
		.file = file,
		.recognised = recognised,
		.prose = prose,
		.glyphs = glyphs };
	read_all(&reading, limits);
	if (file)
		pdf_file_meta(file, doc);
}

Doc *
pdf_read(GBytes *bytes, const GPtrArray *recognised, const Limits *limits, GError **err)
{
	(void)err; /* whatever is wrong with the file is a finding */
	Doc *doc = doc_new("pdf");
	PdfState state = PDF_DAMAGED;
	g_autofree char *why = NULL;
	g_autoptr(PdfFile) file = pdf_file_open(bytes, &state, &why);
	if (state == PDF_LOCKED) {
		refuse(doc, FINDING_ENCRYPTED, NULL);
	} else if (!file || pdf_file_pages(file) < 1) {
		refuse(doc, FINDING_DAMAGED, why ? why : "không có trang nào");
	} else if (pdf_file_pages(file) > limits->pages) {
		g_autofree char *count = g_strdup_printf("%d trang", pdf_file_pages(file));
		refuse(doc, FINDING_TOO_LARGE, count);
	} else {
		read_file(file, recognised, doc, limits);
	}
	return doc;
}

Doc *
pdf_read_pictures(const GPtrArray *recognised, const Limits *limits)
{
	Doc *doc = doc_new("image");
	read_file(NULL, recognised, doc, limits);
	return doc;
}
