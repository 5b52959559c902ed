/*
 * The line, written down once:
 *
 *	inbox ─claim─► blob ─decode─► Doc ─extract─► Reading ─┬─ refused, or there already ─► returned/
 *	                                                      └─ dossier + event + journal, one
 *	commit ─► finish the claim ─► drafts and pages
 *
 * Each step may be the last before a crash. A claim that made a dossier or a returned row is only
 * finished when it is met again; any other is worked on from the start.
 */
#include "tool/run.h"

#include "tool/act.h"
#include "tool/drafts.h"
#include "tool/intake.h"

#include "capture/inbox.h"
#include "capture/returned.h"
#include "document/dossier.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

typedef struct {
	Engine *engine;
	RunSay say;
	void *user;
	RunCount *count;
	GHashTable *waiting; /* what waits after this pass, as of Engine */
} Pass;

static void say(const Pass *pass, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
say(const Pass *pass, const char *format, ...)
{
	if (!pass->say)
		return;
	va_list args;
	va_start(args, format);
	g_autofree char *line = g_strdup_vprintf(format, args);
	va_end(args);
	pass->say(line, pass->user);
}

/* ---- giving back --------------------------------------------------------------------------- */

static bool
is_taken(const char *name, void *user)
{
	const Pass *pass = user;
	bool given_out = false;
	if (!store_returned_has(pass->engine->store, name, &given_out, NULL) || given_out)
		return true;
	g_autofree char *path = g_build_filename(pass->engine->office_dir, "returned", name, NULL);
	g_autofree char *note = g_strdup_printf("%s.ly-do.txt", path);
	return g_file_test(note, G_FILE_TEST_EXISTS) || g_file_test(path, G_FILE_TEST_EXISTS);
}

/* The file into returned/, its reason beside it, the claim done. A folder, and a state secret,
 * which is not in the archive, are moved back themselves. Doing it twice is the same as once. */
static bool
deliver(const Pass *pass, const InboxEntry *entry, const char *name, const char *sha256,
	const char *id, const char *reason, GError **err)
{
	const char *office = pass->engine->office_dir;
	bool secret = strcmp(id, "extract/secret") == 0;
	bool moved = !entry->odd && (entry->folder || secret || !*sha256);
	g_autofree char *blob = *sha256 && !moved ? blob_path(pass->engine->store, sha256) : NULL;
	g_autofree char *path = g_build_filename(office, "returned", name, NULL);
	if (!returned_put(office, name, blob, reason, err))
		return false;
	if (moved && rename(entry->path, path) != 0 && errno != ENOENT)
		return fail(err, ERR_RETRY, _("returning '%s': %s"), name, g_strerror(errno));
	return inbox_finish(entry, err);
}

/* The row first, then the files: met again after a crash, the row says what to write. */
static bool
give_back(const Pass *pass, const InboxEntry *entry, const char *sha256, const Finding *reason,
	GError **err)
{
	Engine *engine = pass->engine;
	g_autofree char *name = returned_name(entry->label, is_taken, (void *)pass);
	const Who who = act_who(engine);
	g_autofree char *detail = g_strdup_printf("finding=%s;sha256=%s", reason->id, sha256);
	if (!store_begin(engine->store, err))
		return false;
	if (!store_add_returned(engine->store, entry->claim, name, sha256, reason, who.at, err) ||
		!store_journal(engine->store, &who, "returned", "", detail, err) ||
		!store_add_work(engine->store, "", "day", "", err) ||
		!store_commit(engine->store, err)) {
		store_rollback(engine->store);
		return false;
	}
	say(pass, "event=returned name=\"%s\" reason=%s", entry->label, reason->id);
	pass->count->returned++;
	return deliver(pass, entry, name, sha256, reason->id, reason->vi, err);
}

/* ---- taking -------------------------------------------------------------------------------- */

/* First into the archive, then read from there: what is decoded is what is kept. What is too large
 * to be read does not go there, or one file could fill the disk. */
static GBytes *
read_archived(const char *path, void *user, GError **err)
{
	Engine *engine = user;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
	if (fd < 0) {
		fail(err, ERR_RETRY, _("opening '%s': %s"), path, g_strerror(errno));
		return NULL;
	}
	g_autofree char *sha256 = NULL;
	bool kept =
		intake_may_read(fd, path, err) && blob_put_file(engine->store, fd, &sha256, err);
	close(fd);
	g_autofree char *blob = kept ? blob_path(engine->store, sha256) : NULL;
	return blob ? intake_read_file(blob, err) : NULL;
}

/* What was inside of a file is archived too. */
static bool
keep_inner(Engine *engine, const Intake *intake, GError **err)
{
	for (guint i = 0; i < intake->blobs->len; i++)
		if (!blob_put(engine->store, g_ptr_array_index(intake->blobs, i), NULL, err))
			return false;
	return true;
}

/* A secrecy mark anywhere in what came: then none of it may stay. */
static const Finding *
find_secret(const Reading *reading)
{
	const Finding *secret = findings_first_error(reading->findings, "extract/secret");
	for (guint i = 0; !secret && i < reading->documents->len; i++)
		secret = find_secret(g_ptr_array_index(reading->documents, i));
	return secret;
}

/* A folder or ZIP is refused only when nothing in it can be read. */
static const Finding *
refusal_of(Reading *reading)
{
	const Finding *refusal = find_secret(reading);
	if (!refusal)
		refusal = intake_refusal(reading);
	if (refusal || !dossier_is_container(reading))
		return refusal;
	if (!reading->documents->len) {
		findings_add(reading->findings, FINDING_EMPTY_DOSSIER, NULL, NULL);
		return findings_first_error(reading->findings, "capture/empty");
	}
	for (guint i = 0; i < reading->documents->len; i++) {
		refusal = intake_refusal(g_ptr_array_index(reading->documents, i));
		if (!refusal)
			return NULL;
	}
	return refusal;
}

/* Design §2.11: of a state secret nothing stays but the hash and the time. */
static bool
forget(Engine *engine, const Intake *intake, GError **err)
{
	for (guint i = 0; i < intake->blobs->len; i++) {
		g_autofree char *sha256 = g_compute_checksum_for_bytes(
			G_CHECKSUM_SHA256, g_ptr_array_index(intake->blobs, i));
		if (!blob_remove(engine->store, sha256, err))
			return false;
	}
	return true;
}

static bool
find_duplicate(const Pass *pass, const Reading *reading, Finding **ret_reason, GError **err)
{
	g_autofree char *same = NULL;
	*ret_reason = NULL;
	if (!store_same_bytes(pass->engine->store, reading, &same, err))
		return false;
	if (same)
		*ret_reason = finding_new(FINDING_DUPLICATE_BYTES, NULL, same);
	return true;
}

static bool
note_same_number(const Pass *pass, Reading *reading, GError **err)
{
	g_autofree char *same = NULL;
	if (!store_same_number(pass->engine->store, reading, &same, err))
		return false;
	if (same)
		findings_add(reading->findings, FINDING_DUPLICATE_NUMBER, NULL, same);
	return true;
}

static bool
write_dossier(const Pass *pass, const InboxEntry *entry, const Reading *reading, char **ret_id,
	GError **err)
{
	Engine *engine = pass->engine;
	const char *kind = dossier_kind(reading);
	const Workflow *workflow = engine_workflow(engine, kind);
	if (!workflow)
		return fail(err, ERR_NOT_FOUND, _("no workflow '%s'"), kind);
	const Who who = act_who(engine);
	const NewDossier new = { .kind = kind,
		.workflow = workflow_id(workflow),
		.workflow_version = workflow_version(workflow),
		.stage = workflow_first(workflow),
		.source = entry->label,
		.claim = entry->claim,
		.received = who.at,
		.year = clock_local_date(who.at).year };
	if (!store_dossier_create(engine->store, &new, reading, ret_id, err))
		return false;
	/* what was found about a folder or ZIP itself is told at its first paper */
	if (dossier_is_container(reading) &&
		!store_add_findings(engine->store, *ret_id, "d1", reading->findings, err))
		return false;
	return act_open(engine, *ret_id, workflow, &who, err);
}

static bool
create_dossier(const Pass *pass, const InboxEntry *entry, Reading *reading, GError **err)
{
	Store *store = pass->engine->store;
	g_autofree char *id = NULL;
	if (!note_same_number(pass, reading, err) || !store_begin(store, err))
		return false;
	if (!write_dossier(pass, entry, reading, &id, err) || !store_commit(store, err)) {
		store_rollback(store);
		return false;
	}
	say(pass, "event=taken name=\"%s\" dossier=%s type=\"%s\"", entry->label, id,
		*reading->type_name ? reading->type_name : reading->format);
	pass->count->taken++;
	return inbox_finish(entry, err);
}

/* A name that begins with the id of a dossier that waits for a supplement brings papers for it. */
static bool
find_waiting(const Pass *pass, const char *name, char **ret_id, GError **err)
{
	*ret_id = NULL;
	g_autoptr(GPtrArray) waiting =
		store_list(pass->engine->store, NULL, "cho-bo-sung", true, err);
	for (guint i = 0; waiting && i < waiting->len; i++) {
		const DossierRow *row = g_ptr_array_index(waiting, i);
		if (g_str_has_prefix(name, row->id))
			*ret_id = g_strdup(row->id);
	}
	return waiting != NULL;
}

static bool
supplement(const Pass *pass, const InboxEntry *entry, const Reading *reading, const char *id,
	GError **err)
{
	Store *store = pass->engine->store;
	const Who who = act_who(pass->engine);
	const NewEvent event = { "supplement", "cho-bo-sung", "cho-bo-sung", entry->label, "", "" };
	if (!store_begin(store, err))
		return false;
	if (!store_claim_taken(store, entry->claim, id, err) ||
		!store_add_reading(store, id, reading, NULL, NULL, err) ||
		!store_add_event(store, id, &event, &who, err) ||
		!act_settle(pass->engine, id, "supplement", &who, err) ||
		!store_commit(store, err)) {
		store_rollback(store);
		return false;
	}
	say(pass, "event=supplement name=\"%s\" dossier=%s", entry->label, id);
	pass->count->taken++;
	return inbox_finish(entry, err);
}

static bool
place_reading(const Pass *pass, const InboxEntry *entry, const Intake *intake, GError **err)
{
	Reading *reading = intake->reading;
	g_autoptr(Finding) duplicate = NULL;
	g_autofree char *waiting = NULL;
	const Finding *refusal = refusal_of(reading);
	if (refusal && strcmp(refusal->id, "extract/secret") == 0)
		return forget(pass->engine, intake, err) &&
			give_back(pass, entry, reading->sha256, refusal, err);
	if (refusal)
		return keep_inner(pass->engine, intake, err) &&
			give_back(pass, entry, reading->sha256, refusal, err);
	if (!keep_inner(pass->engine, intake, err) ||
		!find_duplicate(pass, reading, &duplicate, err) ||
		!find_waiting(pass, entry->label, &waiting, err))
		return false;
	if (duplicate)
		return give_back(pass, entry, reading->sha256, duplicate, err);
	if (waiting)
		return supplement(pass, entry, reading, waiting, err);
	return create_dossier(pass, entry, reading, err);
}

/* Files too large to read at all are given back like those that can't be decoded. */
static bool
read_and_place(const Pass *pass, const InboxEntry *entry, GError **err)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Intake) intake =
		intake_read_path(pass->engine, entry->path, read_archived, pass->engine, &error);
	if (intake)
		return place_reading(pass, entry, intake, err);
	if (err_code(error) != ERR_LIMIT) {
		g_propagate_error(err, g_steal_pointer(&error));
		return false;
	}
	g_autoptr(Finding) large = finding_new(FINDING_TOO_LARGE, NULL, error->message);
	return give_back(pass, entry, "", large, err);
}

/* ---- crash or no crash --------------------------------------------------------------------- */

static bool
take_claimed(const Pass *pass, const InboxEntry *entry, GError **err)
{
	Store *store = pass->engine->store;
	g_autofree char *id = NULL;
	if (!store_dossier_of_claim(store, entry->claim, &id, err))
		return false;
	if (id)
		return inbox_finish(entry, err);
	g_autoptr(GPtrArray) returned = store_returned_of_claim(store, entry->claim, err);
	if (!returned)
		return false;
	const ReturnedRow *row = returned->len ? g_ptr_array_index(returned, 0) : NULL;
	if (row)
		return deliver(pass, entry, row->name, row->sha256, row->finding, row->vi, err);
	if (entry->odd) {
		g_autoptr(Finding) link = finding_new(FINDING_LINK, NULL, entry->label);
		return give_back(pass, entry, "", link, err);
	}
	return read_and_place(pass, entry, err);
}

/* Once while it lasts, not at every look at the inbox. */
static void
say_waiting(const Pass *pass, const InboxEntry *entry, const GError *error)
{
	g_autofree char *key = g_strdup_printf("%s/%d", entry->name, error->code);
	g_hash_table_add(pass->waiting, g_strdup(key));
	GHashTable *before = pass->engine->waiting;
	if (!before || !g_hash_table_contains(before, key))
		say(pass, "event=waiting name=\"%s\" error=\"%s\"", entry->label, error->message);
}

/* Trouble with one entry is said and left for the next pass; it does not hold up the others. */
static void
take(const Pass *pass, InboxEntry *entry)
{
	g_autoptr(GError) error = NULL;
	if ((*entry->claim || inbox_claim(pass->engine->office_dir, entry, &error)) &&
		take_claimed(pass, entry, &error))
		return;
	say_waiting(pass, entry, error);
	pass->count->waiting++;
	if (err_code(error) == ERR_RETRY && *entry->claim)
		inbox_put_back(pass->engine->office_dir, entry, NULL);
}

bool
run_pass(Engine *engine, RunSay report, void *user, RunCount *count, GError **err)
{
	*count = (RunCount){ .wait_ms = -1 };
	Pass pass = { engine, report, user, count,
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL) };
	g_autoptr(GPtrArray) unfinished = inbox_unfinished(engine->office_dir);
	for (guint i = 0; i < unfinished->len; i++)
		take(&pass, g_ptr_array_index(unfinished, i));
	g_autoptr(GPtrArray) ready =
		inbox_ready(engine->office_dir, engine->config.quiet_ms, &count->wait_ms);
	for (guint i = 0; i < ready->len; i++)
		take(&pass, g_ptr_array_index(ready, i));
	g_clear_pointer(&engine->waiting, g_hash_table_unref);
	engine->waiting = pass.waiting;
	return drafts_make_all(engine, err);
}
