/*
 * A ZIP in memory, read with care: the count of entries, the bytes of each and of all together and
 * their ratio to the packed size are limited on what is really inflated, not on what headers say.
 *
 * Errors: ERR_FORMAT damaged (CRC too), ERR_LIMIT over a limit, ERR_UNSUPPORTED locked with a
 * password, ERR_DENIED hostile (names that lead out of the folder). The messages name the entry.
 */
#ifndef VANTHU_DECODE_PACKAGE_H
#define VANTHU_DECODE_PACKAGE_H

#include "base/error.h"
#include "base/limits.h"

typedef struct Package Package;

typedef struct {
	char *name;  /* UTF-8 NFC with '/', never empty */
	bool folder; /* nothing in it to read */
	bool twice;  /* an entry before it has the same name */
} PackageEntry;

/* Keeps bytes and limits (lent, must outlive it). All names are checked here. */
Package *package_open(GBytes *bytes, const Limits *limits, GError **err);
void package_free(Package *package);

int package_count(const Package *package);
const PackageEntry *package_entry(const Package *package, int index); /* lent */
/* By name, letter case ignored as OPC asks; -1 when there is none. A leading '/' is cut off. */
int package_find(const Package *package, const char *name);
/* The inflated bytes; caller owns. */
GBytes *package_read(Package *package, int index, GError **err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Package, package_free)

#endif
