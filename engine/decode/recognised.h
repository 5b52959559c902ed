/*
 * Text that was recognised on pictures of pages: what vanthu-ocr answers, and what the layout code
 * of PDF takes in place of characters. Lengths are points, origin top left of the upright,
 * straightened page.
 *
 * The wire form is a line for each thing, read back as hostile input:
 *
 *	page NUMBER WIDTH HEIGHT
 *	line                                            what follows stands on a new line
 *	word X0 Y0 X1 Y1 SIZE CONFIDENCE TEXT           confidence in percent
 *	ink X0 Y0 X1 Y1 SIZE CONFIDENCE TEXT            the same, of a coloured stamp or pen
 *	rule X0 Y0 X1 Y1                                a straight ruling line
 */
#ifndef VANTHU_DECODE_RECOGNISED_H
#define VANTHU_DECODE_RECOGNISED_H

#include "base/arena.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/place.h"

typedef struct {
	const char *text;
	Box box;
	double size_pt;
	int confidence; /* 0..100, as the recogniser puts it */
	bool begins_line;
	bool ink; /* in colour, on a page of black print */
} RecognisedWord;

typedef struct {
	int number; /* of the page, from 1 */
	double width_pt, height_pt;
	GArray *words; /* of RecognisedWord, in reading order */
	GArray *rules; /* of Box: y0 = y1 or x0 = x1 */
} RecognisedPage;

RecognisedPage *recognised_page_new(int number, double width_pt, double height_pt);
void recognised_page_free(void *page);
/* Words from `fresh` on, found by a later look at the same page, move to where they belong in the lines
 * that were read before; those that belong to none stay at the end. */
void recognised_settle(RecognisedPage *page, guint fresh);
void recognised_print(const RecognisedPage *page, GString *out);
/* All pages; strings live in the arena. Caller owns the array. ERR_FORMAT with the line, ERR_LIMIT
 * over limits->text_bytes or limits->pages. */
GPtrArray *recognised_parse(
	const char *data, size_t size, const Limits *limits, Arena *arena, GError **err);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(RecognisedPage, recognised_page_free)

#endif
