/* word/styles.xml and direct properties to how runs and paragraphs look. */
#include "decode/docx_styles.h"

#include "document/doc.h"

#include <string.h>

#define DEFAULT_HALF_POINTS 20 /* ISO 29500-1, 17.3.2.38 */
#define CHAIN_MAX 20           /* steps of w:basedOn; a circle ends here */

typedef struct {
	const char *id, *based_on;
	RunProps run;
	ParaProps para;
	signed char lines; /* Switch: borders of a table style */
	bool paragraph;    /* w:type="paragraph" */
} Style;

struct Styles {
	GStringChunk *names;
	GHashTable *by_id; /* to Style */
	RunProps default_run;
	ParaProps default_para;
	const char *default_style; /* of paragraphs */
	const char *minor, *major; /* theme fonts */
	Style *open;               /* while reading */
};

const RunProps run_props_unset = { .bold = UNSET,
	.italic = UNSET,
	.underline = UNSET,
	.caps = UNSET,
	.hidden = UNSET,
	.raised = UNSET };
const ParaProps para_props_unset = {
	.align = UNSET, .list = UNSET, .level = UNSET, .outline = UNSET, .break_before = UNSET
};

Styles *
styles_new(GStringChunk *names)
{
	Styles *styles = g_new0(Styles, 1);
	styles->names = names;
	styles->by_id = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	styles->default_run = run_props_unset;
	styles->default_para = para_props_unset;
	return styles;
}

void
styles_free(Styles *styles)
{
	if (!styles)
		return;
	g_hash_table_unref(styles->by_id);
	g_free(styles);
}

/* ---- direct properties --------------------------------------------------------------------- */

static const char *
keep_attribute(const Styles *styles, const Sax *sax, const char *name)
{
	char value[256];
	if (!sax_attribute(sax, name, value, sizeof value) || !*value)
		return NULL;
	return g_string_chunk_insert_const(styles->names, value);
}

/* `like`: a kept name that it may well be again, or NULL. */
static const char *
font_attribute(const Styles *styles, const Sax *sax, const char *plain, const char *theme,
	const char *like)
{
	char value[256];
	if (sax_attribute(sax, theme, value, 64)) {
		const char *font = g_str_has_prefix(value, "major") ? styles->major : styles->minor;
		if (font)
			return font;
	}
	if (!sax_attribute(sax, plain, value, sizeof value) || !*value)
		return NULL;
	return like && sax_same(value, like) ? like
					     : g_string_chunk_insert_const(styles->names, value);
}

static void
take_fonts(const Styles *styles, RunProps *props, const Sax *sax)
{
	const char *ascii = font_attribute(styles, sax, "ascii", "asciiTheme", NULL);
	const char *latin1 = font_attribute(styles, sax, "hAnsi", "hAnsiTheme", ascii);
	props->font = ascii ? ascii : props->font;
	props->font_latin1 = latin1 ? latin1 : props->font_latin1;
}

void
styles_take_run(const Styles *styles, RunProps *props, const Sax *sax)
{
	signed char *const switches[] = { &props->bold, &props->italic, &props->underline,
		&props->caps, &props->hidden };
	static const char *const names[] = { "b", "i", "u", "caps", "vanish" };
	const char *name = sax_parent(sax, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (sax_same(name, names[i]))
			*switches[i] = sax_on(sax);
	if (sax_same(name, "sz"))
		props->half_points = CLAMP(sax_int(sax, "val", 0), 0, 4000);
	else if (sax_same(name, "vertAlign"))
		props->raised = sax_is(sax, "val", "superscript");
	else if (sax_same(name, "rFonts"))
		take_fonts(styles, props, sax);
	else if (sax_same(name, "rStyle"))
		props->style = keep_attribute(styles, sax, "val");
}

static int
read_align(const Sax *sax)
{
	static const struct {
		const char *value;
		Align align;
	} rows[] = {
		{ "left", ALIGN_LEFT },
		{ "start", ALIGN_LEFT },
		{ "center", ALIGN_CENTER },
		{ "right", ALIGN_RIGHT },
		{ "end", ALIGN_RIGHT },
		{ "both", ALIGN_JUSTIFY },
		{ "distribute", ALIGN_JUSTIFY },
	};
	char value[32];
	bool given = sax_attribute(sax, "val", value, sizeof value);
	for (size_t i = 0; given && i < G_N_ELEMENTS(rows); i++)
		if (sax_same(value, rows[i].value))
			return (int)rows[i].align;
	return UNSET;
}

void
styles_take_para(const Styles *styles, ParaProps *props, const Sax *sax)
{
	const char *name = sax_parent(sax, 0);
	if (strcmp(name, "jc") == 0)
		props->align = read_align(sax);
	else if (strcmp(name, "numId") == 0)
		props->list = sax_int(sax, "val", UNSET);
	else if (strcmp(name, "ilvl") == 0)
		props->level = CLAMP(sax_int(sax, "val", 0), 0, 8);
	else if (strcmp(name, "outlineLvl") == 0)
		props->outline = CLAMP(sax_int(sax, "val", 9), 0, 9);
	else if (strcmp(name, "pageBreakBefore") == 0)
		props->break_before = sax_on(sax);
	else if (strcmp(name, "pStyle") == 0)
		props->style = keep_attribute(styles, sax, "val");
}

/* ---- reading styles.xml -------------------------------------------------------------------- */

static void
on_style(Sax *sax, void *user)
{
	Styles *styles = user;
	const char *id = keep_attribute(styles, sax, "styleId");
	if (!id || g_hash_table_contains(styles->by_id, id)) {
		sax_skip(sax);
		return;
	}
	Style *style = g_new0(Style, 1);
	*style = (Style){ .id = id,
		.run = run_props_unset,
		.para = para_props_unset,
		.lines = UNSET,
		.paragraph = sax_is(sax, "type", "paragraph") };
	g_hash_table_insert(styles->by_id, (gpointer)id, style);
	char is_default[8];
	if (style->paragraph && sax_attribute(sax, "default", is_default, sizeof is_default) &&
		(strcmp(is_default, "1") == 0 || strcmp(is_default, "true") == 0 ||
			strcmp(is_default, "on") == 0))
		styles->default_style = id;
	styles->open = style;
}

static void
end_style(Sax *sax, void *user)
{
	(void)sax;
	((Styles *)user)->open = NULL;
}

static void
on_based_on(Sax *sax, void *user)
{
	Styles *styles = user;
	if (styles->open)
		styles->open->based_on = keep_attribute(styles, sax, "val");
}

static void
on_run_prop(Sax *sax, void *user)
{
	Styles *styles = user;
	if (sax_inside(sax, 1, "rPr"))
		styles_take_run(
			styles, styles->open ? &styles->open->run : &styles->default_run, sax);
}

static void
on_para_prop(Sax *sax, void *user)
{
	Styles *styles = user;
	if (sax_inside(sax, 1, "pPr") || sax_inside(sax, 1, "numPr"))
		styles_take_para(
			styles, styles->open ? &styles->open->para : &styles->default_para, sax);
}

static void
on_border(Sax *sax, void *user)
{
	Styles *styles = user;
	if (styles->open && sax_inside(sax, 1, "tblBorders"))
		styles->open->lines = styles->open->lines == ON ||
			!(sax_is(sax, "val", "none") || sax_is(sax, "val", "nil"));
}

static const SaxElement style_elements[] = {
	{ "style", SAX_WORD, on_style, end_style, 0 },
	{ "basedOn", SAX_WORD, on_based_on, NULL, 0 },
	{ "tblStylePr", SAX_WORD, NULL, NULL, SAX_SKIP },
	STYLE_RUN_ROWS(on_run_prop),
	STYLE_PARA_ROWS(on_para_prop),
	{ "top", SAX_WORD, on_border, NULL, 0 },
	{ "bottom", SAX_WORD, on_border, NULL, 0 },
	{ "insideH", SAX_WORD, on_border, NULL, 0 },
	{ "insideV", SAX_WORD, on_border, NULL, 0 },
	{ .name = NULL },
};

bool
styles_read(Styles *styles, GBytes *bytes, const char *part, const Limits *limits, GError **err)
{
	bool ok = sax_parse(bytes, part, style_elements, styles, limits, err);
	styles->open = NULL;
	return ok;
}

static void
on_latin(Sax *sax, void *user)
{
	Styles *styles = user;
	const char *font = keep_attribute(styles, sax, "typeface");
	if (sax_inside(sax, 1, "majorFont"))
		styles->major = font;
	else if (sax_inside(sax, 1, "minorFont"))
		styles->minor = font;
}

bool
styles_read_theme(
	Styles *styles, GBytes *bytes, const char *part, const Limits *limits, GError **err)
{
	static const SaxElement elements[] = {
		{ "latin", SAX_DRAWING, on_latin, NULL, 0 },
		{ .name = NULL },
	};
	return sax_parse(bytes, part, elements, styles, limits, err);
}

/* ---- resolving ----------------------------------------------------------------------------- */

static void
fill_switch(signed char *value, signed char from)
{
	if (*value == UNSET)
		*value = from;
}

static void
fill_run(RunProps *props, const RunProps *from)
{
	fill_switch(&props->bold, from->bold);
	fill_switch(&props->italic, from->italic);
	fill_switch(&props->underline, from->underline);
	fill_switch(&props->caps, from->caps);
	fill_switch(&props->hidden, from->hidden);
	fill_switch(&props->raised, from->raised);
	props->half_points = props->half_points ? props->half_points : from->half_points;
	props->font = props->font ? props->font : from->font;
	props->font_latin1 = props->font_latin1 ? props->font_latin1 : from->font_latin1;
}

static void
fill_para(ParaProps *props, const ParaProps *from)
{
	if (props->align == UNSET)
		props->align = from->align;
	if (props->list == UNSET)
		props->list = from->list;
	if (props->level == UNSET)
		props->level = from->level;
	if (props->outline == UNSET)
		props->outline = from->outline;
	fill_switch(&props->break_before, from->break_before);
}

static const Style *
lookup(const Styles *styles, const char *id)
{
	return id ? g_hash_table_lookup(styles->by_id, id) : NULL;
}

/* All that a style and those it is based on say about runs. */
static RunProps
chain_run(const Styles *styles, const char *id)
{
	RunProps props = run_props_unset;
	const Style *style = lookup(styles, id);
	for (int i = 0; style && i < CHAIN_MAX; i++, style = lookup(styles, style->based_on))
		fill_run(&props, &style->run);
	return props;
}

ParaProps
styles_resolve_para(const Styles *styles, const ParaProps *direct)
{
	ParaProps props = *direct;
	if (!lookup(styles, props.style))
		props.style = styles->default_style;
	const Style *style = lookup(styles, props.style);
	for (int i = 0; style && i < CHAIN_MAX; i++, style = lookup(styles, style->based_on))
		fill_para(&props, &style->para);
	fill_para(&props, &styles->default_para);
	return props;
}

/* A switch that both the paragraph's and the run's style turn on is off again (ISO
 * 29500-1, 17.7.3). */
static void
toggle(signed char *run, signed char para)
{
	if (*run == ON && para == ON)
		*run = OFF;
	else if (*run != ON && para != UNSET)
		*run = para;
}

RunProps
styles_resolve_run(const Styles *styles, const char *para_style, const RunProps *direct)
{
	const char *id = lookup(styles, para_style) ? para_style : styles->default_style;
	RunProps para = chain_run(styles, id);
	RunProps run = chain_run(styles, direct->style);
	toggle(&run.bold, para.bold);
	toggle(&run.italic, para.italic);
	toggle(&run.caps, para.caps);
	toggle(&run.hidden, para.hidden);
	RunProps props = *direct;
	fill_run(&props, &run);
	fill_run(&props, &para);
	fill_run(&props, &styles->default_run);
	if (!props.half_points)
		props.half_points = DEFAULT_HALF_POINTS;
	return props;
}

bool
styles_table_has_lines(const Styles *styles, const char *id)
{
	const Style *style = lookup(styles, id);
	for (int i = 0; style && i < CHAIN_MAX; i++, style = lookup(styles, style->based_on))
		if (style->lines != UNSET)
			return style->lines == ON;
	return false;
}
