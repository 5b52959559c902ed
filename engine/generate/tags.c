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

/* "for nominee" → FOR, "nominee". An unknown word is a mistake. */
static void
read_block(Tag *tag, const char *words)
{
	static const struct {
		const char *word;
		TagKind kind;
	} kinds[] = { { "for ", TAG_FOR }, { "if ", TAG_IF }, { "else", TAG_ELSE },
		{ "end", TAG_END } };
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		size_t size = strlen(kinds[i].word);
		if (strncmp(words, kinds[i].word, size) != 0)
			continue;
		if (kinds[i].kind >= TAG_ELSE && words[size])
			continue;
		tag->kind = kinds[i].kind;
		tag->expression = g_strdup(words + size);
		return;
	}
	tag->kind = TAG_VALUE;
	tag->expression = g_strdup("");
	tag->wrong = N_("a block tag is 'for …', 'if …', 'else' or 'end'");
}

static void
read_tag(Tag *tag, const char *text, bool block)
{
	char *words = plain(text + tag->start + 2, tag->end - tag->start - 4);
	if (block) {
		read_block(tag, words);
		g_free(words);
		return;
	}
	tag->kind = TAG_VALUE;
	tag->expression = words;
	tag->wrong = *words ? NULL : N_("a tag that says nothing");
}

static bool
is_mark(const char *p, const char *end, const char *mark)
{
	return p + 1 < end && p[0] == mark[0] && p[1] == mark[1];
}

/* Where the tag ends that opens at p, past its mark; NULL when another one opens before. */
static const char *
find_end(const char *p, const char *end, bool block, TagsIn in)
{
	const char *mark = block ? "%}" : "}}";
	for (p += 2; p + 1 < end; p++) {
		if (is_mark(p, end, mark))
			return p + 2;
		if (is_mark(p, end, "{{") || is_mark(p, end, "{%") ||
			(in == TAGS_IN_DOCX && *p == '<'))
			return NULL;
	}
	return NULL;
}

static int
count_lines(const char *from, const char *to)
{
	int n = 0;
	for (; from < to; from++)
		n += *from == '\n';
	return n;
}

enum { MAX_TAGS = 20000 };

GArray *
tags_find(const char *text, size_t size, TagsIn in)
{
	GArray *tags = g_array_new(FALSE, TRUE, sizeof(Tag));
	g_array_set_clear_func(tags, tag_clear);
	const char *end = text + size;
	int line = 1;
	for (const char *p = text; p < end && tags->len < MAX_TAGS;) {
		bool block = is_mark(p, end, "{%");
		if (!block && !is_mark(p, end, "{{")) {
			line += *p++ == '\n';
			continue;
		}
		const char *after = find_end(p, end, block, in);
		const char *to = after ? after : p + 2;
		Tag tag = { .start = (size_t)(p - text), .end = (size_t)(to - text), .line = line };
		tag.replace = tag.start;
		tag.replace_end = tag.end;
		if (after)
			read_tag(&tag, text, block);
		else
			tag.wrong = block ? N_("'{%' without '%}'") : N_("'{{' without '}}'");
		if (tags->len + 1 == MAX_TAGS)
			tag.wrong = N_("too many tags in one file");
		g_array_append_val(tags, tag);
		line += count_lines(p, to);
		p = to;
	}
	return tags;
}
