/* A grey picture -> straightened -> words by tesseract, and the ruling lines of its tables. */
#include "decode/ocr.h"

#include "base/text.h"
#include "decode/ocr_lines.h"
#include "decode/pdf_layout.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <string.h>
#include <tesseract/capi.h>

#define POOR 55         /* mean confidence: below, the page may lie on its side */
#define LINE_PT 24      /* the height of a line; what is higher are several, joined by a seal */
#define TALL 1.6        /* times a page's usual word */
#define SURE 80         /* of a word: nothing in it is in doubt */
#define RULES_SCALE 1.5 /* pixels a point that pdf_rules_find() is made for */
#define LEAST_SKEW 0.05 /* degrees; less is not worth turning pixels for */
#define MOST_SKEW 12.0
#define SURE_SKEW 3.0 /* leptonica's own measure of how sure an angle is */

/* ---- pictures ------------------------------------------------------------------------------ */

static PIX *
pix_of(const unsigned char *grey, int width, int height)
{
	PIX *pix = pixCreate(width, height, 8);
	if (!pix)
		return NULL;
	l_uint32 *data = pixGetData(pix);
	int words = pixGetWpl(pix);
	for (int y = 0; y < height; y++) {
		const unsigned char *row = grey + (size_t)y * (size_t)width;
		l_uint32 *line = data + (size_t)y * (size_t)words;
		for (int x = 0; x < width; x++)
			SET_DATA_BYTE(line, x, row[x]);
	}
	return pix;
}

/* How far the print leans, in degrees; 0 when that can't be told, or is not worth the turning. */
static float
find_skew(PIX *pix)
{
	l_float32 angle = 0, sure = 0;
	PIX *black = pixThresholdToBinary(pix, 150);
	bool found = black && pixFindSkew(black, &angle, &sure) == 0;
	pixDestroy(&black);
	bool worth =
		found && sure >= SURE_SKEW && fabs(angle) >= LEAST_SKEW && fabs(angle) <= MOST_SKEW;
	return worth ? angle : 0;
}

/* Takes pix, gives it back upright. */
static PIX *
straighten(PIX *pix, float angle)
{
	PIX *turned = angle == 0 ? NULL
				 : pixRotate(pix, angle * (l_float32)(G_PI / 180),
					   L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0);
	if (!turned)
		return pix;
	pixDestroy(&pix);
	return turned;
}

static void
find_rules(PIX *pix, double scale, RecognisedPage *page)
{
	l_float32 factor = (l_float32)(RULES_SCALE / scale);
	PIX *small = pixScaleAreaMap(pix, factor, factor);
	if (!small)
		return;
	int width = pixGetWidth(small), height = pixGetHeight(small);
	g_autofree unsigned char *grey = g_malloc((size_t)width * (size_t)height);
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++)
			grey[(size_t)y * (size_t)width + (size_t)x] = (unsigned char)GET_DATA_BYTE(
				pixGetData(small) + (size_t)y * (size_t)pixGetWpl(small), x);
	PdfRules rules = { 0 };
	pdf_rules_find(grey, width, height, RULES_SCALE, &rules);
	g_array_append_vals(page->rules, rules.horizontal->data, rules.horizontal->len);
	g_array_append_vals(page->rules, rules.vertical->data, rules.vertical->len);
	g_array_unref(rules.horizontal);
	g_array_unref(rules.vertical);
	pixDestroy(&small);
}

/* ---- words --------------------------------------------------------------------------------- */

static TessBaseAPI *
engine_new(GError **err)
{
	TessBaseAPI *engine = TessBaseAPICreate();
	if (TessBaseAPIInit3(engine, NULL, "vie") != 0) {
		TessBaseAPIDelete(engine);
		fail(err, ERR_UNSUPPORTED,
			_("tesseract has no Vietnamese data (package tesseract-ocr-vie)"));
		return NULL;
	}
	TessBaseAPISetPageSegMode(engine, PSM_AUTO);
	return engine;
}

/* Where a notation begins in "367/QĐ-UBND": the sign of its slash, counted from 0; -1: nowhere. A
 * hand that wrote the number makes the recogniser unsure of the whole word. */
static int
find_notation(const char *text)
{
	int at = 0;
	for (const char *p = text; *p; p = g_utf8_next_char(p), at++) {
		const char *next = g_utf8_next_char(p);
		if (*p == '/' && g_unichar_isupper(g_utf8_get_char(next)) &&
			g_utf8_strlen(next, -1) >= 3)
			return at;
	}
	return -1;
}

/* The least sure sign from sign `at` on. */
static int
confidence_from(TessResultIterator *words, int at)
{
	TessResultIterator *signs = TessResultIteratorCopy(words);
	TessPageIterator *place = TessResultIteratorGetPageIterator(signs);
	int n = 0, least = 100;
	do {
		int sure = (int)TessResultIteratorConfidence(signs, RIL_SYMBOL);
		least = n++ < at ? least : MIN(least, sure);
	} while (!TessPageIteratorIsAtFinalElement(place, RIL_WORD, RIL_SYMBOL) &&
		TessResultIteratorNext(signs, RIL_SYMBOL));
	TessResultIteratorDelete(signs);
	return least;
}

/* A number and its notation as two words; the number is no surer than the whole: a digit that was
 * mistaken for another looks sure. */
static bool
add_notation(
	TessResultIterator *words, const RecognisedWord *whole, RecognisedPage *page, Arena *arena)
{
	int at = find_notation(whole->text);
	if (at <= 0 || whole->confidence >= SURE)
		return false;
	double n = g_utf8_strlen(whole->text, -1);
	const char *slash = g_utf8_offset_to_pointer(whole->text, at);
	RecognisedWord number = *whole, notation = *whole;
	notation.confidence = confidence_from(words, at);
	number.text = arena_strndup(arena, whole->text, (size_t)(slash - whole->text));
	number.box.x1 = notation.box.x0 = whole->box.x0 + (whole->box.x1 - whole->box.x0) * at / n;
	notation.text = slash;
	notation.begins_line = false;
	g_array_append_val(page->words, number);
	g_array_append_val(page->words, notation);
	return true;
}

static void
add_word(TessResultIterator *words, double scale, bool begins_line, RecognisedPage *page,
	Arena *arena)
{
	const TessPageIterator *at = TessResultIteratorGetPageIteratorConst(words);
	int left = 0, top = 0, right = 0, bottom = 0, size_pt = 0, font, set;
	char *text = TessResultIteratorGetUTF8Text(words, RIL_WORD);
	g_autofree char *clean = text ? text_clean(text, strlen(text)) : g_strdup("");
	TessDeleteText(text);
	if (!*clean || strpbrk(clean, " \n\t") ||
		!TessPageIteratorBoundingBox(at, RIL_WORD, &left, &top, &right, &bottom))
		return;
	TessResultIteratorWordFontAttributes(
		words, &set, &set, &set, &set, &set, &set, &size_pt, &font);
	RecognisedWord word = { .text = arena_strdup(arena, clean),
		.box = { left / scale, top / scale, right / scale, bottom / scale },
		.size_pt = size_pt > 0 ? size_pt : (bottom - top) / scale,
		.confidence = (int)TessResultIteratorConfidence(words, RIL_WORD),
		.begins_line = begins_line };
	if (!add_notation(words, &word, page, arena))
		g_array_append_val(page->words, word);
}

static void
take_words(TessBaseAPI *engine, double scale, RecognisedPage *page, Arena *arena)
{
	TessResultIterator *words = TessBaseAPIGetIterator(engine);
	if (!words)
		return;
	do {
		const TessPageIterator *at = TessResultIteratorGetPageIteratorConst(words);
		add_word(words, scale, TessPageIteratorIsAtBeginningOf(at, RIL_TEXTLINE), page,
			arena);
	} while (TessResultIteratorNext(words, RIL_WORD));
	TessResultIteratorDelete(words);
}

/* Mean of the words, weighted by their length. */
static int
mean_confidence(const RecognisedPage *page)
{
	long sum = 0, letters = 0;
	for (guint i = 0; i < page->words->len; i++) {
		const RecognisedWord *word = &g_array_index(page->words, RecognisedWord, i);
		long n = g_utf8_strlen(word->text, -1);
		sum += n * word->confidence;
		letters += n;
	}
	return letters ? (int)(sum / letters) : 0;
}

static void
white_out(PIX *pix, const Box *box, double scale)
{
	BOX *area = boxCreate((l_int32)(box->x0 * scale) - 2, (l_int32)(box->y0 * scale) - 2,
		(l_int32)((box->x1 - box->x0) * scale) + 4,
		(l_int32)((box->y1 - box->y0) * scale) + 4);
	pixSetInRect(pix, area);
	boxDestroy(&area);
}

static bool
cover(const Box *a, const Box *b)
{
	double width = MIN(a->x1, b->x1) - MAX(a->x0, b->x0);
	double height = MIN(a->y1, b->y1) - MAX(a->y0, b->y0);
	double area = MIN((a->x1 - a->x0) * (a->y1 - a->y0), (b->x1 - b->x0) * (b->y1 - b->y0));
	return width > 0 && height > 0 && width * height > 0.3 * area;
}

static double
height_of(const RecognisedWord *word)
{
	return word->box.y1 - word->box.y0;
}

static double
size_of(const RecognisedWord *word)
{
	return word->size_pt;
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* Of all words. */
static double
middle_of(const RecognisedPage *page, double (*measure)(const RecognisedWord *word))
{
	g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(double));
	for (guint i = 0; i < page->words->len; i++) {
		double value = measure(&g_array_index(page->words, RecognisedWord, i));
		g_array_append_val(values, value);
	}
	g_array_sort(values, by_value);
	return values->len ? g_array_index(values, double, values->len / 2) : 0;
}

/* A word higher than this was put together from two lines; only one of them was read. */
static double
tallest_word(const RecognisedPage *page)
{
	return TALL * middle_of(page, height_of);
}

static int
count_letters(const char *text)
{
	int n = 0;
	for (const char *p = text; *p; p = g_utf8_next_char(p))
		n += g_unichar_isalnum(g_utf8_get_char(p)) != 0;
	return n;
}

/* A later word that is surer, and no mere part of the one it replaces. */
static bool
is_better(const RecognisedWord *late, const RecognisedWord *old, double tall)
{
	bool whole =
		old->confidence < POOR || count_letters(late->text) + 1 >= count_letters(old->text);
	return (late->confidence > old->confidence && whole) || height_of(old) > tall;
}

/* Whether one of the words [from, to) that stay takes the place of `word`: from 0 on those read
 * before, else later ones. */
static bool
is_replaced(const RecognisedPage *page, const RecognisedWord *word, guint from, guint to,
	const bool *gone, double tall)
{
	for (guint i = from; i < to; i++) {
		const RecognisedWord *other = &g_array_index(page->words, RecognisedWord, i);
		if (!gone[i] && cover(&word->box, &other->box) &&
			(from ? is_better(other, word, tall) : !is_better(word, other, tall)))
			return true;
	}
	return false;
}

/* Of the words from `fresh` on those stay that read well, and better than what was read there
 * before; they take its place. */
static void
keep_better(RecognisedPage *page, guint fresh)
{
	g_autoptr(GArray) kept = g_array_new(FALSE, FALSE, sizeof(RecognisedWord));
	guint n = page->words->len, n_old = 0;
	g_autofree bool *gone = g_new0(bool, n + 1);
	double tall = tallest_word(page);
	for (guint i = fresh; i < n; i++) {
		const RecognisedWord *word = &g_array_index(page->words, RecognisedWord, i);
		gone[i] = word->confidence < POOR || count_letters(word->text) < 2 ||
			is_replaced(page, word, 0, fresh, gone, tall);
	}
	bool begins_line = false; /* what began a line went */
	for (guint i = 0; i < n; i++) {
		RecognisedWord word = g_array_index(page->words, RecognisedWord, i);
		word.begins_line |= begins_line && i != fresh;
		if (i < fresh)
			gone[i] = is_replaced(page, &word, fresh, n, gone, tall);
		begins_line = gone[i] && word.begins_line;
		if (gone[i])
			continue;
		g_array_append_val(kept, word);
		n_old += i < fresh;
	}
	g_array_set_size(page->words, 0);
	g_array_append_vals(page->words, kept->data, kept->len);
	recognised_settle(page, n_old);
}

/* What is left of a picture when everything that was read well is painted over; words higher than
 * `tall` stay to be seen. */
static PIX *
without_words(PIX *pix, double scale, double tall, const RecognisedPage *page)
{
	PIX *rest = pixCopy(NULL, pix);
	for (guint i = 0; rest && i < page->words->len; i++) {
		const RecognisedWord *word = &g_array_index(page->words, RecognisedWord, i);
		if (word->confidence >= POOR && height_of(word) <= tall)
			white_out(rest, &word->box, scale);
	}
	return rest;
}

/* Scattered text on what is left of a picture when everything that was read well is painted over.
 */
static void
read_rest(TessBaseAPI *engine, PIX *pix, double scale, RecognisedPage *page, Arena *arena)
{
	PIX *rest = without_words(pix, scale, G_MAXDOUBLE, page);
	if (!rest)
		return;
	TessBaseAPISetPageSegMode(engine, PSM_SPARSE_TEXT);
	TessBaseAPISetImage2(engine, rest);
	TessBaseAPISetSourceResolution(engine, (int)lround(scale * 72));
	if (TessBaseAPIRecognize(engine, NULL) == 0)
		take_words(engine, scale, page, arena);
	TessBaseAPIClear(engine);
	TessBaseAPISetPageSegMode(engine, PSM_AUTO);
	pixDestroy(&rest);
}

/* The first reading sets a title under a seal aside as part of a picture: the second finds it. */
static void
look_again(TessBaseAPI *engine, PIX *pix, double scale, RecognisedPage *page, Arena *arena)
{
	guint before = page->words->len;
	read_rest(engine, pix, scale, page, arena);
	keep_better(page, before);
}

static int
count_black(PIX *pix, BOX *box)
{
	l_int32 n = 0;
	PIX *part = pixClipRectangle(pix, box, NULL);
	if (part)
		pixCountPixels(part, &n, NULL);
	pixDestroy(&part);
	return n;
}

/* Between what a seal is read as, words of a block only count when they are sure. */
static void
read_line(TessBaseAPI *engine, BOX *box, double scale, RecognisedPage *page, Arena *arena)
{
	double size_pt = middle_of(page, size_of); /* a line alone does not show it */
	l_int32 x, y, width, height, pad = (l_int32)(2 * scale);
	boxGetGeometry(box, &x, &y, &width, &height);
	bool one = height < LINE_PT * scale;
	guint before = page->words->len;
	TessBaseAPISetPageSegMode(engine, one ? PSM_SINGLE_LINE : PSM_SINGLE_BLOCK);
	TessBaseAPISetRectangle(
		engine, MAX(0, x - pad), MAX(0, y - pad), width + 2 * pad, height + 2 * pad);
	if (TessBaseAPIRecognize(engine, NULL) == 0)
		take_words(engine, scale, page, arena);
	for (guint i = before; i < page->words->len; i++) {
		RecognisedWord *word = &g_array_index(page->words, RecognisedWord, i);
		word->size_pt = size_pt;
		if (!one && word->confidence < SURE)
			word->confidence = 0;
	}
}

/* A line in print that a seal, a pen or a scratch touches is taken for part of a picture; read alone
 * it is a line like others. Read again is what has more than an eighth of its black unread. */
static void
read_lines(TessBaseAPI *engine, PIX *pix, double scale, RecognisedPage *page, Arena *arena)
{
	enum { MOST_LINES = 40 };
	guint before = page->words->len;
	PIX *rest = without_words(pix, scale, tallest_word(page), page);
	PIX *print = ocr_print_of(pix, scale), *unread = rest ? ocr_print_of(rest, scale) : NULL;
	BOXA *lines = print && unread ? ocr_find_lines(print, scale) : NULL;
	if (lines) {
		TessBaseAPISetImage2(engine, print);
		TessBaseAPISetSourceResolution(engine, (int)lround(scale * 72));
	}
	int n = lines ? boxaGetCount(lines) : 0;
	for (int i = 0, done = 0; i < n && done < MOST_LINES; i++) {
		BOX *box = boxaGetBox(lines, i, L_CLONE);
		if (8 * count_black(unread, box) > count_black(print, box)) {
			read_line(engine, box, scale, page, arena);
			done++;
		}
		boxDestroy(&box);
	}
	TessBaseAPIClear(engine);
	TessBaseAPISetPageSegMode(engine, PSM_AUTO);
	boxaDestroy(&lines);
	pixDestroy(&unread);
	pixDestroy(&print);
	pixDestroy(&rest);
	keep_better(page, before);
}

/* What is stamped and written in colour, read on its own. On a page without black print it is the
 * text. */
static void
read_ink(TessBaseAPI *engine, PIX *ink, double scale, RecognisedPage *page, Arena *arena)
{
	enum { PRINTED = 30, LEAST = 3 };
	guint before = page->words->len;
	read_rest(engine, ink, scale, page, arena);
	for (guint i = before; i < page->words->len;) {
		RecognisedWord *word = &g_array_index(page->words, RecognisedWord, i);
		word->ink = before >= PRINTED;
		if (word->confidence < SURE || g_utf8_strlen(word->text, -1) < LEAST)
			g_array_remove_index(page->words, i);
		else
			i++;
	}
}

static RecognisedPage *
read_upright(TessBaseAPI *engine, PIX *pix, double scale, int number, Arena *arena)
{
	RecognisedPage *page =
		recognised_page_new(number, pixGetWidth(pix) / scale, pixGetHeight(pix) / scale);
	TessBaseAPISetImage2(engine, pix);
	TessBaseAPISetSourceResolution(engine, (int)lround(scale * 72));
	if (TessBaseAPIRecognize(engine, NULL) == 0)
		take_words(engine, scale, page, arena);
	TessBaseAPIClear(engine);
	return page;
}

/* A page that reads badly is read lying on either side and on its head too; the best is kept. */
static RecognisedPage *
read_turned(TessBaseAPI *engine, PIX *pix, double scale, int number, int *ret_quarter, Arena *arena)
{
	RecognisedPage *best = read_upright(engine, pix, scale, number, arena);
	for (int quarter = 1; quarter <= 3 && mean_confidence(best) < POOR; quarter++) {
		PIX *turned = pixRotateOrth(pix, quarter);
		if (!turned)
			break;
		RecognisedPage *page = read_upright(engine, turned, scale, number, arena);
		pixDestroy(&turned);
		bool better = mean_confidence(page) > mean_confidence(best) + 10;
		if (better)
			*ret_quarter = quarter;
		recognised_page_free(better ? best : page);
		best = better ? page : best;
	}
	return best;
}

/* Takes pix. */
static PIX *
turn(PIX *pix, int quarter)
{
	PIX *turned = quarter ? pixRotateOrth(pix, quarter) : NULL;
	if (!turned)
		return pix;
	pixDestroy(&pix);
	return turned;
}

/* Takes both pictures. */
static RecognisedPage *
read_page(TessBaseAPI *engine, PIX *pix, PIX *ink, double scale, int number, Arena *arena)
{
	int quarter = 0;
	float angle = find_skew(pix);
	pix = straighten(pix, angle);
	RecognisedPage *page = read_turned(engine, pix, scale, number, &quarter, arena);
	pix = turn(pix, quarter);
	look_again(engine, pix, scale, page, arena);
	read_lines(engine, pix, scale, page, arena);
	find_rules(pix, scale, page);
	pixDestroy(&pix);
	ink = turn(straighten(ink, angle), quarter);
	read_ink(engine, ink, scale, page, arena);
	pixDestroy(&ink);
	return page;
}

RecognisedPage *
ocr_read(const OcrPicture *picture, int number, Arena *arena, GError **err)
{
	setMsgSeverity(L_SEVERITY_NONE);
	TessBaseAPI *engine = engine_new(err);
	if (!engine)
		return NULL;
	PIX *pix = pix_of(picture->grey, picture->width, picture->height);
	PIX *ink = pix_of(picture->ink, picture->width, picture->height);
	RecognisedPage *page = NULL;
	if (pix && ink)
		page = read_page(engine, pix, ink, picture->scale, number, arena);
	else
		fail(err, ERR_LIMIT, _("no memory for the picture of page %d"), number);
	TessBaseAPIEnd(engine);
	TessBaseAPIDelete(engine);
	return page;
}
