/* Clean-ups: small, named changes to a text before its type reads it. */
#include "base/text.h"
#include "extract/marks.h"
#include "extract/types.h"

#include <string.h>

static char *
strip_set(const char *text, const char *set, bool front, bool back)
{
	const char *end = text + strlen(text);
	while (front && *text && g_utf8_strchr(set, -1, g_utf8_get_char(text)))
		text = g_utf8_next_char(text);
	while (back && end > text) {
		const char *last = g_utf8_prev_char(end);
		if (!g_utf8_strchr(set, -1, g_utf8_get_char(last)))
			break;
		end = last;
	}
	return g_strndup(text, (gsize)(end - text));
}

static char *
clean_strip_end(const char *text)
{
	return strip_set(text, ".,;:/ \u00a0", false, true);
}

static char *
clean_strip_quotes(const char *text)
{
	return strip_set(text, "\"“”„'‘’«» ", true, true);
}

static char *
clean_strip_parens(const char *text)
{
	return strip_set(text, "()[] ", true, true);
}

static char *
clean_strip_bullet(const char *text)
{
	return g_strdup(after_bullet(text));
}

static char *
clean_strip_number(const char *text)
{
	return g_strdup(after_item_number(text, NULL));
}

static char *
clean_strip_address(const char *text)
{
	return g_strdup(after_address(text));
}

static char *
clean_no_spaces(const char *text)
{
	g_auto(GStrv) parts = g_strsplit_set(text, " \t\n", -1);
	return g_strjoinv("", parts);
}

/* What stands in brackets at the end goes: "Nguyễn Văn A (b/c)". */
static char *
clean_no_remark(const char *text)
{
	size_t n = strlen(text);
	const char *open = strrchr(text, '(');
	if (!open || open == text || n == 0 || text[n - 1] != ')')
		return g_strdup(text);
	return g_strchomp(g_strndup(text, (gsize)(open - text)));
}

static char *
clean_first_word(const char *text)
{
	return g_strndup(text, strcspn(text, " "));
}

static char *
clean_first_line(const char *text)
{
	return g_strndup(text, strcspn(text, "\n"));
}

/* "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH …": what stands before the posts (NĐ 30/2020, Điều 13). */
static char *
clean_prefixes(const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", -1);
	GString *out = g_string_new(NULL);
	for (char **word = words; *word; word++) {
		g_autofree char *prefix = text_is_caps(*word) ? authority_of(*word) : g_strdup("");
		if (*prefix && strpbrk(*word, "./"))
			g_string_append_printf(out, "%s%s", out->len ? " " : "", prefix);
	}
	return g_string_free(out, FALSE);
}

const CleanUp extract_clean_ups[] = {
	{ "first-line", clean_first_line, "chỉ lấy dòng đầu", "the first line only" },
	{ "first-word", clean_first_word, "chỉ lấy từ đầu", "the first word only" },
	{ "lower", text_lower, "chữ thường", "small letters" },
	{ "no-remark", clean_no_remark, "bỏ phần trong ngoặc ở cuối",
		"drops a bracketed remark at the end" },
	{ "no-spaces", clean_no_spaces, "bỏ mọi khoảng trắng", "removes all white space" },
	{ "prefixes", clean_prefixes, "chỉ giữ quyền hạn ký: TM. KT. TL. TUQ. Q.",
		"keeps only the signer's authority: TM. KT. TL. TUQ. Q." },
	{ "strip-address", clean_strip_address, "bỏ “Ông”, “Bà”, “đồng chí” ở đầu",
		"drops “Ông”, “Bà”, “đồng chí” in front" },
	{ "strip-bullet", clean_strip_bullet, "bỏ gạch đầu dòng", "drops a bullet in front" },
	{ "strip-end", clean_strip_end, "bỏ dấu . , ; : / ở cuối", "drops . , ; : / at the end" },
	{ "strip-number", clean_strip_number, "bỏ số thứ tự ở đầu (“1.”, “a)”)",
		"drops an item number in front (“1.”, “a)”)" },
	{ "strip-parens", clean_strip_parens, "bỏ ngoặc hai đầu", "drops brackets at both ends" },
	{ "strip-quotes", clean_strip_quotes, "bỏ dấu ngoặc kép hai đầu",
		"drops quotes at both ends" },
	{ "title-case", text_title_case, "viết hoa chữ đầu mỗi từ",
		"capitals at the start of words" },
	{ "upper", text_upper, "chữ hoa", "capital letters" },
	{ NULL, NULL, NULL, NULL },
};

const char **
clean_up_names(void)
{
	const char **names = g_new0(const char *, G_N_ELEMENTS(extract_clean_ups));
	for (size_t i = 0; extract_clean_ups[i].name; i++)
		names[i] = extract_clean_ups[i].name;
	return names;
}

static const CleanUp *
clean_up_lookup(const char *name)
{
	for (const CleanUp *clean = extract_clean_ups; clean->name; clean++)
		if (strcmp(clean->name, name) == 0)
			return clean;
	return NULL;
}

bool
clean_ups_parse(const char *words, CleanUps *ret, GError **err)
{
	g_auto(GStrv) list = g_strsplit_set(words, " \t\n", -1);
	CleanUps clean = { .n = 0 };
	for (char **word = list; *word; word++) {
		if (!**word)
			continue;
		const CleanUp *found = clean_up_lookup(*word);
		if (!found)
			return fail(err, ERR_NOT_FOUND, "%s", *word);
		if (clean.n == CLEAN_UPS_MAX)
			return fail(err, ERR_LIMIT, _("more than %d clean-ups"), CLEAN_UPS_MAX);
		clean.list[clean.n++] = found;
	}
	*ret = clean;
	return true;
}

char *
clean_ups_run(const CleanUps *clean, const char *text)
{
	char *value = text_squeeze(text);
	for (int i = 0; i < clean->n; i++) {
		g_autofree char *before = value;
		value = text_squeezed(clean->list[i]->run(before));
	}
	return value;
}
