/* vanthu draft ID: what was drafted, made again from the dossier, or brought back from the archive.
 */
#include "tool/command.h"

#include "tool/act.h"
#include "tool/drafts.h"

#include "base/file.h"

#include <string.h>

static bool
bring_back(const Engine *engine, const char *id, const xmlNode *draft, GError **err)
{
	const char *name = xml_peek_attr(draft, "file");
	g_autofree char *folder = g_build_filename(engine->office_dir, "drafts", id, NULL);
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autoptr(GBytes) bytes = blob_read(engine->store, xml_peek_attr(draft, "sha256"), err);
	return bytes && folder_make(folder, err) && file_write(path, bytes, 0644, err);
}

static bool
promise_again(const Engine *engine, const char *id, const xmlNode *draft, GError **err)
{
	g_autofree char *kind = g_strdup_printf("draft:%s", xml_peek_attr(draft, "file"));
	return store_add_work(engine->store, id, kind, xml_peek_attr(draft, "template"), err);
}

/* After the decision is issued nothing is written anew: what was signed must stay what it was. */
static bool
remake(const Engine *engine, const char *id, const xmlNode *root, int *ret_drafts, GError **err)
{
	bool open = strcmp(xml_peek_attr(root, "draft"), "yes") == 0;
	*ret_drafts = 0;
	xml_foreach(node, root) {
		if (!xml_is(node, "draft"))
			continue;
		bool anew = open && g_strcmp0(xml_peek_attr(node, "state"), "draft") == 0;
		if (!(anew ? promise_again : bring_back)(engine, id, node, err))
			return false;
		(*ret_drafts)++;
	}
	return store_add_work(engine->store, id, "pages", "", err);
}

static void
print_files(const Call *call, const xmlNode *root)
{
	Json json;
	json_init(&json, call->out);
	if (call->json)
		json_array(&json, NULL);
	xml_foreach(node, root) {
		if (!xml_is(node, "draft"))
			continue;
		g_autofree char *path = g_build_filename(call->engine->office_dir, "drafts",
			call->args[0], xml_peek_attr(node, "file"), NULL);
		if (call->json)
			json_text(&json, NULL, path);
		else
			g_string_append_printf(call->out, "%s\n", path);
	}
	if (call->json) {
		json_end_array(&json);
		g_string_append_c(call->out, '\n');
	}
}

static int
run(Call *call, GError **err)
{
	Engine *engine = call->engine;
	const char *id = call->args[0];
	int drafts;
	g_autoptr(xmlDoc) before = act_tree(engine, id, err);
	if (!before || !store_begin(engine->store, err))
		return EXIT_SYSTEM;
	if (!remake(engine, id, xmlDocGetRootElement(before), &drafts, err) ||
		!store_commit(engine->store, err)) {
		store_rollback(engine->store);
		return EXIT_SYSTEM;
	}
	if (!drafts_make_all(engine, err))
		return EXIT_SYSTEM;
	if (!drafts && !call->json)
		g_string_append(call->out, _("Nothing is drafted yet.\n"));
	print_files(call, xmlDocGetRootElement(before));
	return EXIT_OK;
}

const Command cmd_draft = {
	.name = "draft",
	.arguments = "ID",
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_RULES | NEEDS_DECODERS | WRITES_STORE,
	.help = N_("make the drafts of a dossier again and tell where they lie"),
	.about = N_("Until the decision is issued, drafts are made anew from the dossier as it is "
		    "now. After "
		    "that the files are brought back from the archive, byte for byte."),
	.run = run,
};
