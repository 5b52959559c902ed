/* vanthu rules diff: two versions of the rules read the same documents; which values differ is
 * told. */
#include "tool/command.h"

#include "tool/intake.h"

#include "base/text.h"

#include <string.h>

enum { NESTING_MAX = 3 };

typedef struct {
	Call *call;
	Rules *old_rules, *new_rules;
	Json json;
	int documents, changed, values;
	int of_document; /* changes told of the document in hand */
} Diff;

/* --- telling --- */

static char *
describe(const Field *field)
{
	if (!field || field->state == FIELD_ABSENT)
		return g_strdup(print_state_label("absent", "en"));
	g_autofree char *value = text_squeeze(field->value);
	const char *state = field->state == FIELD_FOUND ? "" : field_state_name(field->state);
	return g_strdup_printf("“%s”%s%s", value, *state ? " " : "", state);
}

static void
print_side(Json *json, const char *key, const Field *field)
{
	bool there = field && field->state != FIELD_ABSENT;
	g_autofree char *place = there ? place_print(&field->place) : NULL;
	json_object(json, key);
	json_text(json, "value", there ? field->value : NULL);
	json_text(json, "state", field ? field_state_name(field->state) : "absent");
	json_text(json, "place", text_or_empty(place));
	json_text(json, "rule", there ? field->rule : "");
	json_end_object(json);
}

static void
append_where(GString *out, const Field *field)
{
	if (!field || field->state == FIELD_ABSENT)
		return;
	g_autofree char *place = place_print(&field->place);
	g_string_append_printf(out, " [%s, %s]", place, field->rule);
}

/* The document's line stands before the first of its changes. */
static void
begin_change(Diff *diff, const char *name)
{
	diff->values++;
	if (diff->of_document++ > 0)
		return;
	diff->changed++;
	if (!diff->call->json)
		g_string_append_printf(diff->call->out, "%s\n", name);
}

static void
tell(Diff *diff, const char *name, const char *what, const Field *before, const Field *after)
{
	begin_change(diff, name);
	if (diff->call->json) {
		json_object(&diff->json, NULL);
		json_text(&diff->json, "file", name);
		json_text(&diff->json, "field", what);
		print_side(&diff->json, "old", before);
		print_side(&diff->json, "new", after);
		json_end_object(&diff->json);
		return;
	}
	GString *out = diff->call->out;
	g_autofree char *old_text = describe(before), *new_text = describe(after);
	g_string_append_printf(out, "  %s: %s", what, old_text);
	append_where(out, before);
	g_string_append_printf(out, " → %s", new_text);
	append_where(out, after);
	g_string_append_c(out, '\n');
}

/* --- comparing --- */

static bool
same(const Field *a, const Field *b)
{
	FieldState left = a ? a->state : FIELD_ABSENT, right = b ? b->state : FIELD_ABSENT;
	return left == right && (left == FIELD_ABSENT || strcmp(a->value, b->value) == 0);
}

static void
compare_fields(Diff *diff, const char *name, const Reading *before, const Reading *after)
{
	for (guint i = 0; i < before->fields->len; i++) {
		const Field *field = before->fields->pdata[i];
		const Field *other = reading_lookup(after, field->name);
		if (!same(field, other))
			tell(diff, name, field->name, field, other);
	}
	for (guint i = 0; i < after->fields->len; i++) {
		const Field *field = after->fields->pdata[i];
		if (!reading_lookup(before, field->name) && !same(NULL, field))
			tell(diff, name, field->name, NULL, field);
	}
}

/* The record of that name and number, from 1. */
static const Record *
record_at(const Reading *reading, const char *name, int index)
{
	for (guint i = 0; i < reading->records->len; i++) {
		const Record *record = reading->records->pdata[i];
		if (strcmp(record->name, name) == 0 && --index == 0)
			return record;
	}
	return NULL;
}

static void
compare_parts(Diff *diff, const char *name, const char *label, const Record *from,
	const Record *against, bool reversed)
{
	for (guint i = 0; i < from->fields->len; i++) {
		const Field *field = from->fields->pdata[i];
		const Field *other = against ? record_lookup(against, field->name) : NULL;
		g_autofree char *what = g_strdup_printf("%s %s", label, field->name);
		if (reversed && !other)
			tell(diff, name, what, NULL, field);
		else if (!reversed && !same(field, other))
			tell(diff, name, what, field, other);
	}
}

/* One after the other, by their number: what was put in between shows as a change of all below. */
static void
compare_records(
	Diff *diff, const char *name, const Reading *from, const Reading *against, bool reversed)
{
	g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < from->records->len; i++) {
		const Record *record = from->records->pdata[i];
		int n = GPOINTER_TO_INT(g_hash_table_lookup(counts, record->name)) + 1;
		g_hash_table_insert(counts, record->name, GINT_TO_POINTER(n));
		g_autofree char *label = g_strdup_printf("%s %d", record->name, n);
		compare_parts(
			diff, name, label, record, record_at(against, record->name, n), reversed);
	}
}

static void
compare(Diff *diff, const char *name, const Doc *doc)
{
	g_autoptr(Reading) before = extract_read(diff->old_rules, doc, name, "");
	g_autoptr(Reading) after = extract_read(diff->new_rules, doc, name, "");
	Place nowhere = { 0 };
	g_autoptr(Field) old_type =
		field_found("type", before->type_id, "", before->type_confidence, &nowhere, "");
	g_autoptr(Field) new_type =
		field_found("type", after->type_id, "", after->type_confidence, &nowhere, "");
	diff->documents++;
	diff->of_document = 0;
	if (!same(old_type, new_type))
		tell(diff, name, "type", old_type, new_type);
	compare_fields(diff, name, before, after);
	compare_records(diff, name, before, after, false);
	compare_records(diff, name, after, before, true);
}

/* --- documents --- */

static bool
diff_bytes(Diff *diff, GBytes *bytes, const char *name, int nesting, GError **err)
{
	g_autofree char *base = g_path_get_basename(name);
	g_autoptr(Doc) doc = decoders_read(diff->call->engine->decoders, bytes, base, err);
	if (!doc)
		return false;
	compare(diff, name, doc);
	for (guint i = 0; nesting < NESTING_MAX && i < doc->attachments->len; i++) {
		const Attachment *inside = doc->attachments->pdata[i];
		g_autofree char *path = g_strdup_printf("%s: %s", name, inside->name);
		if (!diff_bytes(diff, inside->bytes, path, nesting + 1, err))
			return false;
	}
	return true;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
diff_path(Diff *diff, const char *path, int depth, GError **err)
{
	if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
		g_autoptr(GBytes) bytes = intake_read_file(path, err);
		return bytes && diff_bytes(diff, bytes, path, 0, err);
	}
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	for (const char *name = dir ? g_dir_read_name(dir) : NULL; name;
		name = g_dir_read_name(dir))
		g_ptr_array_add(names, g_build_filename(path, name, NULL));
	g_ptr_array_sort(names, by_name);
	for (guint i = 0; i < names->len; i++) {
		bool link = g_file_test(names->pdata[i], G_FILE_TEST_IS_SYMLINK);
		if (!link && depth < 16 && !diff_path(diff, names->pdata[i], depth + 1, err))
			return false;
	}
	return true;
}

/* A document of the archive is named by its dossier; what was typed in by hand has no bytes. */
static bool
diff_document(Diff *diff, const char *dossier, const xmlNode *node, GError **err)
{
	const char *sha256 = xml_peek_attr(node, "sha256");
	if (!sha256 || !*sha256)
		return true;
	g_autofree char *file = xml_attr(node, "file");
	g_autofree char *name =
		g_strdup_printf("%s %s %s", dossier, xml_peek(node, "id"), text_or_empty(file));
	g_autoptr(GBytes) bytes = blob_read(diff->call->engine->store, sha256, err);
	g_autoptr(Doc) doc = bytes
		? decoders_read(diff->call->engine->decoders, bytes, text_or_empty(file), err)
		: NULL;
	if (!doc)
		return false;
	compare(diff, name, doc);
	return true;
}

/* Documents in documents have rows of their own: every element of that name, however deep. */
static bool
diff_documents(Diff *diff, const char *dossier, const xmlNode *parent, GError **err)
{
	xml_foreach(child, parent)
		if (xml_is(child, "document") &&
			(!diff_document(diff, dossier, child, err) ||
				!diff_documents(diff, dossier, child, err)))
			return false;
	return true;
}

static bool
diff_archive(Diff *diff, GError **err)
{
	Store *store = diff->call->engine->store;
	if (!store)
		return fail(err, ERR_USAGE,
			_("which documents? Name files or folders, or an office with --office"));
	g_autoptr(GPtrArray) rows = store_list(store, NULL, NULL, false, err);
	for (guint i = 0; rows && i < rows->len; i++) {
		const DossierRow *row = rows->pdata[i];
		g_autoptr(xmlDoc) tree = store_dossier_tree(store, row->id, err);
		if (!tree || !diff_documents(diff, row->id, xmlDocGetRootElement(tree), err))
			return false;
	}
	return rows != NULL;
}

/* --- the command --- */

/* The shipped rules below, unless they are what is compared. */
static Rules *
load_side(Call *call, const char *folder, GError **err)
{
	g_autofree char *shipped = g_build_filename(call->engine->data_dir, "rules", NULL);
	const char *both[] = { shipped, folder, NULL };
	Rules *rules = rules_load(call_has(call, "alone") ? both + 1 : both, err);
	if (!rules)
		because(err, _("loading '%s'"), folder);
	return rules;
}

static bool
diff_all(Diff *diff, GError **err)
{
	const Call *call = diff->call;
	if (call->n_args == 2)
		return diff_archive(diff, err);
	for (int i = 2; i < call->n_args; i++)
		if (!diff_path(diff, call->args[i], 0, err))
			return false;
	return true;
}

static int
run(Call *call, GError **err)
{
	g_autoptr(Rules) old_rules = load_side(call, call->args[0], err);
	g_autoptr(Rules) new_rules = old_rules ? load_side(call, call->args[1], err) : NULL;
	if (!new_rules)
		return EXIT_REFUSED;
	Diff diff = { .call = call, .old_rules = old_rules, .new_rules = new_rules };
	json_init(&diff.json, call->out);
	if (call->json)
		json_array(&diff.json, NULL);
	bool good = diff_all(&diff, err);
	if (call->json) {
		json_end_array(&diff.json);
		g_string_append_c(call->out, '\n');
	} else if (good) {
		g_string_append_printf(call->out,
			_("%d documents, %d would be read differently, %d values\n"),
			diff.documents, diff.changed, diff.values);
	}
	return !good ? EXIT_REFUSED : diff.values ? EXIT_FINDING : EXIT_OK;
}

static const Option options[] = {
	{ "alone", NULL, N_("OLD and NEW are whole sets of rules: leave the shipped ones out") },
	{ 0 },
};

const Command cmd_rules_diff = {
	.name = "rules diff",
	.arguments = "OLD NEW [FILE|FOLDER…]",
	.min_args = 2,
	.max_args = -1,
	.needs = NEEDS_DECODERS,
	.help = N_("read documents by two versions of the rules; show which values would change"),
	.about = N_(
		"OLD and NEW are folders of rules, each put over the shipped ones. Without files "
		"the whole archive of the office is read (--office). Nothing is changed."),
	.options = options,
	.run = run,
};
