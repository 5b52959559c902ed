/* vanthu extract FILE: the fields, records and findings that the rules read out of a file. */
#include "tool/command.h"

#include "tool/intake.h"

#include <string.h>

static int
explain(Call *call, GError **err)
{
	g_autoptr(GBytes) bytes = intake_read_file(call->args[0], err);
	if (!bytes)
		return EXIT_REFUSED;
	g_autofree char *name = g_path_get_basename(call->args[0]);
	g_autoptr(Doc) doc = decoders_read(call->engine->decoders, bytes, name, err);
	if (!doc)
		return EXIT_SYSTEM;
	const char *page = call_option(call, "html");
	g_autofree char *text = page ? extract_explain_html(call->engine->rules, doc, name,
					       strcmp(call->engine->language, "vi") == 0)
				     : extract_explain(call->engine->rules, doc);
	if (!page)
		g_string_append(call->out, text);
	else if (!g_file_set_contents(page, text, -1, err))
		return EXIT_SYSTEM;
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
	{ "html", "OUT.html",
		N_("the same as a page: the document with a box around every value") },
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
