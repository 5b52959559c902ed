/* engine/decode/pdf_{content,paint,drawing,pages}.c: lines of a page, read from its content. */
#include "decode/pdf_drawing.h"
#include "decode/pdf_poppler.h"

#include <cairo-pdf.h>
#include <zlib.h>

#include "plain_pdf.h"

/* "x0 y0 x1 y1" of every mark, joined by ";"; "drawn" when the page has to be drawn. */
static char *
marks_of_file(GBytes *file, double width, double height)
{
	gsize size;
	const unsigned char *data = g_bytes_get_data(file, &size);
	g_autoptr(PdfPages) pages = pdf_pages_open(data, size, 1);
	g_auto(PdfDrawing) drawing = { 0 };
	if (!pages || !pdf_drawing_read(pages, 1, width, height, &drawing))
		return g_strdup("drawn");
	GString *out = g_string_new(NULL);
	for (guint i = 0; i < drawing.bars->len; i++) {
		Box bar = g_array_index(drawing.bars, Box, i);
		g_string_append_printf(
			out, "%s%g %g %g %g", i ? ";" : "", bar.x0, bar.y0, bar.x1, bar.y1);
	}
	if (drawing.pictured > 0)
		g_string_append_printf(out, "%spictures %g", out->len ? ";" : "", drawing.pictured);
	return g_string_free(out, FALSE);
}

static char *
marks_of(const PlainPdf *pdf, const char *content)
{
	g_autoptr(GBytes) file = plain_pdf(pdf, content, strlen(content));
	return marks_of_file(file, 300, 200);
}

#define LINE "20 50 120 52"

/* The page is 300 x 200 points; all that is expected counts from its top left. */
static void
test_content(void)
{
	static const struct {
		const char *content, *marks;
	} rows[] = {
		{ "", "" },
		/* a line stroked, a thin rectangle filled, a polygon as thin */
		{ "2 w 20 149 m 120 149 l S", LINE },
		{ "20 148 100 2 re f", LINE },
		{ "20 148 m 120 148 l 120 150 l 20 150 l h f*", LINE },
		{ "2 w 50 20 m 50 120 l s", "49 80 51 180;49 80 51 180" },
		{ "0 w 20 149 m 120 149 l S", "20 50.95 120 51.05" },
		{ "2 w 40 60 50 80 re B", "" },
		{ "1 w 40 60 50 80 re S",
			"40 139.5 90 140.5;89.5 60 90.5 140;40 59.5 90 60.5;"
			"39.5 60 40.5 140" },
		/* neither painted, nor straight, nor dark */
		{ "20 148 100 2 re n 20 148 m 120 178 l S", "" },
		{ "20 148 m 60 160 90 160 120 148 c S", "" },
		{ "1 g 20 148 100 2 re f 0.9 0.95 1 rg 20 148 100 2 re f", "" },
		{ "0 0 0 0 k 20 148 100 2 re f 0 0 0 .5 k 20 148 100 2 re f", LINE },
		{ "/C cs 0 scn 20 148 100 2 re f 1 scn 20 148 100 2 re f", LINE },
		{ "/Hidden gs 20 148 100 2 re f", "" },
		/* matrices, states, clips */
		{ "q 2 0 0 .5 0 0 cm 10 296 50 4 re f Q", LINE },
		{ "q 0 1 -1 0 0 0 cm 10 -60 50 2 re f Q", "58 140 60 190" },
		{ "q 1 g Q 20 148 100 2 re f Q Q", LINE },
		{ "q 0 0 120 200 re W n 20 148 200 2 re f Q", LINE },
		{ "q 0 0 10 10 re W n 20 148 200 2 re f Q 20 148 100 2 re f", LINE },
		/* text is passed over, whatever it looks like */
		{ "BT /F 9 Tf (20 20 90 1 re f \\) \\\\) Tj [(a)-20<4142>-3(\\(re f)]TJ ET "
		  "/A<</B true/C[1 2]>>BDC % 1 1 90 1 re f\n20 148 100 2 re f EMC",
			LINE },
		{ "BI /W 1 /H 1 /BPC 8 /CS /G ID \nEIx EI 20 148 100 2 re f", "0 199 1 200;" LINE },
		/* pictures: thin ones are lines */
		{ "q 100 0 0 2 20 148 cm /Im Do Q", LINE },
		{ "q 100 0 0 50 20 100 cm /Im Do Q", "pictures 5000" },
		/* forms, with a matrix and a box of their own */
		{ "/Form Do", "30 40 100 42" },
		/* a line of the colour of what is beside it is not seen */
		{ ".2 .2 .6 rg 20 100 40 50 re f 61 100 40 50 re f 60 100 1 50 re f", "" },
		{ "0.6 g 20 100 40 50 re f 61 100 40 50 re f 0 g 60 100 1 50 re f",
			"60 50 61 100" },
		/* what can't be told without drawing */
		{ "20 148 100 2 re f 1 g 10 140 200 20 re f", "drawn" },
		{ "20 20 200 150 re 21 21 198 148 re f*", "drawn" },
		{ "20 20 m 90 20 l 90 50 l 60 50 l 60 80 l 20 80 l f", "drawn" },
		{ "0 g 0 0 300 200 re f 1 g 20 20 90 90 re f", "drawn" },
		{ "/OC /Layer BDC 20 148 100 2 re f EMC", "drawn" },
		{ "/Layered Do", "drawn" },
		{ "1 2 3 re f", "drawn" },
		{ "/F#6frm Do", "drawn" },
	};
	const PlainPdf pdf = {
		.resources = "<</XObject<</Im<</Subtype/Image>>/Layered<</OC 1 0 R>>/Form "
			     "5 0 R>>/ColorSpace<</C[/Separation/Ink/DeviceGray 1 0 R]>>"
			     "/ExtGState<</Hidden<</ca 0>>>>>>",
		.form = "/Subtype/Form/BBox[0 0 100 200]/Matrix[1 0 0 1 0 10]",
		.within = "30 148 100 2 re f"
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *marks = marks_of(&pdf, rows[i].content);
		g_test_message("%s", rows[i].content);
		g_assert_cmpstr(marks, ==, rows[i].marks);
	}
}

/* Turned and cropped pages: the line from (20,148) to (120,150) of the page's own units. */
static void
test_pages(void)
{
	static const struct {
		const char *page;
		double width, height;
		const char *marks;
	} rows[] = {
		{ "", 300, 200, LINE },
		{ "/Rotate 90", 200, 300, "148 20 150 120" },
		{ "/Rotate 180", 300, 200, "180 148 280 150" },
		{ "/Rotate -90", 200, 300, "50 180 52 280" },
		{ "/CropBox[10 100 150 180]", 140, 80, "10 30 110 32" },
		{ "/CropBox[10 100 150 180]/Rotate 90", 80, 140, "48 10 50 110" },
		{ "/MediaBox[0 100 300 200]", 300, 100, LINE },
		{ "/Rotate 45", 300, 200, "drawn" },
		{ "", 299, 200, "drawn" },
	};
	static const char line[] = "20 148 100 2 re f";
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const PlainPdf pdf = { .page = rows[i].page };
		g_autoptr(GBytes) file = plain_pdf(&pdf, line, strlen(line));
		g_autofree char *marks = marks_of_file(file, rows[i].width, rows[i].height);
		g_assert_cmpstr(marks, ==, rows[i].marks);
	}
}

static void
test_filters(void)
{
	static const char line[] = "20 148 100 2 re f";
	Bytef packed[200];
	uLongf size = sizeof packed;
	g_assert_cmpint(compress(packed, &size, (const Bytef *)line, strlen(line)), ==, Z_OK);
	GString *hex = g_string_new(NULL);
	for (uLongf i = 0; i < size; i++)
		g_string_append_printf(hex, "%02x%s", packed[i], i % 7 ? "" : "\n");
	const struct {
		const char *keys;
		const void *data;
		gsize size;
		const char *marks;
	} rows[] = {
		{ "/Filter/FlateDecode", packed, size, LINE },
		{ "/Filter[/FlateDecode]", packed, size, LINE },
		{ "/Filter[/ASCIIHexDecode/FlateDecode]", hex->str, hex->len, LINE },
		{ "/Filter/ASCII85Decode", "1,'h*1cQU40JFV)+ED$9Ac~>", 24, LINE },
		{ "/Filter/ASCII85Decode", "1,(C\x01)", 6, "drawn" },
		{ "/Filter/ASCIIHexDecode", "3g", 2, "drawn" },
		{ "/Filter/FlateDecode", "no", 2, "drawn" },
		{ "/Filter/LZWDecode", line, strlen(line), "drawn" },
		{ "/Filter/FlateDecode/DecodeParms<</Predictor 12>>", packed, size, "drawn" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const PlainPdf pdf = { .stream = rows[i].keys };
		g_autoptr(GBytes) file = plain_pdf(&pdf, rows[i].data, rows[i].size);
		g_autofree char *marks = marks_of_file(file, 300, 200);
		g_test_message("%s", rows[i].keys);
		g_assert_cmpstr(marks, ==, rows[i].marks);
	}
	g_string_free(hex, TRUE);
}

/* Encrypted or broken files, forms without end and greed are left to Poppler. */
static void
test_refused(void)
{
	const PlainPdf locked = { .trailer = "/Encrypt 1 0 R" };
	const PlainPdf looped = { .resources = "<</XObject<</F 5 0 R>>>>",
		.form = "/Subtype/Form",
		.within = "/F Do /F Do" };
	g_autofree char *encrypted = marks_of(&locked, "20 148 100 2 re f");
	g_autofree char *endless = marks_of(&looped, "/F Do");
	g_assert_cmpstr(encrypted, ==, "drawn");
	g_assert_cmpstr(endless, ==, "drawn");
	GString *greedy = g_string_new(NULL);
	for (int i = 0; i < 70000; i++)
		g_string_append(greedy, "0 9 9 1 re f\n");
	g_autofree char *many = marks_of(&(PlainPdf){ 0 }, greedy->str);
	g_assert_cmpstr(many, ==, "drawn");
	g_string_free(greedy, TRUE);
	static const char broken[] =
		"%PDF-1.5\n1 0 obj<</Pages 2 0 R>>endobj trailer<</Root 1 0 R>>";
	g_assert_null(pdf_pages_open((const unsigned char *)broken, strlen(broken), 1));
	g_autoptr(GBytes) whole = plain_pdf(&(PlainPdf){ 0 }, "", 0);
	g_assert_null(pdf_pages_open(g_bytes_get_data(whole, NULL), g_bytes_get_size(whole), 2));
}

/* ---- what cairo writes ----------------------------------------------------------------------- */

static cairo_status_t
take_bytes(void *closure, const unsigned char *data, unsigned int size)
{
	g_byte_array_append(closure, data, size);
	return CAIRO_STATUS_SUCCESS;
}

/* A table of 3 x 4 cells: its lines stroked, dashed, or filled as bars; a shaded head; text. */
static GBytes *
draw_table(bool filled, bool dashed, double width)
{
	GByteArray *bytes = g_byte_array_new();
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(take_bytes, bytes, 595, 842);
	cairo_t *cr = cairo_create(surface);
	const double dash = 1.5;
	cairo_set_source_rgb(cr, 0.8, 0.9, 1);
	cairo_rectangle(cr, 80, 200, 360, 30);
	cairo_fill(cr);
	cairo_set_source_rgb(cr, 0, 0, 0);
	cairo_set_line_width(cr, width);
	cairo_set_dash(cr, &dash, dashed, 0);
	for (int i = 0; i < 5; i++)
		cairo_rectangle(cr, 80, 200 + 30 * i - width / 2, 360, width);
	for (int i = 0; i < 4; i++)
		cairo_rectangle(cr, 80 + 120 * i - width / 2, 200, width, 120);
	if (filled) {
		cairo_fill(cr);
	} else {
		cairo_new_path(cr);
		for (int i = 0; i < 12; i++)
			cairo_rectangle(cr, 80 + 120 * (i % 3), 200 + 30 * (i / 3), 120, 30);
		cairo_stroke(cr);
	}
	cairo_move_to(cr, 90, 220);
	cairo_show_text(cr, "HIlT L");
	cairo_destroy(cr);
	cairo_surface_finish(surface);
	cairo_surface_destroy(surface);
	return g_byte_array_free_to_bytes(bytes);
}

/* The grids, to the nearest point. */
static char *
grid_text(PdfRules *rules)
{
	g_autoptr(GPtrArray) grids = pdf_grids_find(rules);
	GString *out = g_string_new(NULL);
	for (guint i = 0; i < grids->len; i++) {
		const PdfGrid *grid = grids->pdata[i];
		g_string_append_printf(out, "%d x %d, %u cells at %.0f,%.0f;", grid->n_rows,
			grid->n_columns, grid->cells->len, grid->box.x0, grid->box.y0);
	}
	g_array_unref(rules->horizontal);
	g_array_unref(rules->vertical);
	return g_string_free(out, FALSE);
}

static void
test_tables(void)
{
	static const struct {
		bool filled, dashed;
		double width;
	} rows[] = { { false, false, 0.5 }, { false, false, 1.5 }, { true, false, 0.5 },
		{ true, false, 1.5 }, { false, true, 1 } };
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = draw_table(rows[i].filled, rows[i].dashed, rows[i].width);
		PdfState state;
		g_autofree char *why = NULL;
		g_autoptr(PdfFile) file = pdf_file_open(bytes, &state, &why);
		const PdfPage page = { .number = 1, .width_pt = 595, .height_pt = 842 };
		g_auto(PdfDrawing) drawing = { 0 };
		PdfRules rules = { 0 };
		g_assert_true(pdf_file_drawing(file, &page, &drawing));
		pdf_rules_of_marks(drawing.bars, &rules);
		g_autofree char *grid = grid_text(&rules);
		g_assert_cmpstr(grid, ==, "4 x 3, 12 cells at 80,200;");
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pdf-drawing/content", test_content);
	g_test_add_func("/pdf-drawing/pages", test_pages);
	g_test_add_func("/pdf-drawing/filters", test_filters);
	g_test_add_func("/pdf-drawing/refused", test_refused);
	g_test_add_func("/pdf-drawing/tables", test_tables);
	return g_test_run();
}
