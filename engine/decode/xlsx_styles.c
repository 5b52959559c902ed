/* xl/styles.xml to the look of each cell style: font, number format, border, alignment. */
#include "decode/xlsx_format.h"
#include "decode/xlsx_reader.h"

#include <string.h>

struct XlsxStyles {
	GStringChunk *names;
	GHashTable *codes; /* number of a format to its code */
	GArray *fonts;     /* of Look: font, size, bold, italic */
	GArray *borders;   /* of bool */
	GArray *looks;     /* of Look */
	Look plain;
};

XlsxStyles *
xlsx_styles_new(GStringChunk *names)
{
	XlsxStyles *styles = g_new0(XlsxStyles, 1);
	styles->names = names;
	styles->codes = g_hash_table_new(g_direct_hash, g_direct_equal);
	styles->fonts = g_array_new(FALSE, TRUE, sizeof(Look));
	styles->borders = g_array_new(FALSE, TRUE, sizeof(bool));
	styles->looks = g_array_new(FALSE, TRUE, sizeof(Look));
	return styles;
}

void
xlsx_styles_free(XlsxStyles *styles)
{
	if (!styles)
		return;
	g_hash_table_unref(styles->codes);
	g_array_unref(styles->fonts);
	g_array_unref(styles->borders);
	g_array_unref(styles->looks);
	g_free(styles);
}

static void
on_format(Sax *sax, void *user)
{
	XlsxStyles *styles = user;
	char code[512];
	int id = sax_int(sax, "numFmtId", -1);
	if (id >= 0 && sax_attribute(sax, "formatCode", code, sizeof code))
		g_hash_table_insert(styles->codes, GINT_TO_POINTER(id + 1),
			(gpointer)g_string_chunk_insert_const(styles->names, code));
}

/* The last of a list whose items are being read, when it stands in the list of that name. */
static void *
last_of(GArray *array, const Sax *sax, int steps, const char *list)
{
	if (!sax_inside(sax, steps, list) || !array->len)
		return NULL;
	return array->data + (gsize)(array->len - 1) * g_array_get_element_size(array);
}

static void
on_font(Sax *sax, void *user)
{
	XlsxStyles *styles = user;
	if (sax_inside(sax, 1, "fonts"))
		g_array_append_vals(styles->fonts, &(Look){ .font = NULL }, 1);
}

static void
on_font_part(Sax *sax, void *user)
{
	XlsxStyles *styles = user;
	Look *font = last_of(styles->fonts, sax, 2, "fonts");
	char value[128];
	if (!font)
		return;
	if (sax_inside(sax, 0, "name") && sax_attribute(sax, "val", value, sizeof value))
		font->font = g_string_chunk_insert_const(styles->names, value);
	else if (sax_inside(sax, 0, "sz") && sax_attribute(sax, "val", value, sizeof value))
		font->size_pt = CLAMP(g_ascii_strtod(value, NULL), 0, 1000);
	else if (sax_inside(sax, 0, "b"))
		font->bold = sax_on(sax);
	else if (sax_inside(sax, 0, "i"))
		font->italic = sax_on(sax);
}

static void
on_border(Sax *sax, void *user)
{
	XlsxStyles *styles = user;
	if (sax_inside(sax, 1, "borders"))
		g_array_append_vals(styles->borders, &(bool){ false }, 1);
}

static void
on_border_side(Sax *sax, void *user)
{
	XlsxStyles *styles = user;
	bool *border = last_of(styles->borders, sax, 2, "borders");
	char style[32];
	if (border && sax_attribute(sax, "style", style, sizeof style))
		*border |= strcmp(style, "none") != 0;
}

static const char *
code_of(const XlsxStyles *styles, int id)
{
	const char *code = g_hash_table_lookup(styles->codes, GINT_TO_POINTER(id + 1));
	return code ? code : xlsx_format_code(id);
}

static void
on_look(Sax *sax, void *user)
{
	XlsxStyles *styles = user;
	if (!sax_inside(sax, 1, "cellXfs"))
		return;
	int font = sax_int(sax, "fontId", -1), border = sax_int(sax, "borderId", -1);
	Look look = { .font = NULL };
	if (font >= 0 && font < (int)styles->fonts->len)
		look = g_array_index(styles->fonts, Look, font);
	if (border >= 0 && border < (int)styles->borders->len)
		look.border = g_array_index(styles->borders, bool, border);
	look.code = code_of(styles, sax_int(sax, "numFmtId", 0));
	g_array_append_val(styles->looks, look);
}

static void
on_alignment(Sax *sax, void *user)
{
	static const struct {
		const char *name;
		Align align;
		bool across;
	} rows[] = {
		{ "center", ALIGN_CENTER, false },
		{ "centerContinuous", ALIGN_CENTER, true },
		{ "right", ALIGN_RIGHT, false },
		{ "justify", ALIGN_JUSTIFY, false },
	};
	XlsxStyles *styles = user;
	Look *look = last_of(styles->looks, sax, 2, "cellXfs");
	for (size_t i = 0; look && i < G_N_ELEMENTS(rows); i++) {
		if (!sax_is(sax, "horizontal", rows[i].name))
			continue;
		look->align = rows[i].align;
		look->across = rows[i].across;
	}
}

static const SaxElement elements[] = {
	{ "numFmt", SAX_ANY, on_format, NULL, 0 },
	{ "font", SAX_ANY, on_font, NULL, 0 },
	{ "name", SAX_ANY, on_font_part, NULL, 0 },
	{ "sz", SAX_ANY, on_font_part, NULL, 0 },
	{ "b", SAX_ANY, on_font_part, NULL, 0 },
	{ "i", SAX_ANY, on_font_part, NULL, 0 },
	{ "border", SAX_ANY, on_border, NULL, 0 },
	{ "left", SAX_ANY, on_border_side, NULL, 0 },
	{ "right", SAX_ANY, on_border_side, NULL, 0 },
	{ "top", SAX_ANY, on_border_side, NULL, 0 },
	{ "bottom", SAX_ANY, on_border_side, NULL, 0 },
	{ "xf", SAX_ANY, on_look, NULL, 0 },
	{ "alignment", SAX_ANY, on_alignment, NULL, 0 },
	{ "extLst", SAX_ANY, NULL, NULL, SAX_SKIP },
	{ .name = NULL },
};

bool
xlsx_styles_read(
	XlsxStyles *styles, GBytes *bytes, const char *part, const Limits *limits, GError **err)
{
	return sax_parse(bytes, part, elements, styles, limits, err);
}

const Look *
xlsx_styles_look(const XlsxStyles *styles, int index)
{
	if (index < 0 || index >= (int)styles->looks->len)
		return &styles->plain;
	return &g_array_index(styles->looks, Look, index);
}
