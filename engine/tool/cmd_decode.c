/* vanthu decode FILE: what the helper made of a file, as tree, text or JSON. */
#include "tool/command.h"

#include "tool/intake.h"

#include "document/json.h"

static void
print_json(const Doc *doc, const char *file, const char *language, GString *out)
{
	Json json;
	json_init(&json, out);
	json_object(&json, NULL);
	json_text(&json, "file", file);
	json_text(&json, "format", doc->format);
	json_int(&json, "pages", doc->pages->len);
	json_int(&json, "attachments", doc->attachments->len);
	g_autofree char *text = doc_text(doc);
	json_text(&json, "text", text);
	g_autoptr(GString) tree = g_string_new(NULL);
	doc_print(doc, DOC_PRINT_TREE, tree);
	json_text(&json, "tree", tree->str);
	findings_print_json(doc->findings, language, &json);
	signatures_print_json(doc->signatures, language, &json);
	json_end_object(&json);
	g_string_append_c(out, '\n');
}

static int
run(Call *call, GError **err)
{
	g_autoptr(GBytes) bytes = intake_read_file(call->args[0], err);
	if (!bytes)
		return EXIT_REFUSED;
	if (call_has(call, "no-ocr"))
		decoders_skip_pictures(call->engine->decoders);
	call->engine->trust_dir = call_option(call, "trust");
	engine_refresh_trust(call->engine);
	g_autofree char *name = g_path_get_basename(call->args[0]);
	g_autoptr(Doc) doc = decoders_read(call->engine->decoders, bytes, name, err);
	if (!doc)
		return EXIT_SYSTEM;
	if (call->json) {
		print_json(doc, name, call->engine->language, call->out);
	} else if (call_has(call, "text")) {
		g_autofree char *text = doc_text(doc);
		g_string_append(call->out, text);
	} else {
		doc_print(doc, DOC_PRINT_TREE, call->out);
	}
	return doc_refusal(doc) ? EXIT_REFUSED : EXIT_OK;
}

static const Option options[] = {
	{ "tree", NULL, N_("print the document tree (this is what happens without options, too)") },
	{ "trust", "DIR",
		N_("verify digital signatures against the PEM certificates of this folder") },
	{ "no-ocr", NULL, N_("leave PDF pages that are pictures unread: faster") },
	{ "text", NULL, N_("print the text alone, a paragraph a line") },
	{ 0 },
};

const Command cmd_decode = {
	.name = "decode",
	.arguments = "FILE [--tree|--text] [--no-ocr] [--trust DIR]",
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_DECODERS,
	.help = N_("show what is read from a DOCX, XLSX, PDF or XML file"),
	.options = options,
	.run = run,
};
