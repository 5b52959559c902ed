/* Small digits above the line -> raised ones: marks of notes ("khen thưởng¹") and units ("m²").
 * Glued as plain digits they change what stands before them: "Điều 4" with note 2 is no article
 * 42. */
#include "decode/pdf_layout.h"

#include "base/text.h"

#include <string.h>

#define MOST_DIGITS 3
#define LEAST_SIZE 0.35 /* of the size of the text beside */
#define MOST_SIZE 0.8
#define RAISED_EM 0.15 /* so far above the foot of that text it ends */
#define NOTE_GAP_EM 0.9

static bool
is_raised(const PdfWord *mark, const PdfWord *beside)
{
	double em = beside->size_pt;
	size_t digits = strspn(mark->text, "0123456789");
	if (digits == 0 || digits > MOST_DIGITS || mark->text[digits] ||
		((mark->flags ^ beside->flags) & PDF_STAMPED))
		return false;
	return mark->size_pt > LEAST_SIZE * em && mark->size_pt < MOST_SIZE * em &&
		mark->box.y1 > beside->box.y0 && mark->box.y1 < beside->box.y1 - RAISED_EM * em &&
		mark->box.y0 < beside->box.y0 + RAISED_EM * em;
}

static void
raise_word(Arena *arena, PdfWord *word)
{
	g_autofree char *text = text_raise_digits(word->text);
	word->text = arena_strdup(arena, text);
}

static PdfPiece *
raise_inside(Arena *arena, PdfPiece *piece)
{
	bool changed = false;
	for (int i = 0; i < piece->n_words; i++) {
		PdfWord *word = &piece->words[i];
		const PdfWord *beside = i ? word - 1 : word + 1;
		if ((i ? !word->glued : piece->n_words == 1) || !is_raised(word, beside))
			continue;
		raise_word(arena, word);
		changed = true;
	}
	return changed ? pdf_piece_of_words(arena, piece->words, piece->n_words) : piece;
}

/* The mark that begins a note is often a stretch of its own. */
static bool
begins_note(const PdfPiece *mark, const PdfPiece *note)
{
	double gap = note->box.x0 - mark->box.x1;
	return mark->n_words == 1 && gap > -0.1 * note->size_pt &&
		gap < NOTE_GAP_EM * note->size_pt && is_raised(&mark->words[0], &note->words[0]);
}

static PdfPiece *
join(Arena *arena, PdfPiece *mark, const PdfPiece *note)
{
	g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(PdfWord));
	raise_word(arena, &mark->words[0]);
	g_array_append_vals(words, mark->words, 1);
	g_array_append_vals(words, note->words, (guint)note->n_words);
	return pdf_piece_of_words(arena, &g_array_index(words, PdfWord, 0), (int)words->len);
}

void
pdf_raised_mark(PdfReading *reading, PdfPage *page)
{
	GPtrArray *pieces = page->pieces;
	guint kept = 0;
	if (page->layer != PDF_LAYER_NONE || page->recognised)
		return; /* the sizes of recognised words say nothing */
	for (guint i = 0; i < pieces->len; i++) {
		PdfPiece *piece = raise_inside(reading->arena, pieces->pdata[i]);
		const PdfPiece *before = kept ? pieces->pdata[kept - 1] : NULL;
		if (before && begins_note(before, piece))
			pieces->pdata[kept - 1] =
				join(reading->arena, pieces->pdata[kept - 1], piece);
		else
			pieces->pdata[kept++] = piece;
	}
	g_ptr_array_set_size(pieces, (int)kept);
}
