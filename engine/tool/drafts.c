/* Promised work into files of drafts/ID/ and rows that say from what they were made. */
#include "tool/drafts.h"

#include "tool/act.h"
#include "tool/certificates.h"
#include "tool/intake.h"
#include "tool/print.h"
#include "tool/templates.h"

#include "base/file.h"
#include "document/signature.h"

#include <string.h>

GBytes *
drafts_fill(Engine *engine, xmlDoc *tree, const char *template_name, GPtrArray *findings,
	char **ret_template_sha256, GError **err)
{
	g_autoptr(Template) template =
		template_open(engine, template_name, ret_template_sha256, err);
	if (!template)
		return NULL;
	QueryWorld world = engine_world(engine);
	return template_fill(template, tree, &world, findings, err);
}

static bool
write_file(const char *path, GBytes *bytes, GError **err)
{
	g_autofree char *folder = g_path_get_dirname(path);
	return folder_make(folder, err) && file_write(path, bytes, 0644, err);
}

bool
drafts_put(Engine *engine, const char *id, const DraftFile *file, GError **err)
{
	g_autofree char *path =
		g_build_filename(engine->office_dir, "drafts", id, file->name, NULL);
	g_autofree char *sha256 = NULL;
	if (!blob_put(engine->store, file->bytes, &sha256, err) ||
		!write_file(path, file->bytes, err))
		return false;
	const NewDraft row = { file->name, file->template_name, file->template_sha256, file->tree,
		sha256, file->state };
	return store_put_draft(engine->store, id, &row, err);
}

bool
drafts_keep_tree(Engine *engine, xmlDoc *tree, char **ret_sha256, GError **err)
{
	g_autoptr(GBytes) bytes = g_string_free_to_bytes(xml_canonical(tree));
	return blob_put(engine->store, bytes, ret_sha256, err);
}

/* What a template could not be filled with is told on the dossier. */
static bool
note_failure(Engine *engine, const char *id, const char *template_name, const GPtrArray *missing,
	const GError *error, GError **err)
{
	g_autoptr(GPtrArray) findings = findings_new();
	g_autofree char *detail =
		g_strdup_printf("%s: %s", template_name, error ? error->message : "");
	findings_add(findings, FINDING_DRAFT_FAILED, NULL, detail);
	findings_add_copies(findings, missing);
	return store_add_findings(engine->store, id, "", findings, err);
}

static bool
make_draft(Engine *engine, const WorkRow *work, xmlDoc *tree, GError **err)
{
	g_autoptr(GPtrArray) missing = findings_new();
	g_autoptr(GError) error = NULL;
	g_autofree char *template_sha256 = NULL, *tree_sha256 = NULL;
	g_autoptr(GBytes) bytes =
		drafts_fill(engine, tree, work->template_name, missing, &template_sha256, &error);
	if (!bytes)
		return note_failure(
			engine, work->dossier, work->template_name, missing, error, err);
	const char *colon = strchr(work->kind, ':');
	if (!drafts_keep_tree(engine, tree, &tree_sha256, err))
		return false;
	const DraftFile file = { colon ? colon + 1 : work->template_name, work->template_name,
		template_sha256, tree_sha256, "draft", bytes };
	return drafts_put(engine, work->dossier, &file, err);
}

/* A page that can't be filled is a mistake in our template, or in the office's own. */
static bool
no_page(const GPtrArray *missing, const char *template_name, GError **err)
{
	if (err && *err)
		return false;
	const Finding *first = missing->len ? g_ptr_array_index(missing, 0) : NULL;
	return fail(err, ERR_FORMAT, _("filling '%s': %s"), template_name, first ? first->en : "");
}

/* The words of a digital signature, for people. */
static void
label_signature(xmlNode *signature)
{
	for (int i = 0; i < SIGNATURE_VALUES; i++) {
		SignatureValue value = (SignatureValue)i;
		const char *word = xml_peek(signature, signature_value_name(value));
		g_autofree char *name = g_strdup_printf("%s-label", signature_value_name(value));
		g_autofree char *time = value == SIGNATURE_TIME ? print_time(word) : NULL;
		if (*word)
			xml_set(signature, name,
				time ? time : signature_wording(value, word, "vi"));
	}
}

/* What a page shows beside the values: words for states and names, times of the office's clock. */
static void
add_labels(xmlNode *parent)
{
	xml_foreach(node, parent) {
		const char *state = xml_peek_attr(node, "state"),
			   *kind = xml_peek_attr(node, "kind");
		const char *at = xml_peek_attr(node, "at");
		g_autofree char *time = at ? print_time(at) : NULL;
		if (xml_peek_attr(node, "confidence") && state)
			xml_set(node, "label", print_field_label((const char *)node->name, "vi"));
		if (state)
			xml_set(node, "state-label", print_state_label(state, "vi"));
		if (xml_is(node, "event") && kind)
			xml_set(node, "kind-label", print_event_label(kind, "vi"));
		if (xml_is(node, "signature"))
			label_signature(node);
		else
			xml_set(node, "time", time);
		add_labels(node);
	}
}

/* The page of a dossier names its stage and what may happen there next. */
static bool
make_page(Engine *engine, const WorkRow *work, xmlDoc *tree, GError **err)
{
	xmlNode *root = xmlDocGetRootElement(tree);
	const Workflow *workflow = engine_workflow(engine, xml_peek_attr(root, "workflow"));
	if (workflow) {
		const char *stage = xml_peek_attr(root, "stage");
		g_autofree char *events = workflow_stage_events(workflow, stage);
		xml_set(root, "stage-label", workflow_stage_label(workflow, stage, "vi"));
		xml_set(root, "events", events);
	}
	add_labels(root);
	g_autoptr(GPtrArray) missing = findings_new();
	g_autoptr(GBytes) bytes = drafts_fill(engine, tree, PAGE_TEMPLATE, missing, NULL, err);
	if (!bytes)
		return no_page(missing, PAGE_TEMPLATE, err);
	g_autofree char *path =
		g_build_filename(engine->office_dir, "drafts", work->dossier, "index.html", NULL);
	return write_file(path, bytes, err);
}

/* ---- the list of the day ------------------------------------------------------------------- */

static void
add_dossier(xmlNode *day, const DossierRow *row, const Engine *engine)
{
	const Workflow *workflow = engine_workflow(engine, row->kind);
	g_autofree char *arrival = g_strdup_printf("%d", row->arrival_number);
	g_autofree char *findings = g_strdup_printf("%d", row->findings);
	g_autofree char *documents = g_strdup_printf("%d", row->documents);
	Clock term;
	bool late = !row->closed && clock_parse(row->due_at, &term) &&
		term.utc_us < engine_clock(engine).utc_us;
	g_autofree char *due = print_time(row->due_at), *received = print_time(row->received_at);
	const struct {
		const char *name, *value;
	} attributes[] = {
		{ "id", row->id },
		{ "kind", row->kind },
		{ "stage-label",
			workflow ? workflow_stage_label(workflow, row->stage, "vi") : row->stage },
		{ "due", due },
		{ "received", received },
		{ "source", row->source },
		{ "type-name", row->type_name },
		{ "number", row->number },
		{ "notation", row->notation },
		{ "date", row->date },
		{ "issuer", row->issuer },
		{ "subject", row->subject },
		{ "arrival", row->arrival_number ? arrival : "" },
		{ "closed", row->closed ? "yes" : "no" },
		{ "late", late ? "yes" : "no" },
		{ "findings", findings },
		{ "documents", documents },
	};
	xmlNode *node = xml_add(day, "dossier", NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++)
		xml_set(node, attributes[i].name, attributes[i].value);
}

static void
add_returned(xmlNode *day, const ReturnedRow *row)
{
	xmlNode *node = xml_add(day, "returned", row->vi);
	xml_set(node, "name", row->name);
	g_autofree char *time = print_time(row->at);
	xml_set(node, "at", time);
}

/* The page shows what is open, and only the newest of what is done or given back: an archive of
 * years must not make it slow. */
enum { DAY_DONE = 200, DAY_RETURNED = 200 };

static void
add_count(xmlNode *day, const char *name, guint count)
{
	g_autofree char *text = g_strdup_printf("%u", count);
	xml_set(day, name, text);
}

static void
add_dossiers(xmlNode *day, const GPtrArray *dossiers, const Engine *engine)
{
	guint open = 0, done = 0;
	for (guint i = 0; i < dossiers->len; i++) {
		const DossierRow *row = g_ptr_array_index(dossiers, i);
		*(row->closed ? &done : &open) += 1;
		if (!row->closed || done <= DAY_DONE)
			add_dossier(day, row, engine);
	}
	add_count(day, "open", open);
	add_count(day, "done", done);
	add_count(day, "hidden", done > DAY_DONE ? done - DAY_DONE : 0);
}

static xmlDoc *
day_tree(Engine *engine, GError **err)
{
	g_autoptr(GPtrArray) dossiers = store_list(engine->store, NULL, NULL, false, err);
	g_autoptr(GPtrArray) returned = dossiers ? store_list_returned(engine->store, err) : NULL;
	if (!returned)
		return NULL;
	xmlDoc *tree = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *day = xmlNewNode(NULL, (const xmlChar *)"day");
	xmlDocSetRootElement(tree, day);
	xml_set(day, "test", store_is_test(engine->store) ? "yes" : "no");
	office_add_to_tree(engine->office, tree, clock_local_date(engine_clock(engine)));
	add_dossiers(day, dossiers, engine);
	for (guint i = returned->len - MIN(returned->len, DAY_RETURNED); i < returned->len; i++)
		add_returned(day, g_ptr_array_index(returned, i));
	add_count(day, "returned", returned->len);
	return tree;
}

static bool
write_day(Engine *engine, GError **err)
{
	g_autoptr(xmlDoc) tree = day_tree(engine, err);
	g_autoptr(GPtrArray) missing = findings_new();
	g_autoptr(GBytes) bytes =
		tree ? drafts_fill(engine, tree, DAY_TEMPLATE, missing, NULL, err) : NULL;
	if (!bytes)
		return no_page(missing, DAY_TEMPLATE, err);
	g_autofree char *path = g_build_filename(engine->office_dir, "drafts", "index.html", NULL);
	return write_file(path, bytes, err);
}

/* ---- promised work ---------------------------------------------------------------------- */

static bool
make_one(Engine *engine, const WorkRow *work, GError **err)
{
	if (strcmp(work->kind, "day") == 0)
		return write_day(engine, err);
	g_autoptr(xmlDoc) tree = act_tree(engine, work->dossier, err);
	if (!tree)
		return false;
	if (g_str_has_prefix(work->kind, "draft"))
		return make_draft(engine, work, tree, err);
	if (strcmp(work->kind, "certificates") == 0)
		return certificates_make(engine, work->dossier, work->template_name, tree, err);
	return make_page(engine, work, tree, err);
}

/* What shows the result is to be made anew: pages after drafts, the list of the day after pages. */
static bool
promise_next(Engine *engine, const WorkRow *work, GError **err)
{
	if (strcmp(work->kind, "day") == 0)
		return true;
	if (strcmp(work->kind, "pages") == 0)
		return store_add_work(engine->store, "", "day", "", err);
	const Who who = act_who(engine);
	return store_add_work(engine->store, work->dossier, "pages", "", err) &&
		store_journal(
			engine->store, &who, work->kind, work->dossier, work->template_name, err);
}

/* The work, its end and what follows from it are one transaction. */
static bool
do_work(Engine *engine, const WorkRow *work, GError **err)
{
	bool mine = false;
	if (!store_begin(engine->store, err))
		return false;
	if (store_end_work(engine->store, work->n, &mine, err) &&
		(!mine || (make_one(engine, work, err) && promise_next(engine, work, err))) &&
		store_commit(engine->store, err))
		return true;
	store_rollback(engine->store);
	return because(err, _("making '%s' of dossier %s"), work->kind, work->dossier);
}

bool
drafts_make_all(Engine *engine, GError **err)
{
	for (;;) {
		g_autoptr(GPtrArray) work = store_list_work(engine->store, err);
		if (!work || !work->len)
			return work != NULL;
		for (guint i = 0; i < work->len; i++)
			if (!do_work(engine, g_ptr_array_index(work, i), err))
				return false;
	}
}
