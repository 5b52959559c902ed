/*
 * The watched folder. What lies in inbox/ is either a file or a folder (one dossier); it is taken
 * when it has been still for a while, by renaming it into inbox/.vanthu/CLAIM/NAME:
 *
 *	inbox/NAME ──claim──► inbox/.vanthu/CLAIM/NAME ──finish──► gone (the archive has it)
 *	                            │  └──put back──► inbox/NAME (still being written after all)
 *	                            └ after a crash: listed again, worked on again
 *
 * Invariant: a file is in inbox/, or below .vanthu/, or in the archive; a crash at any point leaves
 * it in at least one of them. Nothing here looks inside files.
 */
#ifndef VANTHU_CAPTURE_INBOX_H
#define VANTHU_CAPTURE_INBOX_H

#include "base/error.h"

typedef struct {
	char *claim; /* id of the claim, "" while it lies in the inbox */
	char *name;  /* as dropped: bytes */
	char *label; /* the same as clean text, for rows and people */
	char *path;
	bool folder;
	bool odd; /* a link, a pipe, a socket, a device: never followed or opened, but given back */
} InboxEntry;

void inbox_entry_free(InboxEntry *entry);

/* Claims of an earlier run that were not finished, oldest first. Empty claim folders are taken
 * away. */
GPtrArray *inbox_unfinished(const char *office_dir);
/* What may be taken now: still for quiet_ms, no lock file of an office program, no partial
 * download; with a folder that can't be looked into, so that somebody is told. By name.
 * *ret_wait_ms: when to look again for what is not yet still; -1 = nothing is waiting. */
GPtrArray *inbox_ready(const char *office_dir, int quiet_ms, int *ret_wait_ms);
/* Moves an entry of inbox_ready() into a claim and updates claim and path. ERR_NOT_FOUND: it is
 * gone; ERR_RETRY: it can't be moved now. Not synced: after a power cut the entry may lie in the inbox
 * again, where the archive knows its bytes. */
bool inbox_claim(const char *office_dir, InboxEntry *entry, GError **err);
/* The archive has it: takes the claimed entry away, folder and all. */
bool inbox_finish(const InboxEntry *entry, GError **err);
bool inbox_put_back(const char *office_dir, const InboxEntry *entry, GError **err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(InboxEntry, inbox_entry_free)

#endif
