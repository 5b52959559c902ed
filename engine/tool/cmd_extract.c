/* vanthu extract FILE: the fields, records and findings that the rules read out of a file. */
#include "tool/command.h"

#include "tool/intake.h"

#include <string.h>

/* Pages behind these are shown by their words: a page is 100 KB and more. */
enum { MAX_PICTURES = 30 };

static void
drop_picture(gpointer png)
{
	if (png)
		g_bytes_unref(png);
}

static GPtrArray *
draw_pages(Call *call, GBytes *bytes, const Doc *doc)
{
	GPtrArray *pictures = g_ptr_array_new_with_free_func(drop_picture);
	for (guint i = 0; i < MIN(doc->pages->len, MAX_PICTURES); i++)
		g_ptr_array_add(
			pictures, decoders_preview(call->engine->decoders, bytes, (int)i + 1));
	return pictures;
}

static bool
write_page(Call *call, GBytes *bytes, const Doc *doc, const char *name, GError **err)
{
	g_autoptr(GPtrArray) pictures = draw_pages(call, bytes, doc);
	g_autofree char *page = extract_explain_html(call->engine->rules, doc, name,
		strcmp(call->engine->language, "vi") == 0, pictures);
	return g_file_set_contents(call_option(call, "html"), page, -1, err);
}

static int
explain(Call *call, GError **err)
{
	g_autoptr(GBytes) bytes = intake_read_file(call->args[0], err);
	if (!bytes)
		return EXIT_REFUSED;
	g_autofree char *name = g_path_get_basename(call->args[0]);
	g_autoptr(Doc) doc = decoders_read(call->engine->decoders, bytes, name, err);
	if (!doc || (call_has(call, "html") && !write_page(call, bytes, doc, name, err)))
		return EXIT_SYSTEM;
	g_autofree char *text = call_has(call, "explain")
		? extract_explain(call->engine->rules, doc)
		: g_strdup("");
	g_string_append(call->out, text);
	return doc_refusal(doc) ? EXIT_REFUSED : EXIT_OK;
}

static int
run(Call *call, GError **err)
{
	if (call_has(call, "explain") || call_has(call, "html"))
		return explain(call, err);
	g_autoptr(Intake) intake = intake_read_path(call->engine, call->args[0], NULL, NULL, err);
	if (!intake)
		return EXIT_REFUSED;
	if (call->json)
		reading_print_json(intake->reading, call->engine->language, call->out);
	else
		reading_print_text(intake->reading, call->engine->language, call->out);
	if (intake_refusal(intake->reading))
		return EXIT_REFUSED;
	return findings_worst(intake->reading->findings) == SEVERITY_ERROR ? EXIT_FINDING : EXIT_OK;
}

static const Option options[] = {
	{ "explain", NULL, N_("tell for every field which rule matched where, or why none did") },
	{ "html", "OUT.html", N_("the same as a page: the pages with a box around every value") },
	{ 0 },
};

const Command cmd_extract = {
	.name = "extract",
	.arguments = "FILE",
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_RULES | NEEDS_DECODERS,
	.help = N_("show the fields, tables and findings read from a file or folder"),
	.options = options,
	.run = run,
};
