/* A grey picture -> its print in black, without seals, pens and scratches -> boxes of lines. */
#include "decode/ocr_lines.h"

#define STROKE_PT 24 /* nothing printed in one piece is higher */
#define BLOCK_PT 130 /* a post and a name with a seal between */
#define JOIN_PT 9    /* the letters and words of a line stand closer */
#define FAINT 150    /* of 255; print is darker than a seal in grey */

/* Takes the pixels of `mask` off `black`, and a little around them; takes mask. */
static void
take_off(PIX *black, PIX *mask)
{
	PIX *wide = mask ? pixDilateBrick(NULL, mask, 3, 3) : NULL;
	if (wide)
		pixSubtract(black, black, wide);
	pixDestroy(&wide);
	pixDestroy(&mask);
}

PIX *
ocr_print_of(PIX *grey, double scale)
{
	l_int32 high = (l_int32)(STROKE_PT * scale);
	PIX *black = pixThresholdToBinary(grey, FAINT);
	if (!black)
		return NULL;
	take_off(black, pixOpenBrick(NULL, black, 1, high));
	take_off(black, pixSelectBySize(black, 0, high, 8, L_SELECT_HEIGHT, L_SELECT_IF_GT, NULL));
	return black;
}

BOXA *
ocr_find_lines(PIX *print, double scale)
{
	PIX *runs =
		pixCloseSafeBrick(NULL, print, (l_int32)(JOIN_PT * scale), (l_int32)(0.8 * scale));
	BOXA *all = runs ? pixConnComp(runs, NULL, 8) : NULL;
	BOXA *wide = all ? boxaSelectBySize(all, (l_int32)(30 * scale), (l_int32)(5 * scale),
				   L_SELECT_IF_BOTH, L_SELECT_IF_GT, NULL)
			 : NULL;
	BOXA *lines = wide ? boxaSelectBySize(wide, 0, (l_int32)(BLOCK_PT * scale), L_SELECT_HEIGHT,
				     L_SELECT_IF_LT, NULL)
			   : NULL;
	boxaDestroy(&wide);
	boxaDestroy(&all);
	pixDestroy(&runs);
	return lines;
}
