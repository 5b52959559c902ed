/* vanthu list, vanthu search: many dossiers at a glance. */
#include "tool/command.h"

#include <string.h>

/* ---- list ---------------------------------------------------------------------------------- */

static void
print_row_json(const DossierRow *row, Json *json)
{
	const struct {
		const char *key, *value;
	} texts[] = {
		{ "id", row->id },
		{ "kind", row->kind },
		{ "stage", row->stage },
		{ "due", row->due_at },
		{ "received-at", row->received_at },
		{ "source", row->source },
		{ "type-name", row->type_name },
		{ "code-number", row->number },
		{ "code-notation", row->notation },
		{ "issued-date", row->date },
		{ "organ-name", row->issuer },
		{ "subject", row->subject },
	};
	json_object(json, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		json_text(json, texts[i].key, texts[i].value);
	json_int(json, "arrival-number", row->arrival_number);
	json_int(json, "documents", row->documents);
	json_int(json, "findings", row->findings);
	json_bool(json, "closed", row->closed);
	json_end_object(json);
}

static void
print_row(const Engine *engine, const DossierRow *row, GString *out)
{
	const Workflow *workflow = engine_workflow(engine, row->kind);
	g_autofree char *arrival =
		row->arrival_number ? g_strdup_printf("%d", row->arrival_number) : g_strdup("-");
	g_autofree char *due = print_date(row->due_at);
	g_autofree char *symbol =
		g_strdup_printf("%s%s%s", row->number, *row->notation ? "/" : "", row->notation);
	const char *stage = workflow ? workflow_stage_label(workflow, row->stage, engine->language)
				     : row->stage;
	print_column(out, row->id, 10);
	print_column(out, arrival, 5);
	print_column(out, stage, 24);
	print_column(out, due, 10);
	print_column(out, row->type_name, 14);
	print_column(out, symbol, 18);
	print_column(out, *row->subject ? row->subject : row->source, 72);
	g_strchomp(out->str);
	g_string_set_size(out, strlen(out->str));
	g_string_append_c(out, '\n');
}

static void
print_list(const Call *call, const GPtrArray *rows)
{
	if (!rows->len)
		g_string_append(call->out, _("Nothing is there.\n"));
	for (guint i = 0; i < rows->len; i++)
		print_row(call->engine, g_ptr_array_index(rows, i), call->out);
}

static int
run_list(Call *call, GError **err)
{
	g_autoptr(GPtrArray) rows = store_list(call->engine->store, call_option(call, "kind"),
		call_option(call, "stage"), call_has(call, "open"), err);
	if (!rows)
		return EXIT_SYSTEM;
	if (!call->json) {
		print_list(call, rows);
		return EXIT_OK;
	}
	Json json;
	json_init(&json, call->out);
	json_array(&json, NULL);
	for (guint i = 0; i < rows->len; i++)
		print_row_json(g_ptr_array_index(rows, i), &json);
	json_end_array(&json);
	g_string_append_c(call->out, '\n');
	return EXIT_OK;
}

static const Option list_options[] = {
	{ "kind", "KIND", N_("only this kind: dispatch or award") },
	{ "stage", "STAGE", N_("only what is in this stage") },
	{ "open", NULL, N_("only what is not finished") },
	{ 0 },
};

const Command cmd_list = {
	.name = "list",
	.arguments = "",
	.needs = READS_STORE,
	.help = N_("list dossiers: id, arrival number, stage, due date, type, symbol, subject"),
	.options = list_options,
	.run = run_list,
};

/* ---- search -------------------------------------------------------------------------------- */

static void
print_found(const SearchRow *row, bool as_json, Json *json, GString *out)
{
	if (!as_json) {
		g_string_append_printf(out, "%s %s  %s\n    %s\n", row->dossier, row->document,
			row->file, row->snippet);
		return;
	}
	json_object(json, NULL);
	json_text(json, "id", row->dossier);
	json_text(json, "document", row->document);
	json_text(json, "file", row->file);
	json_text(json, "snippet", row->snippet);
	json_end_object(json);
}

static int
run_search(Call *call, GError **err)
{
	int limit;
	if (!call_number(call, "limit", 1, 20, &limit, err))
		return EXIT_USAGE;
	g_autofree char *words = g_strjoinv(" ", call->args);
	g_autoptr(GPtrArray) rows = store_search(call->engine->store, words, limit, err);
	if (!rows)
		return EXIT_USAGE;
	Json json;
	json_init(&json, call->out);
	if (call->json)
		json_array(&json, NULL);
	for (guint i = 0; i < rows->len; i++)
		print_found(g_ptr_array_index(rows, i), call->json, &json, call->out);
	if (call->json) {
		json_end_array(&json);
		g_string_append_c(call->out, '\n');
	} else if (!rows->len) {
		g_string_append(call->out, _("Nothing is there.\n"));
	}
	return EXIT_OK;
}

static const Option search_options[] = {
	{ "limit", "N", N_("at most so many (20)") },
	{ 0 },
};

const Command cmd_search = {
	.name = "search",
	.arguments = "WORD…",
	.min_args = 1,
	.max_args = -1,
	.needs = READS_STORE,
	.help = N_("find documents by words, with or without accents"),
	.options = search_options,
	.run = run_search,
};
