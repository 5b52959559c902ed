/* Where appendices and sample forms begin behind a document: what stands in them ("Nơi nhận", a post, a
 * name) is an example, none of its own parts. */
#include "extract/zoner.h"

#include "base/text.h"
#include "extract/marks.h"
#include "extract/pattern.h"

#include <string.h>

enum { FORM_TITLE = 60, FIRST_LINES = 3 };

/* "Mẫu số 01", "Mẫu 1.1 - Nghị quyết"; one in a list of forms ends as its items do. */
static bool
is_form_title(const Line *line)
{
	static const char *const words[] = { "mẫu số ", "mẫu ", "biểu mẫu số ", "biểu mẫu " };
	char key[MATCH_SHORT + 8];
	size_t size = strlen(line->text);
	if (!size || size > 3 * FORM_TITLE || strchr(".;:,", line->text[size - 1]))
		return false;
	match_key_short(line->text, key);
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		g_autofree char *word = match_key(words[i]);
		size_t n = strlen(word);
		if (strncmp(key, word, n) == 0 && g_ascii_isdigit(key[n + strspn(key + n, " ")]))
			return text_length(line->text) <= FORM_TITLE;
	}
	return false;
}

bool
zone_opens_forms(const Zoner *zoner, int i)
{
	const Line *line = zoner_line(zoner, i);
	if (i <= zoner->head_end + FIRST_LINES || (line->table && !line->side))
		return false;
	return line->flags & LINE_CAPS && is_appendix_title(line->text) ? true
									: is_form_title(line);
}

int
zone_forms_start(const Zoner *zoner, int end)
{
	for (int i = zoner->head_end; i < end; i++)
		if (zone_opens_forms(zoner, i))
			return i;
	return end;
}
