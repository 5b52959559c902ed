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

/* All files of the set through isolated helpers: by one worker, by two at a time. */
void read_isolated(const Set *set);
void read_by_two(const Set *set);

/* CPU time of this process and of all that it has reaped. */
double cpu_seconds(void);
double wall_seconds(void);

typedef struct {
	double median, least, most;
} Spread;

Spread spread_of(const double *values, int n);

/* Documents one by one through the helpers, as the line reads them; what memory that takes (memory.c). */
int report_memory(const char *helpers, int times, char **paths, int n);

#endif
