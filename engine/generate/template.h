/*
 * Templates: a document with holes, and data to fill them.
 *
 *	{{ expression }}                         the value, as text
 *	{% for expression %} … {% end %}         once for each element that the expression names
 *	{% if expression %} … {% else %} … {% end %}
 *
 * Expressions are XPath (document/query.h). The context is the root of the data; in a loop the
 * element at hand, and index() counts. DOCX, XHTML, SVG and XML are filled by the same engine: a
 * template is compiled once to spans of its own bytes and operations between them. Same template,
 * same data: same bytes.
 *
 * A tag that does not end, an unknown word in a block tag and a block that ends where it can't be
 * left out or repeated are mistakes of the template. Braces that are none: {{ concat('{', '{') }}.
 *
 * A value that is not there (no element, or one without text) is a finding with its place, unless
 * the expression says what to write instead: default(x, '…').
 */
#ifndef VANTHU_GENERATE_TEMPLATE_H
#define VANTHU_GENERATE_TEMPLATE_H

#include "document/finding.h"
#include "document/query.h"

typedef struct Template Template;

/* DOCX when it is a ZIP, else text that is XML. `name` is for messages. ERR_FORMAT lists every
 * mistake of the template, one a line, with its place. */
Template *template_compile(GBytes *bytes, const char *name, GError **err);
void template_free(Template *template);

/* NULL when something is missing (then findings tell all of it, in one pass) or on error (then *err
 * is set: an expression that names no elements in a loop; ERR_LIMIT when one expression or all of it
 * takes too long, or the result is above 64 MiB). */
GBytes *template_fill(const Template *template, xmlDoc *data, const QueryWorld *world,
	GPtrArray *findings, GError **err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Template, template_free)

#endif
