/*
 * What an office keeps: rows, blobs, the journal and the search index, in one office folder.
 *
 * Every change happens in a transaction (store_begin … store_commit) that also writes its journal
 * entry. Errors: ERR_RETRY (busy, disk full: nothing has changed, try again), ERR_CONFLICT
 * (somebody was quicker), ERR_NOT_FOUND, ERR_FORMAT (no database of ours, or a newer one). One
 * Store belongs to one thread; other processes may work in the same office at the same time.
 */
#ifndef VANTHU_STORE_STORE_H
#define VANTHU_STORE_STORE_H

#include "base/date.h"
#include "base/error.h"
#include "document/field.h"
#include "document/xml.h"

typedef struct Store Store;

/* ---- the office folder --------------------------------------------------------------------- */

typedef struct {
	bool test;        /* VANTHU_CLOCK is honoured; said in entry 1 and on every draft */
	int next_arrival; /* the number of the next incoming document of this year */
	Clock now;
} StoreOptions;

typedef enum { STORE_READ, STORE_WRITE } StoreMode;

/* Makes inbox/ drafts/ returned/ archive/ and vanthu.db below dir, which must exist and hold no
 * office yet (ERR_CONFLICT). */
bool store_create(const char *dir, const StoreOptions *options, GError **err);
/* Migrates an older database first (after a backup), refuses a newer one. */
Store *store_open(const char *dir, StoreMode mode, GError **err);
void store_close(Store *store);
bool store_is_test(const Store *store);
const char *store_dir(const Store *store); /* lent */

bool store_begin(Store *store, GError **err);
bool store_commit(Store *store, GError **err);
void store_rollback(Store *store);

/* ---- who, and the journal ------------------------------------------------------------------ */

typedef struct {
	const char *person, *name; /* of office.xml; "" = vanthu itself */
	const char *os_user;
	Clock at;
} Who;

/* In the transaction of the change. Personal values stay out of detail: hashes and ids only. */
bool store_journal(Store *store, const Who *who, const char *kind, const char *dossier,
	const char *detail, GError **err);
/* A personal value for the journal's detail: HMAC-SHA-256 with the dossier's own random salt, which
 * lies beside the journal. A lawful erasure takes the salt away and the chain stays whole. Caller
 * owns. */
bool store_salted_hash(
	Store *store, const char *dossier, const char *value, char **ret_hash, GError **err);

/* ---- blobs: archive/blobs/ab/cdef…, named by SHA-256 --------------------------------------- */

/* Durable when it returns. ret_sha256 may be NULL; caller owns it. */
bool blob_put(Store *store, GBytes *bytes, char **ret_sha256, GError **err);
/* From an open file, hashing while copying. ERR_RETRY when the file changed meanwhile: a writer
 * still has it open. */
bool blob_put_file(Store *store, int fd, char **ret_sha256, GError **err);
GBytes *blob_read(Store *store, const char *sha256, GError **err);
char *blob_path(Store *store, const char *sha256);
/* Only for what may not be kept: a state secret (design §2.11). */
bool blob_remove(Store *store, const char *sha256, GError **err);
/* Names of all blobs, sorted; owned by the caller. */
GPtrArray *blob_list(Store *store);

/* ---- dossiers ------------------------------------------------------------------------------ */

typedef struct {
	const char *kind, *workflow, *workflow_version, *stage;
	const char *source; /* the file or folder as dropped */
	const char *claim;  /* of capture, or NULL: ERR_CONFLICT when it made a dossier already */
	Clock received;
	int year; /* of the id */
} NewDossier;

/* Rows of all documents in the reading (a folder or a ZIP is no document itself), and of the merged
 * nominees. Roles are given by document type. ret_id: "2026-00042", caller owns. */
bool store_dossier_create(Store *store, const NewDossier *dossier, const Reading *reading,
	char **ret_id, GError **err);
/* More papers for a dossier: a supplement, the signed decision. role NULL: by document type.
 * Nominees that are new are added, known ones get what was empty. ret_first: the id of the first
 * document, caller owns. */
bool store_add_reading(Store *store, const char *id, const Reading *reading, const char *role,
	char **ret_first, GError **err);
/* The dossier that took in what was claimed, or NULL. Caller owns. */
bool store_dossier_of_claim(Store *store, const char *claim, char **ret_id, GError **err);
/* Says so, in the transaction that took it in (store_dossier_create does it itself).
 * ERR_CONFLICT: it was taken in already. */
bool store_claim_taken(Store *store, const char *claim, const char *id, GError **err);
/* An earlier dossier of exactly the same bytes, or NULL. Caller owns. */
bool store_same_bytes(Store *store, const Reading *reading, char **ret_id, GError **err);
/* An earlier document of the same number, symbol, issuer and date, or NULL. */
bool store_same_number(Store *store, const Reading *reading, char **ret_id, GError **err);
/* The tree of docs/dossier.md (without <office>, which the caller adds). ERR_NOT_FOUND. */
xmlDoc *store_dossier_tree(Store *store, const char *id, GError **err);
/* Writes the canonical tree as blob, and its hash into dossier and journal detail. */
bool store_snapshot(Store *store, const char *id, xmlDoc *tree, char **ret_sha256, GError **err);

/* A person's word on a field of a document ("d1"). value NULL: confirmed as it is, absent too. */
bool store_confirm(Store *store, const char *id, const char *document, const char *field,
	const char *value, const Who *who, GError **err);
bool store_set_stage(Store *store, const char *id, const char *stage, const char *due_at,
	bool closed, GError **err);
bool store_add_findings(Store *store, const char *id, const char *document,
	const GPtrArray *findings, GError **err);
/* Takes the findings of the dossier as a whole away: checks are run anew. */
bool store_clear_findings(Store *store, const char *id, GError **err);

typedef struct {
	char *id, *kind, *stage, *due_at, *received_at, *source, *type_name, *number, *notation,
		*date, *issuer, *subject;
	int arrival_year, arrival_number; /* 0 = not registered */
	bool closed;
	int documents, findings;
} DossierRow;

/* Newest first. stage and kind may be NULL (all). Owned by the caller. */
GPtrArray *store_list(
	Store *store, const char *kind, const char *stage, bool open_only, GError **err);

/* ---- what people do ------------------------------------------------------------------------ */

typedef struct {
	const char *kind, *stage, *to_stage, *reason, *missing, *due;
} NewEvent;

bool store_add_event(
	Store *store, const char *id, const NewEvent *event, const Who *who, GError **err);
bool store_close_tasks(Store *store, const char *id, GError **err);
bool store_add_task(Store *store, const char *id, const char *stage, const char *role,
	const char *vi, const char *en, const char *due_at, GError **err);

typedef struct {
	char *dossier, *stage, *role, *vi, *en, *due_at, *subject;
} TaskRow;
/* Open ones, by due time. */
GPtrArray *store_tasks(Store *store, GError **err);

bool store_set_nominee_state(Store *store, const char *id, int n, const char *state, GError **err);
/* A person mends the list: part is "name", "position", "unit" or "achievement". ERR_NOT_FOUND also
 * when it was voted on already. */
bool store_edit_nominee(
	Store *store, const char *id, int n, const char *part, const char *value, GError **err);
bool store_set_vote(
	Store *store, const char *id, int n, int yes, int no, int total, bool passed, GError **err);

/* The next number of this year's series of incoming documents, in the same transaction. */
bool store_register_arrival(Store *store, const char *id, Date date, int *ret_number, GError **err);
bool store_set_decision(Store *store, const char *id, const char *state, const char *number,
	const char *notation, const char *date, const char *signer_name,
	const char *signer_position, const char *sha256, GError **err);

/* ---- drafts and certificates --------------------------------------------------------------- */

typedef struct {
	const char *file, *template_name, *template_sha256, *tree, *sha256, *state;
} NewDraft;
bool store_put_draft(Store *store, const char *id, const NewDraft *draft, GError **err);
bool store_put_certificate(Store *store, const char *id, int nominee, const char *certificate,
	int register_number, const char *payload, const char *file, GError **err);
/* The dossier of a certificate; ERR_NOT_FOUND. */
bool store_certificate_dossier(
	Store *store, const char *certificate, char **ret_dossier, int *ret_nominee, GError **err);

/* What is promised and not yet made (design: durable before visible); id "" = of the whole office.
 * The same promise twice is one. */
bool store_add_work(
	Store *store, const char *id, const char *kind, const char *template_name, GError **err);
typedef struct {
	int64_t n;
	char *dossier, *kind, *template_name;
} WorkRow;
GPtrArray *store_list_work(Store *store, GError **err);
/* *ret_was_there false: another process has done it. */
bool store_end_work(Store *store, int64_t n, bool *ret_was_there, GError **err);

/* ---- what could not be taken --------------------------------------------------------------- */

/* name: in returned/; ERR_CONFLICT when it is given out. The same claim again changes nothing. */
bool store_add_returned(Store *store, const char *claim, const char *name, const char *sha256,
	const Finding *reason, Clock at, GError **err);
/* A name in returned/ that was given out before, its file written or not yet. */
bool store_returned_has(Store *store, const char *name, bool *ret_has, GError **err);
typedef struct {
	char *claim, *name, *sha256, *finding, *vi, *at;
} ReturnedRow;
GPtrArray *store_list_returned(Store *store, GError **err);
/* The one that a claim made, or none. */
GPtrArray *store_returned_of_claim(Store *store, const char *claim, GError **err);

/* ---- search, proof ------------------------------------------------------------------------- */

bool store_index(
	Store *store, const char *id, const char *document, const char *text, GError **err);
typedef struct {
	char *dossier, *document, *file, *snippet;
} SearchRow;
/* Words as typed, with or without accents; the last one also as a beginning. Exact accents first.
 */
GPtrArray *store_search(Store *store, const char *words, int limit, GError **err);

/* Everything that can be proved: blobs, chain, numbers, references. Adds findings (errors). */
bool store_verify(Store *store, GPtrArray *findings, GError **err);
/* All rows without times and journal hashes, sorted, then the blobs: equal for equal work. */
bool store_dump(Store *store, GString *out, GError **err);
/* The last entry of the journal. Caller owns ret_hash. */
bool store_journal_head(Store *store, int64_t *ret_count, char **ret_hash, GError **err);
typedef struct {
	int64_t id;
	char *at, *actor, *kind, *detail, *hash;
} JournalRow;
GPtrArray *store_journal_of(Store *store, const char *dossier, GError **err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_close)

#endif
