/* Two texts become a number: edit distance with half steps for accents. */
#include "base/likeness.h"

#include "base/text.h"

#include <string.h>

enum { LENGTH_MAX = 200 };

typedef struct {
	gunichar letters[LENGTH_MAX], bare[LENGTH_MAX];
	int length;
} Letters;

static gunichar
without_accents(gunichar c)
{
	gunichar base, mark;
	while (g_unichar_decompose(c, &base, &mark) && mark >= 0x300 && mark < 0x370)
		c = base;
	return c == 0x111 ? 'd' : c;
}

static bool
letters_read(const char *text, Letters *ret)
{
	ret->length = 0;
	for (; *text; text = g_utf8_next_char(text)) {
		if (ret->length == LENGTH_MAX)
			return false;
		ret->letters[ret->length] = g_utf8_get_char(text);
		ret->bare[ret->length] = without_accents(ret->letters[ret->length]);
		ret->length++;
	}
	return true;
}

/* In half steps. */
static int
distance(const Letters *a, const Letters *b)
{
	int row[LENGTH_MAX + 1];
	for (int j = 0; j <= b->length; j++)
		row[j] = 2 * j;
	for (int i = 1; i <= a->length; i++) {
		int corner = row[0];
		row[0] = 2 * i;
		for (int j = 1; j <= b->length; j++) {
			int step = a->letters[i - 1] == b->letters[j - 1] ? 0
				: a->bare[i - 1] == b->bare[j - 1]        ? 1
									  : 2;
			int best = MIN(corner + step, MIN(row[j], row[j - 1]) + 2);
			corner = row[j];
			row[j] = best;
		}
	}
	return row[b->length];
}

double
text_likeness(const char *a, const char *b)
{
	if (strcmp(a, b) == 0)
		return 1;
	Letters left, right;
	if (!letters_read(a, &left) || !letters_read(b, &right))
		return 0;
	int longer = MAX(left.length, right.length);
	return longer == 0 ? 1 : 1 - distance(&left, &right) / (2.0 * longer);
}
