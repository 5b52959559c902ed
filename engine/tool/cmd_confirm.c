/* vanthu confirm: a person's word on what was read. */
#include "tool/command.h"

#include "tool/act.h"
#include "tool/drafts.h"
#include "tool/values.h"

#include <string.h>

/* What a clerk means by "the dossier": the proposal of an award, else the first document. */
static const xmlNode *
find_document(const xmlNode *root, const char *id)
{
	const xmlNode *first = NULL;
	xml_foreach(node, root) {
		if (!xml_is(node, "document"))
			continue;
		if (id ? g_strcmp0(xml_peek_attr(node, "id"), id) == 0
		       : g_strcmp0(xml_peek_attr(node, "role"), "to-trinh") == 0)
			return node;
		if (!first)
			first = node;
	}
	return id ? NULL : first;
}

static bool
has_finding(const xmlNode *document, const char *id)
{
	xml_foreach(node, document)
		if (xml_is(node, "finding") && g_strcmp0(xml_peek_attr(node, "id"), id) == 0)
			return true;
	return false;
}

/* What stands there and nobody could read: a field that is absent, though nobody said so. NULL:
 * there is none. */
static const char *
find_unread(const xmlNode *document)
{
	static const char *const names[] = { "code-number", "issued-date" };
	if (!has_finding(document, "extract/unreadable"))
		return NULL;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const xmlNode *field = xml_child(document, names[i]);
		const char *sure = field ? xml_peek_attr(field, "confidence") : NULL;
		if (field && g_strcmp0(xml_peek_attr(field, "state"), "absent") == 0 && sure &&
			g_ascii_strtod(sure, NULL) < 1)
			return names[i];
	}
	return NULL;
}

/* Of a page that nobody could read there is nothing to confirm: it has to be typed. */
static bool
confirm_all(Call *call, const char *id, const xmlNode *document, const Who *who, GError **err)
{
	const char *name = xml_peek_attr(document, "id");
	if (has_finding(document, "decode/no-text"))
		return fail(err, ERR_USAGE,
			_("'%s' is a scan that was not read: type its fields as FIELD=VALUE"),
			xml_peek_attr(document, "file"));
	const char *unread = find_unread(document);
	if (unread)
		return fail(err, ERR_USAGE,
			_("'%s' has a part that can't be read: type it as %s=VALUE (or %s= when "
			  "there is none)"),
			xml_peek_attr(document, "file"), unread, unread);
	xml_foreach(node, document)
		if (xml_peek_attr(node, "state") && xml_peek_attr(node, "confidence") &&
			!store_confirm(call->engine->store, id, name, (const char *)node->name,
				NULL, who, err))
			return false;
	return true;
}

/* "nominee.3.name": the list that people review, not a row as it was read. */
static bool
is_nominee_field(const char *field, int *ret_n, const char **ret_part)
{
	int end = 0;
	if (sscanf(field, "nominee.%d.%n", ret_n, &end) != 1 || !end)
		return false;
	*ret_part = field + end;
	return true;
}

static bool
confirm_one(Call *call, const char *id, const char *document, const char *word, const Who *who,
	GString *words, GError **err)
{
	g_autofree char *field = NULL, *value = NULL;
	const char *part;
	int n;
	if (!value_parse(word, &field, &value, err))
		return false;
	g_string_append_printf(words, "%s ", value);
	if (is_nominee_field(field, &n, &part))
		return store_edit_nominee(call->engine->store, id, n, part, value, err);
	return store_confirm(call->engine->store, id, document, field, value, who, err);
}

static bool
confirm_words(Call *call, const char *id, const char *document, const Who *who, GError **err)
{
	g_autoptr(GString) words = g_string_new(NULL);
	for (int i = 1; i < call->n_args; i++)
		if (!confirm_one(call, id, document, call->args[i], who, words, err))
			return false;
	return store_index(call->engine->store, id, document, words->str, err);
}

/* Who has the dossier on the desk may say what stands in its papers. */
static bool
may_confirm(const Engine *engine, const xmlNode *root, GError **err)
{
	const char *stage = xml_peek_attr(root, "stage");
	const Workflow *workflow = engine_workflow(engine, xml_peek_attr(root, "workflow"));
	if (workflow && workflow_stage_is_for(workflow, stage, engine->actor))
		return true;
	return fail(err, ERR_DENIED,
		_("%s can't confirm in the stage '%s': who holds it can, and nobody when it is "
		  "final"),
		engine->actor->name,
		workflow ? workflow_stage_label(workflow, stage, engine->language) : stage);
}

static bool
confirm(Call *call, const char *id, GError **err)
{
	g_autoptr(xmlDoc) tree = act_tree(call->engine, id, err);
	if (!tree)
		return false;
	const xmlNode *root = xmlDocGetRootElement(tree);
	if (!may_confirm(call->engine, root, err))
		return false;
	const char *wanted = call_option(call, "document");
	const xmlNode *document = find_document(root, wanted);
	const Who who = act_who(call->engine);
	if (!document)
		return fail(err, ERR_NOT_FOUND, _("dossier '%s' has no document '%s'"), id,
			wanted ? wanted : "");
	const char *stage = xml_peek_attr(root, "stage");
	const NewEvent event = { "confirm", stage, stage, "", "", "" };
	return (call->n_args > 1 ? confirm_words(call, id, xml_peek_attr(document, "id"), &who, err)
				 : confirm_all(call, id, document, &who, err)) &&
		store_add_event(call->engine->store, id, &event, &who, err) &&
		act_settle(call->engine, id, "confirm", &who, err);
}

static int
run(Call *call, GError **err)
{
	Store *store = call->engine->store;
	const char *id = call->args[0];
	if (!store_begin(store, err))
		return EXIT_SYSTEM;
	if (!confirm(call, id, err) || !store_commit(store, err)) {
		store_rollback(store);
		return EXIT_REFUSED;
	}
	if (call->json)
		g_string_append_printf(call->out, "{\"id\":\"%s\",\"confirmed\":true}\n", id);
	else
		g_string_append_printf(call->out, _("Dossier %s: confirmed by %s.\n"), id,
			call->engine->actor->name);
	return drafts_make_all(call->engine, err) ? EXIT_OK : EXIT_SYSTEM;
}

static const Option options[] = {
	{ "document", "ID",
		N_("of this document, as in 'show' (else the proposal, or the first one)") },
	{ 0 },
};

const Command cmd_confirm = {
	.name = "confirm",
	.arguments = "ID [FIELD=VALUE…]",
	.min_args = 1,
	.max_args = -1,
	.needs = NEEDS_RULES | NEEDS_DECODERS | WRITES_STORE | NEEDS_ACTOR,
	.help = N_("confirm what was read, or type it in"),
	.about = N_("Without FIELD=VALUE every field of the document is confirmed as it is, what "
		    "is absent as "
		    "absent. A date may be written 17/11/2026. The value that was read is kept "
		    "beside the one "
		    "typed. A nominee of the list is mended with nominee.N.name=VALUE (or unit, "
		    "position)."),
	.options = options,
	.run = run,
};
