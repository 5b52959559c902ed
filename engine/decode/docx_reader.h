/*
 * The reader of DOCX content, for docx*.c only: what is shared while one document is read.
 *
 * A *story* is a run of paragraphs of its own: the body, a header, one footnote, one comment, one
 * text box. Stories nest (a text box stands inside a paragraph of another story). The blocks of the
 * body go to doc->blocks, those of all others to doc->notes.
 */
#ifndef VANTHU_DECODE_DOCX_READER_H
#define VANTHU_DECODE_DOCX_READER_H

#include "decode/docx_numbering.h"
#include "decode/docx_parts.h"
#include "decode/docx_styles.h"
#include "decode/legacy.h"
#include "document/doc.h"

typedef struct {
	Doc *doc;
	Package *package;
	const Limits *limits;
	GStringChunk *names; /* fonts, styles, parts */
	Styles *styles;
	Numbering *numbering;
	Block **body_tail, **notes_tail;
	int tables, text_boxes, blocks;
	int inserted, deleted;  /* tracked changes */
	GString *hidden;        /* a sample of hidden text */
	GHashTable *legacy;     /* names of legacy fonts that were decoded */
	LegacyFont guessed;     /* what text in fonts of other names turned out to be */
	bool guessed_late;      /* not known while the text before was read */
	int page_start;         /* PageStart: no paragraph since the last page break */
	GHashTable *references; /* "footnote 2", kind and id -> the number that the text shows;
				   "footnote" -> how many of the kind it refers to */
	GPtrArray *headers; /* relation ids of headers and footers, as first used; lent by names */
} Docx;

/* One part with content: document.xml, header1.xml, footnotes.xml, comments.xml. `part` is what
 * places say: NULL for the body, "header1"; for parts with several notes NULL too, each note names
 * itself. */
bool docx_read_story(Docx *docx, GBytes *bytes, const char *name, const char *part, GError **err);

/* ---- inside the reader --------------------------------------------------------------------- */

typedef struct Story Story;
typedef struct TableState TableState;

/* A stretch of a paragraph's text that looks the same. */
typedef struct {
	RunProps props;
	size_t start;
	bool reference; /* the name of a note that is referred to */
} Stretch;

struct Story {
	Story *outer;
	const char *part;
	Block ***tail;     /* where the next block goes, outside of tables */
	TableState *table; /* innermost open one */
	int paragraphs;
	ParaProps para;     /* as written */
	RunProps run;       /* of the open run, as written */
	RunProps effective; /* of the open run, resolved; while effective_known */
	bool effective_known;
	GString *text;      /* of the open paragraph */
	GArray *stretches;  /* of Stretch */
	GByteArray *fields; /* one byte an open field: 1 = its result is being read */
	bool mark_deleted;  /* the paragraph's end is a tracked deletion: the next one goes on in it
			     */
	bool joining;
	bool break_after; /* a page break in the middle of the paragraph */
};

/* docx_para.c: text of paragraphs */
void story_open(Docx *docx, Story **story, const char *part, Block ***tail);
void story_close(Docx *docx, Story **story);
void story_start_para(Story *story);
void story_end_para(Docx *docx, Story *story);
void story_flush(Docx *docx, Story *story); /* a paragraph that waited to be joined */
void story_add(Docx *docx, Story *story, const char *text, size_t size);
void story_add_reference(Story *story, const char *note);
void story_add_char(Docx *docx, Story *story, gunichar c);
bool story_is_visible(const Story *story); /* not inside the instruction of a field */
void story_page_break(Docx *docx, Story *story);
void story_rendered_break(Docx *docx, Story *story); /* where Word began a page when it saved */
Place story_place(const Docx *docx, const Story *story);

/* docx_table.c */
void table_open(Docx *docx, Story *story);
void table_close(Docx *docx, Story *story);
void table_start_row(Story *story);
void table_start_cell(Story *story);
/* Before the first block of a cell: its spans are known by then. */
void table_ensure_cell(Docx *docx, Story *story);
void table_end_cell(Docx *docx, Story *story);
/* Properties, as they are met. */
void table_take(Docx *docx, Story *story, const Sax *sax);
bool table_row_is_deleted(const Story *story);
void table_delete_row(Story *story);
void table_delete_cell(Story *story);
Block ***table_tail(Story *story);
void table_place(const Story *story, Place *place);

#endif
