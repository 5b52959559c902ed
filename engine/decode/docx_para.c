/* Runs of a DOCX paragraph, as they come, to a Para: joined, decoded, numbered; blank ones left
 * out. */
#include "decode/docx_reader.h"

#include "base/text.h"
#include "decode/docx_symbol.h"

#include <string.h>

#define HIDDEN_SAMPLE 80 /* bytes of hidden text to show */
#define SOFT_HYPHEN "\xc2\xad"

void
story_open(Docx *docx, Story **story, const char *part, Block ***tail)
{
	Story *inner = g_new0(Story, 1);
	inner->outer = *story;
	inner->part = part ? g_string_chunk_insert_const(docx->names, part) : NULL;
	inner->tail = tail;
	inner->text = g_string_new(NULL);
	inner->stretches = g_array_new(FALSE, FALSE, sizeof(Stretch));
	inner->fields = g_byte_array_new();
	inner->para = para_props_unset;
	inner->run = run_props_unset;
	*story = inner;
}

void
story_close(Docx *docx, Story **story)
{
	Story *inner = *story;
	story_flush(docx, inner);
	while (inner->table)
		table_close(docx, inner);
	*story = inner->outer;
	g_string_free(inner->text, TRUE);
	g_array_unref(inner->stretches);
	g_byte_array_unref(inner->fields);
	g_free(inner);
}

static Block ***
tail_of(Story *story)
{
	return story->table ? table_tail(story) : story->tail;
}

Place
story_place(const Docx *docx, const Story *story)
{
	(void)docx;
	Place place = { .part = story->part };
	if (story->table)
		table_place(story, &place);
	return place;
}

void
story_start_para(Story *story)
{
	story->para = para_props_unset;
	story->mark_deleted = false;
	story->effective_known = false;
	story->run = run_props_unset;
	if (story->joining)
		return;
	g_string_truncate(story->text, 0);
	g_array_set_size(story->stretches, 0);
	story->break_after = false;
}

bool
story_is_visible(const Story *story)
{
	return !memchr(story->fields->data ? story->fields->data : (const guint8 *)"", 0,
		story->fields->len);
}

/* ---- text of runs -------------------------------------------------------------------------- */

static bool
same_look(const RunProps *a, const RunProps *b)
{
	return a->bold == b->bold && a->italic == b->italic && a->underline == b->underline &&
		a->caps == b->caps && a->hidden == b->hidden && a->raised == b->raised &&
		a->half_points == b->half_points && a->font == b->font &&
		a->font_latin1 == b->font_latin1;
}

static void
open_stretch(Docx *docx, Story *story)
{
	if (!story->effective_known) {
		story->effective = styles_resolve_run(docx->styles, story->para.style, &story->run);
		story->effective_known = true;
	}
	guint n = story->stretches->len;
	const Stretch *last = n ? &g_array_index(story->stretches, Stretch, n - 1) : NULL;
	if (last && !last->reference && same_look(&last->props, &story->effective))
		return;
	g_array_append_vals(story->stretches,
		&(Stretch){ .props = story->effective, .start = story->text->len }, 1);
}

void
story_add(Docx *docx, Story *story, const char *text, size_t size)
{
	if (!size || !story_is_visible(story))
		return;
	open_stretch(docx, story);
	g_string_append_len(story->text, text, (gssize)size);
}

/* Kept apart from the text: a number there would be glued to what stands before it. */
void
story_add_reference(Story *story, const char *note)
{
	if (!story_is_visible(story))
		return;
	g_array_append_vals(story->stretches,
		&(Stretch){
			.props = run_props_unset, .start = story->text->len, .reference = true },
		1);
	g_string_append(story->text, note);
}

void
story_add_char(Docx *docx, Story *story, gunichar c)
{
	char text[6];
	story_add(docx, story, text, (size_t)g_unichar_to_utf8(c, text));
}

/* A page that a break began may be told a second time, as where Word itself began it. */
enum { PAGE_RUNNING, PAGE_BROKEN, PAGE_RENDERED };

static void
add_break(Docx *docx, Story *story)
{
	if (docx->page_start != PAGE_RENDERED)
		doc_add_page_break(docx->doc, story->tail, story_place(docx, story));
	docx->page_start = PAGE_BROKEN;
}

void
story_page_break(Docx *docx, Story *story)
{
	if (!story_is_visible(story))
		return;
	if (story->table || story->part)
		story_add(docx, story, "\n", 1);
	else if (story->text->len)
		story->break_after = true;
	else
		add_break(docx, story);
}

void
story_rendered_break(Docx *docx, Story *story)
{
	if (story->table || story->part)
		return;
	if (story->text->len) {
		story->break_after = true;
	} else if (docx->page_start == PAGE_RUNNING) {
		add_break(docx, story);
		docx->page_start = PAGE_RENDERED;
	}
}

/* ---- the end of a paragraph ---------------------------------------------------------------- */

/* Symbol fonts: letters typed in them are pictures. */
static char *
decode_symbols(const char *font, const char *text)
{
	bool pictures =
		font && (g_str_has_prefix(font, "Wingdings") || strcmp(font, "Symbol") == 0);
	GString *out = g_string_new(NULL);
	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		bool is_private = c >= 0xf000 && c <= 0xf0ff;
		uint32_t shown = is_private || (pictures && !g_unichar_isspace(c))
			? symbol_char(font, c)
			: c;
		g_string_append_unichar(out, shown ? shown : 0xfffd);
	}
	return g_string_free(out, FALSE);
}

static bool
needs_symbols(const char *font, const char *text)
{
	if (font && (g_str_has_prefix(font, "Wingdings") || strcmp(font, "Symbol") == 0))
		return true;
	return strstr(text, "\xef\x80") || strstr(text, "\xef\x81") || strstr(text, "\xef\x82") ||
		strstr(text, "\xef\x83");
}

static void
note_hidden(Docx *docx, const char *text)
{
	size_t room = HIDDEN_SAMPLE - MIN(docx->hidden->len, HIDDEN_SAMPLE);
	g_autofree char *squeezed = text_squeeze(text);
	if (!*squeezed || !room)
		return;
	const char *end = squeezed + MIN(strlen(squeezed), room);
	if (*end)
		end = g_utf8_find_prev_char(squeezed, end + 1);
	g_string_append_len(docx->hidden, squeezed, end ? end - squeezed : 0);
}

static unsigned
flags_of(const RunProps *props)
{
	return (props->bold == ON ? RUN_BOLD : 0) | (props->italic == ON ? RUN_ITALIC : 0) |
		(props->underline == ON ? RUN_UNDERLINE : 0) | (props->caps == ON ? RUN_CAPS : 0) |
		(props->hidden == ON ? RUN_HIDDEN : 0);
}

/* The encoding of a run by the name of its font, else what its paragraph was found to be. */
static LegacyFont
legacy_of(const RunProps *props, LegacyFont guessed, const char **ret_font)
{
	const char *fonts[] = { props->font_latin1, props->font };
	for (size_t i = 0; i < G_N_ELEMENTS(fonts); i++) {
		LegacyFont legacy = legacy_font(fonts[i]);
		*ret_font = fonts[i];
		if (legacy != LEGACY_NONE)
			return legacy;
	}
	*ret_font = guessed == LEGACY_VNI ? "VNI" : "TCVN3";
	return guessed;
}

/* What a paragraph holds in fonts whose names do not tell. */
static LegacyFont
guess_legacy(Docx *docx, const Story *story)
{
	for (guint i = 0; i < story->stretches->len; i++) {
		const char *font = NULL;
		const RunProps *props = &g_array_index(story->stretches, Stretch, i).props;
		if (legacy_of(props, LEGACY_NONE, &font) != LEGACY_NONE)
			return LEGACY_NONE;
	}
	LegacyFont guess = legacy_guess(story->text->str, docx->guessed);
	if (guess != LEGACY_NONE && docx->guessed == LEGACY_NONE) {
		docx->guessed = guess;
		docx->guessed_late = docx->blocks > 0;
	}
	return guess;
}

/* In TCVN3 it is a letter; elsewhere nothing shows of it. */
static void
drop_soft_hyphens(char *text)
{
	for (char *p = text; (p = strstr(p, SOFT_HYPHEN));)
		memmove(p, p + strlen(SOFT_HYPHEN), strlen(p + strlen(SOFT_HYPHEN)) + 1);
}

/* Legacy fonts first (their codes are no letters yet), then symbols, NFC, capitals. */
static char *
clean_run(Docx *docx, const RunProps *props, LegacyFont guessed, char *text, unsigned *flags)
{
	const char *font = NULL;
	LegacyFont legacy = legacy_of(props, guessed, &font);
	char *decoded = legacy_decode(legacy, text);
	if (decoded) {
		*flags |= RUN_LEGACY;
		if (legacy == LEGACY_TCVN3_CAPITALS)
			*flags |= RUN_CAPS;
		g_hash_table_add(docx->legacy, (gpointer)font);
		g_free(text);
		text = decoded;
	}
	drop_soft_hyphens(text);
	if (needs_symbols(props->font, text)) {
		char *shown = decode_symbols(props->font, text);
		g_free(text);
		text = shown;
	}
	if (props->raised == ON) {
		char *raised = text_raise_digits(text);
		g_free(text);
		text = raised;
	}
	size_t length = strlen(text);
	g_autofree char *whole = text;
	g_autofree char *clean =
		text_is_clean(text, length) ? g_steal_pointer(&whole) : text_clean(text, length);
	return *flags & RUN_CAPS ? text_upper(clean) : g_steal_pointer(&clean);
}

static void
add_run(Docx *docx, const Stretch *stretch, LegacyFont guessed, char *raw, Block *block)
{
	unsigned flags = flags_of(&stretch->props);
	g_autofree char *text = clean_run(docx, &stretch->props, guessed, raw, &flags);
	if (flags & RUN_HIDDEN)
		note_hidden(docx, text);
	doc_add_run(docx->doc, block,
		&(Run){ .text = text,
			.flags = flags,
			.size_pt = stretch->props.half_points / 2.0,
			.font = stretch->props.font });
}

static void
add_runs(Docx *docx, Story *story, Block *block)
{
	LegacyFont guessed = guess_legacy(docx, story);
	for (guint i = 0; i < story->stretches->len; i++) {
		const Stretch *stretch = &g_array_index(story->stretches, Stretch, i);
		size_t end = i + 1 < story->stretches->len
			? g_array_index(story->stretches, Stretch, i + 1).start
			: story->text->len;
		char *raw = g_strndup(story->text->str + stretch->start, end - stretch->start);
		if (stretch->reference)
			doc_add_run(docx->doc, block, &(Run){ .text = raw, .flags = RUN_NOTE });
		else
			add_run(docx, stretch, guessed, g_steal_pointer(&raw), block);
		g_free(raw);
	}
}

/* The list number; blank paragraphs count as well, as they do in Word. */
static char *
next_label(Docx *docx, const ParaProps *props, int *ret_level)
{
	if (props->list <= 0)
		return NULL;
	return numbering_next(docx->numbering, props->list, props->level, props->style, ret_level);
}

static void
emit(Docx *docx, Story *story, const ParaProps *props, const char *label, int list_level)
{
	Place place = story_place(docx, story);
	place.paragraph = ++story->paragraphs;
	Block *block = doc_add_para(docx->doc, tail_of(story), place);
	block->para.align = props->align == UNSET ? ALIGN_LEFT : (Align)props->align;
	block->para.label = arena_strdup(docx->doc->arena, label);
	block->para.level = list_level >= 0                 ? list_level + 1
		: props->outline >= 0 && props->outline < 9 ? props->outline + 1
							    : 0;
	add_runs(docx, story, block);
	doc_end_para(docx->doc, block);
	docx->blocks++;
	if (!story->part)
		docx->page_start = PAGE_RUNNING;
}

void
story_flush(Docx *docx, Story *story)
{
	if (!story->joining && !story->text->len)
		return;
	story->joining = false;
	story->mark_deleted = false;
	story_end_para(docx, story);
	g_string_truncate(story->text, 0);
	g_array_set_size(story->stretches, 0);
}

void
story_end_para(Docx *docx, Story *story)
{
	for (guint i = 0; i < story->fields->len; i++)
		story->fields->data[i] =
			1; /* an instruction that is not closed in its paragraph is broken */
	story->joining = story->mark_deleted;
	if (story->joining)
		return;
	ParaProps props = styles_resolve_para(docx->styles, &story->para);
	int level = -1;
	g_autofree char *label = next_label(docx, &props, &level);
	if (props.break_before == ON && !story->table && !story->part)
		add_break(docx, story);
	/* In a table a number alone is a cell of the column "STT". */
	if (!text_is_blank(story->text->str) || (label && story->table))
		emit(docx, story, &props, label, level);
	if (story->break_after)
		add_break(docx, story);
	story->break_after = false;
	g_string_truncate(story->text, 0);
	g_array_set_size(story->stretches, 0);
}
