/*
 * Two revisions of a PDF, compared object by object. What a later revision may do without touching
 * what was signed is a short list (sign again, fill in a form, add comments, keep certificates);
 * every object that can be reached otherwise must be the same. So an object that is exchanged
 * behind the pages is found even where nothing can be seen yet. Pure, over untrusted bytes.
 */
#ifndef VANTHU_DECODE_SIGNATURE_STRUCTURE_H
#define VANTHU_DECODE_SIGNATURE_STRUCTURE_H

#include "decode/pdf_objects.h"

/* From harmless to grave. */
typedef enum {
	CHANGE_UPDATE,      /* nothing that is shown */
	CHANGE_SIGNATURES,  /* further signatures */
	CHANGE_FORM,        /* values of form fields, and their appearances with them */
	CHANGE_ANNOTATIONS, /* comments, drawings, new fields */
	CHANGE_HIDDEN,      /* what was signed points to other objects now */
	CHANGE_CONTENT,     /* pages differ */
} SignatureChange;

typedef struct {
	SignatureChange worst;
	GString *detail; /* of the worst, a few of them */
	int n_details;
	bool exhausted;    /* too large to be read to its end */
	GHashTable *pages; /* numbers (from 1) of pages that look otherwise now */
} StructureReport;

void structure_report_init(StructureReport *report);
void structure_report_clear(StructureReport *report);
/* Notes a change; the detail of the worst stays. */
void structure_report_add(StructureReport *report, SignatureChange change, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

void structure_compare(PdfObjects *before, PdfObjects *after, StructureReport *report);

#endif
