/*
 * How runs and paragraphs of a DOCX look: direct properties, and the styles they come from
 * (w:basedOn chains and document defaults resolved).
 */
#ifndef VANTHU_DECODE_DOCX_STYLES_H
#define VANTHU_DECODE_DOCX_STYLES_H

#include "decode/docx_sax.h"

/* A switch that may be unset. */
typedef enum { UNSET = -1, OFF = 0, ON = 1 } Switch;

typedef struct {
	signed char bold, italic, underline, caps, hidden; /* Switch */
	signed char raised;                                /* superscript */
	int half_points;                                   /* 0 = unset */
	const char *font;                                  /* for ASCII; NULL = unset */
	const char *font_latin1; /* w:hAnsi: for é, à …: what decides on legacy fonts */
	const char *style;       /* w:rStyle */
} RunProps;

typedef struct {
	int align;       /* Align, or UNSET */
	int list, level; /* w:numId and w:ilvl, or UNSET */
	int outline;     /* from 0, or UNSET */
	signed char break_before;
	const char *style; /* w:pStyle */
} ParaProps;

extern const RunProps run_props_unset;
extern const ParaProps para_props_unset;

typedef struct Styles Styles;

/* All names are kept in `names`, which must outlive the styles. */
Styles *styles_new(GStringChunk *names);
void styles_free(Styles *styles);
/* word/theme/theme1.xml, before the styles: what "minorHAnsi" means. */
bool styles_read_theme(
	Styles *styles, GBytes *bytes, const char *part, const Limits *limits, GError **err);
bool styles_read(
	Styles *styles, GBytes *bytes, const char *part, const Limits *limits, GError **err);

/* Takes the property of the element that is visited (a child of w:rPr, w:pPr), if it is one. */
void styles_take_run(const Styles *styles, RunProps *props, const Sax *sax);
void styles_take_para(const Styles *styles, ParaProps *props, const Sax *sax);
/* clang-format off */
/* Rows of a reader's table for all elements that these two know. */
#define STYLE_RUN_ROWS(visit) \
	{ "b", SAX_WORD, (visit), NULL, 0 }, { "i", SAX_WORD, (visit), NULL, 0 }, \
	{ "u", SAX_WORD, (visit), NULL, 0 }, { "caps", SAX_WORD, (visit), NULL, 0 }, \
	{ "vanish", SAX_WORD, (visit), NULL, 0 }, { "sz", SAX_WORD, (visit), NULL, 0 }, \
	{ "vertAlign", SAX_WORD, (visit), NULL, 0 }, \
	{ "rFonts", SAX_WORD, (visit), NULL, 0 }, { "rStyle", SAX_WORD, (visit), NULL, 0 }
#define STYLE_PARA_ROWS(visit) \
	{ "jc", SAX_WORD, (visit), NULL, 0 }, { "numId", SAX_WORD, (visit), NULL, 0 }, \
	{ "ilvl", SAX_WORD, (visit), NULL, 0 }, { "outlineLvl", SAX_WORD, (visit), NULL, 0 }, \
	{ "pageBreakBefore", SAX_WORD, (visit), NULL, 0 }, { "pStyle", SAX_WORD, (visit), NULL, 0 }
/* clang-format on */

/* What a paragraph is, its style (or the default one) filled in where it says nothing itself. */
ParaProps styles_resolve_para(const Styles *styles, const ParaProps *direct);
/* The same for a run in a paragraph of style `para_style` (NULL = default). */
RunProps styles_resolve_run(const Styles *styles, const char *para_style, const RunProps *direct);
/* Whether a table style draws lines. */
bool styles_table_has_lines(const Styles *styles, const char *style);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Styles, styles_free)

#endif
