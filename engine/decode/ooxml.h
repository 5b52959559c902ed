/*
 * What every package of an office document (DOCX, XLSX) has: parts with relations, properties, and
 * things beside the text that are told of and never opened.
 */
#ifndef VANTHU_DECODE_OOXML_H
#define VANTHU_DECODE_OOXML_H

#include "decode/docx_parts.h"
#include "document/doc.h"

/* What is read, where it goes: all lent. */
typedef struct {
	Doc *doc;
	Package *package;
	const Limits *limits;
} Ooxml;

/* The bytes of a part; ERR_FORMAT when there is none of that name. Caller owns. */
GBytes *ooxml_read_part(const Ooxml *ooxml, const char *name, GError **err);
/* Trouble in a part that is not the text itself (ERR_FORMAT) becomes a finding and is passed over:
 * true. Too much of anything and trickery refuse the whole: false, and *ret_err. Takes err. */
bool ooxml_pass_over(const Ooxml *ooxml, GError *err, GError **ret_err);
/* A finding, once for each `what`. */
void ooxml_note_repaired(const Ooxml *ooxml, const char *what);
/* Two parts of one name: which of them is the document depends on who opens it. ERR_DENIED. */
bool ooxml_refuse_twins(const Ooxml *ooxml, GError **err);
/* Title, author, … from docProps/. */
bool ooxml_read_meta(const Ooxml *ooxml, GError **err);
/* Findings for macros, embedded objects, signatures; links to the outside in the relations of any
 * part. */
void ooxml_note_entries(const Ooxml *ooxml);
bool ooxml_note_links(const Ooxml *ooxml, GError **err);

#endif
