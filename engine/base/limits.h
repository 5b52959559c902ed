/* How much one document may ask of us. Checked on what is really read, not on what a header says.
 */
#ifndef VANTHU_BASE_LIMITS_H
#define VANTHU_BASE_LIMITS_H

#include <stddef.h>

typedef struct {
	size_t file_bytes;   /* a file as dropped */
	size_t entry_bytes;  /* one inflated entry of a ZIP package */
	size_t total_bytes;  /* all inflated entries together */
	size_t ratio;        /* inflated : packed, above 1 MiB */
	size_t text_bytes;   /* text of a Doc, and of what a helper may send back */
	size_t memory_bytes; /* of a helper's child */
	int entries;         /* in a ZIP package */
	int pages;
	int recognised_pages; /* read on pictures: seconds each */
	int depth;            /* of nested elements */
	int blocks;           /* paragraphs, tables, rows and cells of a Doc */
	int cpu_seconds;
	int wall_seconds;
} Limits;

/* What an office needs and one old PC can bear. */
extern const Limits limits_default;

#endif
