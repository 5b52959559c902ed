/* Fields of a DOCX (w:fldChar and the forms inside): rows for the table of elements of docx_body.c. */
#ifndef VANTHU_DECODE_DOCX_FIELDS_H
#define VANTHU_DECODE_DOCX_FIELDS_H

#include "decode/docx_reader.h"

/* `user` of all of these. */
typedef struct {
	Docx *docx;
	Story *story;      /* innermost; NULL outside of notes */
	bool keep_space;   /* of the open w:t */
	bool choice_taken; /* of the open mc:AlternateContent */
	bool checked;
	int choice, entries; /* of the open w:ddList */
	bool is_document;    /* the root is w:document */
	int drawn;           /* open text of drawings */
	int footnotes, comments;
} Body;

void field_on_char(Sax *sax, void *user);
void field_on_check_box(Sax *sax, void *user);
void field_on_checked(Sax *sax, void *user);
void field_end_check_box(Sax *sax, void *user);
void field_on_drop_down(Sax *sax, void *user);
void field_on_chosen(Sax *sax, void *user);
void field_on_default(Sax *sax, void *user);
void field_on_entry(Sax *sax, void *user);

/* clang-format off */
#define FIELD_ROWS \
	{ "fldChar", SAX_WORD, field_on_char, NULL, 0 }, \
	{ "checkBox", SAX_WORD, field_on_check_box, field_end_check_box, 0 }, \
	{ "checked", SAX_WORD, field_on_checked, NULL, 0 }, \
	{ "default", SAX_WORD, field_on_default, NULL, 0 }, \
	{ "ddList", SAX_WORD, field_on_drop_down, NULL, 0 }, \
	{ "result", SAX_WORD, field_on_chosen, NULL, 0 }, \
	{ "listEntry", SAX_WORD, field_on_entry, NULL, 0 }
/* clang-format on */

#endif
