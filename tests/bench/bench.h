/* What the parts of the bench share: the files of the workload, and works that go over them. */
#ifndef VANTHU_TESTS_BENCH_H
#define VANTHU_TESTS_BENCH_H

#include "document/doc.h"
#include "extract/extract.h"

typedef struct {
	char *path;
	GBytes *bytes;
	Doc *doc; /* decoded once, for the steps behind decoding */
} File;

typedef struct {
	const File *files; /* of one kind */
	int n;
	const Rules *rules;
	const char *helpers; /* their folder */
} Set;

/* The bare minimum that the same libraries allow (bare.c): text, and nothing made of it. */
void bare_docx(const Set *set, const File *file);     /* SAX2 over all parts that are shown */
void bare_document(const Set *set, const File *file); /* SAX2 over document.xml alone */
void bare_reader(const Set *set, const File *file);   /* xmlTextReader over document.xml */
void bare_docx_dom(const Set *set, const File *file); /* libxml2's tree of document.xml */
void bare_pdf(const Set *set, const File *file);      /* Poppler's text and boxes */
void bare_sax(const Set *set, const File *file);      /* of an XML file */
void bare_dom(const Set *set, const File *file);      /* of an XML file */

/* Documents one by one through the helpers, as the line reads them; what memory that takes (memory.c). */
int report_memory(const char *helpers, int times, char **paths, int n);

#endif
