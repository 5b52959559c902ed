/*
 * The shape of the XML files that people write (office, workflow, calendar, checks): a table says
 * which elements and attributes there are; what is not in it is reported with its line and what was
 * meant.
 */
#ifndef VANTHU_DOCUMENT_SHAPE_H
#define VANTHU_DOCUMENT_SHAPE_H

#include "document/xml.h"

typedef struct {
	const char *element, *parent; /* parent "" = the root */
	const char *required;         /* attributes, separated by spaces */
	const char *optional;
} Shape;

/* The table ends with a NULL element. ERR_FORMAT; the message lists every mistake, one a line, as
 * "file:line: what". */
bool shape_check(xmlDoc *doc, const Shape *shapes, const char *file, GError **err);

/* "file:line: …" as ERR_FORMAT, for what a shape can't say. */
bool shape_fail(const xmlNode *node, const char *file, GError **err, const char *format, ...)
	G_GNUC_PRINTF(4, 5);

/* Files named *.xml in the folders (NULL-terminated), also in sub-folders, whose root element is
 * `root`; sorted by name within a folder. A file of a later folder with the same name replaces the
 * earlier. Each is checked against shapes. Array of ShapedFile, owned by the caller. */
typedef struct {
	char *path;
	xmlDoc *doc;
} ShapedFile;
GPtrArray *shaped_files_load(
	const char *const *folders, const char *root, const Shape *shapes, GError **err);

#endif
