/* Rows into the dossier tree of docs/dossier.md: what rules, workflows and templates see. */
#include "store/store_private.h"

#include <string.h>

typedef struct {
	Store *store;
	const char *id;
	xmlNode *root;
	GHashTable *documents; /* id -> element, lent by the tree */
	GHashTable *records;   /* "d1/nominee/3" -> element */
	GError **err;
} Building;

/* For each row: the attributes named, from columns 0…; then row() may add more. */
typedef bool (*RowBuilder)(Building *building, const Rows *rows);

static bool
each_row(Building *building, const char *sql, RowBuilder build)
{
	g_autoptr(Rows) rows = db_ask(building->store->db, building->err, sql, "s", building->id);
	if (!rows)
		return false;
	g_autoptr(GError) error = NULL;
	while (rows_next(rows, &error))
		if (!build(building, rows))
			return false;
	if (!error)
		return true;
	g_propagate_error(building->err, g_steal_pointer(&error));
	return false;
}

/* Attributes named like their columns ("code_number" is code-number), NULL and "" left out. */
static void
set_columns(xmlNode *node, const Rows *rows, int first, int last)
{
	for (int i = first; i <= last; i++) {
		if (rows_is_null(rows, i) || !*rows_text(rows, i))
			continue;
		g_autofree char *name = g_strdelimit(g_strdup(rows_name(rows, i)), "_", '-');
		xml_set(node, name, rows_text(rows, i));
	}
}

static bool
build_dossier(Building *building, const Rows *rows)
{
	set_columns(building->root, rows, 0, 5);
	xml_set(building->root, "test", building->store->test ? "yes" : "no");
	if (!rows_is_null(rows, 6)) {
		xmlNode *arrival = xml_add(building->root, "arrival", NULL);
		xml_add(arrival, "arrival-number", rows_text(rows, 6));
		xml_add(arrival, "arrival-date", rows_text(rows, 7));
		xml_add(arrival, "received-at", rows_text(rows, 8));
		xml_add(arrival, "source", rows_text(rows, 9));
	}
	if (*rows_text(rows, 10)) {
		xmlNode *due = xml_add(building->root, "due", NULL);
		xml_set(due, "stage", rows_text(rows, 3));
		xml_set(due, "at", rows_text(rows, 10));
	}
	return true;
}

static bool
build_document(Building *building, const Rows *rows)
{
	const char *id = rows_text(rows, 0), *dot = strrchr(id, '.');
	g_autofree char *parent_id = dot ? g_strndup(id, (size_t)(dot - id)) : g_strdup("");
	xmlNode *parent = g_hash_table_lookup(building->documents, parent_id);
	xmlNode *node = xml_add(parent ? parent : building->root, "document", NULL);
	set_columns(node, rows, 0, 6);
	char confidence[G_ASCII_DTOSTR_BUF_SIZE];
	xml_set(node, "confidence",
		g_ascii_formatd(confidence, sizeof confidence, "%.3f", rows_double(rows, 7)));
	g_hash_table_insert(building->documents, g_strdup(id), node);
	return true;
}

static bool
build_record(Building *building, const Rows *rows)
{
	xmlNode *document = g_hash_table_lookup(building->documents, rows_text(rows, 0));
	if (!document)
		return true;
	xmlNode *node = xml_add(document, rows_text(rows, 1), NULL);
	xml_set(node, "n", rows_text(rows, 2));
	xml_set(node, "place", rows_text(rows, 3));
	g_hash_table_insert(building->records,
		g_strdup_printf(
			"%s/%s/%s", rows_text(rows, 0), rows_text(rows, 1), rows_text(rows, 2)),
		node);
	return true;
}

static bool
build_field(Building *building, const Rows *rows)
{
	const char *document = rows_text(rows, 0), *record = rows_text(rows, 1);
	g_autofree char *key = g_strdup_printf("%s/%s/%s", document, record, rows_text(rows, 2));
	xmlNode *parent = *record ? g_hash_table_lookup(building->records, key)
				  : g_hash_table_lookup(building->documents, document);
	if (!parent)
		return true;
	bool absent = strcmp(rows_text(rows, 5), "absent") == 0;
	xmlNode *node = xml_add(parent, rows_text(rows, 3), absent ? NULL : rows_text(rows, 4));
	char confidence[G_ASCII_DTOSTR_BUF_SIZE];
	xml_set(node, "state", rows_text(rows, 5));
	xml_set(node, "confidence",
		g_ascii_formatd(confidence, sizeof confidence, "%.3f", rows_double(rows, 6)));
	set_columns(node, rows, 7, 13);
	return true;
}

/* What the papers say of somebody beside the parts that are merged and edited: a rating, a share. */
static void
add_facts(Building *building, xmlNode *nominee, const char *row)
{
	const char *slash = strrchr(row, '/');
	g_autofree char *key = slash
		? g_strdup_printf("%.*s/nominee/%s", (int)(slash - row), row, slash + 1)
		: g_strdup("");
	const xmlNode *record = g_hash_table_lookup(building->records, key);
	for (const xmlNode *fact = record ? record->children : NULL; fact; fact = fact->next) {
		g_autofree char *value = xml_text(fact);
		if (*value && !xml_child(nominee, (const char *)fact->name))
			xml_set(xml_add(nominee, (const char *)fact->name, value), "from", row);
	}
}

static bool
build_nominee(Building *building, const Rows *rows)
{
	static const char *const parts[] = { "group", "name", "position", "unit", "award",
		"award-name", "achievement" };
	xmlNode *node = xml_add(building->root, "nominee", NULL);
	set_columns(node, rows, 0, 2);
	for (int i = 0; i < (int)G_N_ELEMENTS(parts); i++)
		xml_add(node, parts[i], rows_text(rows, 3 + i));
	g_auto(GStrv) refs = g_strsplit(rows_text(rows, 1), " ", -1);
	for (char **row = refs; *row; row++)
		add_facts(building, node, *row);
	if (!rows_is_null(rows, 10))
		set_columns(xml_add(node, "vote", NULL), rows, 10, 13);
	if (!rows_is_null(rows, 14)) {
		xmlNode *certificate = xml_add(node, "certificate", NULL);
		set_columns(certificate, rows, 14, 17);
	}
	return true;
}

static bool
build_history(Building *building, const Rows *rows)
{
	xmlNode *history = xml_child(building->root, "history");
	if (!history)
		history = xml_add(building->root, "history", NULL);
	set_columns(xml_add(history, "award", NULL), rows, 0, 5);
	return true;
}

static bool
build_finding(Building *building, const Rows *rows)
{
	xmlNode *document = g_hash_table_lookup(building->documents, rows_text(rows, 0));
	xmlNode *node =
		xml_add(document ? document : building->root, "finding", rows_text(rows, 6));
	set_columns(node, rows, 1, 5);
	return true;
}

/* Rows of one signature follow each other; its text is the verdict. */
static bool
build_signature(Building *building, const Rows *rows)
{
	xmlNode *document = g_hash_table_lookup(building->documents, rows_text(rows, 0));
	const char *name = rows_text(rows, 2);
	if (!document)
		return true;
	xmlNode *node = document->last;
	if (!xml_is(node, "signature") || strcmp(xml_peek(node, "n"), rows_text(rows, 1)) != 0) {
		node = xml_add(document, "signature", NULL);
		xml_set(node, "n", rows_text(rows, 1));
	}
	if (strcmp(name, "vi") == 0)
		xmlNodeAddContent(node, (const xmlChar *)rows_text(rows, 3));
	else
		xml_set(node, name, rows_text(rows, 3));
	return true;
}

static bool
build_event(Building *building, const Rows *rows)
{
	xmlNode *review = xml_child(building->root, "review");
	if (!review)
		review = xml_add(building->root, "review", NULL);
	xmlNode *node = xml_add(review, "event", NULL);
	set_columns(node, rows, 0, 8);
	g_auto(GStrv) missing = g_strsplit(rows_text(rows, 9), "\n", -1);
	for (char **line = missing; *line; line++)
		if (**line)
			xml_add(node, "missing", *line);
	return true;
}

static bool
build_draft(Building *building, const Rows *rows)
{
	set_columns(xml_add(building->root, "draft", NULL), rows, 0, 5);
	return true;
}

static bool
build_decision(Building *building, const Rows *rows)
{
	set_columns(xml_add(building->root, "decision", NULL), rows, 0, 6);
	return true;
}

/* The initiative that an earlier dossier held for the person: one may be used once. */
#define INITIATIVE                                                                                 \
	"(SELECT t.value FROM field t JOIN field a USING (dossier, document, record, n)"           \
	" WHERE t.dossier = old.dossier AND t.record = 'initiative' AND t.name = 'title'"          \
	" AND a.name = 'author' AND a.value = old.name)"

static const struct {
	const char *sql;
	RowBuilder build;
} parts_of_tree[] = {
	{ "SELECT d.id, d.kind, d.workflow, d.stage, d.source, d.workflow_version, a.number, "
	  "a.date,"
	  " d.received_at, d.source, d.due_at FROM dossier d LEFT JOIN arrival a ON a.dossier = "
	  "d.id"
	  " WHERE d.id = ?",
		build_dossier },
	{ "SELECT id, role, type, type_name, sha256, file, format, confidence FROM document"
	  " WHERE dossier = ? ORDER BY length(id), id",
		build_document },
	{ "SELECT document, name, n, place FROM record WHERE dossier = ? ORDER BY document, name, "
	  "n",
		build_record },
	{ "SELECT document, record, n, name, value, state, confidence, place, rule, text, other, "
	  "read,"
	  " confirmed_by, confirmed_at FROM field WHERE dossier = ? ORDER BY document, record, n, "
	  "position",
		build_field },
	{ "SELECT n.n, n.ref, n.state, n.grouping, n.name, n.position, n.unit, n.award, "
	  "n.award_name,"
	  " n.achievement, n.yes, n.no, n.total, n.passed, c.id, c.register_number, c.payload, "
	  "c.file"
	  " FROM nominee n LEFT JOIN certificate c ON c.dossier = n.dossier AND c.nominee = n.n"
	  " WHERE n.dossier = ? ORDER BY n.n",
		build_nominee },
	{ "SELECT old.name, substr(d.issued_date, 1, 4) AS year, old.award, old.award_name AS "
	  "title,"
	  " d.code_number || '/' || d.code_notation AS decision, " INITIATIVE " AS initiative"
	  " FROM nominee new JOIN nominee old ON old.name = new.name AND old.dossier <> new.dossier"
	  " JOIN decision d ON d.dossier = old.dossier AND d.state = 'issued'"
	  " WHERE new.dossier = ? AND old.state = 'awarded' ORDER BY new.n, d.issued_date, "
	  "old.dossier",
		build_history },
	{ "SELECT document, id, severity, source, place, en, vi FROM finding WHERE dossier = ?"
	  " ORDER BY document, n",
		build_finding },
	{ "SELECT document, n, name, value FROM signature WHERE dossier = ?"
	  " ORDER BY document, n, name",
		build_signature },
	{ "SELECT n, at, actor, actor_name, kind, stage, to_stage AS \"to\", reason, due, missing "
	  "FROM event"
	  " WHERE dossier = ? ORDER BY n",
		build_event },
	{ "SELECT template, file, sha256, state, template_sha256, tree FROM draft WHERE dossier = "
	  "? ORDER BY file",
		build_draft },
	{ "SELECT state, code_number, code_notation, issued_date, signer_name, signer_position, "
	  "sha256"
	  " FROM decision WHERE dossier = ?",
		build_decision },
};

xmlDoc *
store_dossier_tree(Store *store, const char *id, GError **err)
{
	g_autoptr(xmlDoc) doc = xmlNewDoc((const xmlChar *)"1.0");
	g_autoptr(GHashTable) documents =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) records =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Building building = { store, id, xmlNewNode(NULL, (const xmlChar *)"dossier"), documents,
		records, err };
	xmlDocSetRootElement(doc, building.root);
	for (size_t i = 0; i < G_N_ELEMENTS(parts_of_tree); i++)
		if (!each_row(&building, parts_of_tree[i].sql, parts_of_tree[i].build))
			return NULL;
	if (!xml_peek_attr(building.root, "id")) {
		fail(err, ERR_NOT_FOUND, _("no dossier '%s'"), id);
		return NULL;
	}
	return g_steal_pointer(&doc);
}

bool
store_snapshot(Store *store, const char *id, xmlDoc *tree, char **ret_sha256, GError **err)
{
	GString *text = xml_canonical(tree);
	g_autoptr(GBytes) bytes = g_string_free_to_bytes(text);
	g_autofree char *sha256 = NULL;
	if (!blob_put(store, bytes, &sha256, err) ||
		!db_run(store->db, err, "UPDATE dossier SET tree = ? WHERE id = ?", "ss", sha256,
			id))
		return false;
	*ret_sha256 = g_steal_pointer(&sha256);
	return true;
}
