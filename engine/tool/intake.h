/*
 * From bytes to a reading: decode in a helper, extract with the rules, the same for every file
 * inside.
 */
#ifndef VANTHU_TOOL_INTAKE_H
#define VANTHU_TOOL_INTAKE_H

#include "tool/engine.h"

/* Whether fd is a regular file within the limit of a file; ERR_LIMIT, ERR_NOT_FOUND. */
bool intake_may_read(int fd, const char *path, GError **err);
/* The bytes of a regular file; ERR_LIMIT over the limit of a file, ERR_NOT_FOUND. */
GBytes *intake_read_file(const char *path, GError **err);

/* A file as read, with the bytes of everything in it, so that the caller can archive each. ZIPs
 * inside are opened, up to three around each other: their files stand among the others as
 * "a.zip/b.docx". */
typedef struct {
	Reading *reading;
	GPtrArray *blobs; /* of GBytes: the file itself, then its attachments, in reading order */
} Intake;

/* Where the bytes of a file come from: the disk, or the archive that the file was first copied to.
 */
typedef GBytes *(*IntakeSource)(const char *path, void *user, GError **err);

/* Never fails for what is wrong with the document (that is in reading->findings); only when the
 * machinery does. `name` is the file's name without folders. */
Intake *intake_read(Engine *engine, GBytes *bytes, const char *name, GError **err);
/* A file, or a folder of files: then one reading of format "folder" with every file as a document,
 * in the order of their names; links in it are refused with a finding. source NULL:
 * intake_read_file(). */
Intake *intake_read_path(
	Engine *engine, const char *path, IntakeSource source, void *user, GError **err);
void intake_free(Intake *intake);

/* The first error of decode/ or a secrecy mark, in the reading itself: why it can't be taken; lent.
 */
const Finding *intake_refusal(const Reading *reading);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Intake, intake_free)

#endif
