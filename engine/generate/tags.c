/* Finding tags in text, and what they say. */
#include "generate/parts.h"

#include "base/text.h"

#include <string.h>

void
tag_clear(gpointer data)
{
	Tag *tag = data;
	g_free(tag->expression);
	g_free(tag->near);
}

/* What Word and XML make of plain characters, undone: entities, smart quotes, no-break spaces. */
static char *
plain(const char *text, size_t size)
{
	static const struct {
		const char *from, *to;
	} pairs[] = {
		{ "&lt;", "<" },
		{ "&gt;", ">" },
		{ "&quot;", "\"" },
		{ "&apos;", "'" },
		{ "&amp;", "&" },
		{ "“", "\"" },
		{ "”", "\"" },
		{ "‘", "'" },
		{ "’", "'" },
		{ "\u00a0", " " },
	};
	GString *out = g_string_new(NULL);
	for (size_t i = 0; i < size;) {
		size_t k = 0;
		while (k < G_N_ELEMENTS(pairs) &&
			(strlen(pairs[k].from) > size - i ||
				memcmp(text + i, pairs[k].from, strlen(pairs[k].from)) != 0))
			k++;
		if (k == G_N_ELEMENTS(pairs)) {
			g_string_append_c(out, text[i++]);
			continue;
		}
		g_string_append(out, pairs[k].to);
		i += strlen(pairs[k].from);
	}
	char *squeezed = text_squeeze(out->str);
	g_string_free(out, TRUE);
	return squeezed;
}

/* "for nominee" → FOR, "nominee". An unknown word is a value tag without expression: a mistake. */
static void
read_block(Tag *tag, char *words)
{
	static const struct {
		const char *word;
		TagKind kind;
	} kinds[] = { { "for ", TAG_FOR }, { "if ", TAG_IF }, { "else", TAG_ELSE },
		{ "end", TAG_END } };
	tag->kind = TAG_VALUE;
	tag->expression = g_strdup("");
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		size_t size = strlen(kinds[i].word);
		if (strncmp(words, kinds[i].word, size) != 0)
			continue;
		if (kinds[i].kind >= TAG_ELSE && words[size])
			continue;
		tag->kind = kinds[i].kind;
		g_free(tag->expression);
		tag->expression = g_strdup(words + size);
		return;
	}
}

static const char *
find_end(const char *p, const char *end, const char *mark)
{
	for (; p + 2 <= end; p++)
		if (p[0] == mark[0] && p[1] == mark[1])
			return p;
	return NULL;
}

GArray *
tags_find(const char *text, size_t size)
{
	GArray *tags = g_array_new(FALSE, TRUE, sizeof(Tag));
	g_array_set_clear_func(tags, tag_clear);
	const char *end = text + size;
	int line = 1;
	for (const char *p = text; p < end; p++) {
		line += *p == '\n';
		bool block = p + 1 < end && p[0] == '{' && p[1] == '%';
		bool value = p + 1 < end && p[0] == '{' && p[1] == '{';
		const char *close =
			block || value ? find_end(p + 2, end, block ? "%}" : "}}") : NULL;
		if (!close)
			continue;
		Tag tag = {
			.start = (size_t)(p - text), .end = (size_t)(close + 2 - text), .line = line
		};
		char *words = plain(p + 2, (size_t)(close - p - 2));
		if (block) {
			read_block(&tag, words);
			g_free(words);
		} else {
			tag.kind = TAG_VALUE;
			tag.expression = words;
		}
		tag.replace = tag.start;
		tag.replace_end = tag.end;
		g_array_append_val(tags, tag);
		p = close + 1;
	}
	return tags;
}
