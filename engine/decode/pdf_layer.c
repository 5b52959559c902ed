/* The text that a recogniser elsewhere laid under a scan -> how good it is. Read by other programs
 * it comes without any word on how sure it is, so it is never trusted like characters. */
#include "base/syllable.h"
#include "decode/pdf_layout.h"

#include <string.h>

#define FEW_WORDS 20    /* below there is nothing to judge by */
#define LEAST_MARKED 20 /* one word in so many has marks: the text is Vietnamese */
#define GOOD_SOUND 0.92 /* of the words can be spoken; printed text: 0.97 and more */
#define GOOD_MARKED 0.6 /* of them carry marks; printed text: about 0.8 */
#define LAYER_DOUBT 20  /* percent */
#define CLEARLY_BETTER 0.05

typedef struct {
	int words, sound, marked;
} Sounds;

/* Words of letters, with no capitals inside: codes and abbreviations say nothing. */
static bool
is_spoken(const char *word, bool *ret_marked)
{
	int n = 0;
	for (const char *p = word; *p; p = g_utf8_next_char(p), n++) {
		gunichar c = g_utf8_get_char(p);
		if (!g_unichar_isalpha(c) || (n && g_unichar_isupper(c)))
			return false;
		*ret_marked |= c >= 0x80;
	}
	return n > 1;
}

static void
count_sound(Sounds *sounds, const char *text)
{
	g_autofree char *word = g_strdup(text + strspn(text, "(\"'"));
	word[strcspn(word, ",.;:)\"'")] = '\0';
	bool marked = false;
	if (!is_spoken(word, &marked))
		return;
	bool sound = syllable_is_valid(word);
	sounds->words++;
	sounds->sound += sound;
	sounds->marked += sound && marked;
}

static Sounds
sounds_of(const PdfPage *page)
{
	Sounds sounds = { 0 };
	for (guint i = 0; i < page->pieces->len; i++) {
		const PdfPiece *piece = page->pieces->pdata[i];
		for (int k = 0; k < piece->n_words; k++)
			count_sound(&sounds, piece->words[k].text);
	}
	return sounds;
}

static double
quality(const Sounds *sounds)
{
	return sounds->words ? (sounds->sound + sounds->marked) / (2.0 * sounds->words) : 0;
}

/* Number and date, often written by hand, stand on the first page: that one is always read anew. */
static bool
wants_reading(const PdfPage *page, const Sounds *sounds)
{
	return page->number == 1 || sounds->sound < GOOD_SOUND * sounds->words ||
		sounds->marked < GOOD_MARKED * sounds->words;
}

void
pdf_layer_judge(PdfPage *page)
{
	Sounds sounds = sounds_of(page);
	for (guint i = 0; i < page->pieces->len; i++) {
		PdfPiece *piece = page->pieces->pdata[i];
		for (int k = 0; k < piece->n_words; k++)
			piece->words[k].doubt = LAYER_DOUBT;
	}
	bool vietnamese = sounds.words >= FEW_WORDS && sounds.marked * LEAST_MARKED >= sounds.words;
	page->layer = vietnamese && wants_reading(page, &sounds) ? PDF_LAYER_POOR : PDF_LAYER_FAIR;
}

bool
pdf_layer_is_better(const PdfPage *page, const RecognisedPage *recognised)
{
	Sounds theirs = sounds_of(page), ours = { 0 };
	for (guint i = 0; i < recognised->words->len; i++) {
		const RecognisedWord *word = &g_array_index(recognised->words, RecognisedWord, i);
		if (!word->ink)
			count_sound(&ours, word->text);
	}
	return theirs.words >= FEW_WORDS && quality(&theirs) > quality(&ours) + CLEARLY_BETTER;
}
