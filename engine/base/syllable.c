/* A word -> onset + rime + tone, each looked up in a list. */
#include "base/syllable.h"

#include "base/text.h"

#include <string.h>

static const char *const onsets[] = { "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th",
	"tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "" };

/* Without tones. Those that end in c, ch, p, t only take sắc or nặng. */
static const char *const rimes[] = { "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap",
	"at", "au", "ay", "ăc", "ăm", "ăn", "ăng", "ăp", "ăt", "âc", "âm", "ân", "âng", "âp", "ât",
	"âu", "ây", "e", "ec", "em", "en", "eng", "eo", "ep", "et", "ê", "êch", "êm", "ên", "ênh",
	"êp", "êt", "êu", "i", "ia", "ich", "im", "in", "inh", "ip", "it", "iu", "iêc", "iêm",
	"iên", "iêng", "iêp", "iêt", "iêu", "y", "ych", "ynh", "yt", "yên", "yêm", "yêt", "yêu",
	"yêng", "o", "oc", "oi", "om", "on", "ong", "ooc", "oong", "op", "ot", "oa", "oac", "oach",
	"oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oăc", "oăm", "oăn",
	"oăng", "oăt", "oe", "oen", "oeo", "oet", "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt",
	"ơ", "ơi", "ơm", "ơn", "ơp", "ơt", "u", "ua", "uc", "ui", "um", "un", "ung", "up", "ut",
	"uâc", "uân", "uâng", "uât", "uây", "uê", "uêch", "uênh", "uơ", "uôc", "uôi", "uôm", "uôn",
	"uông", "uôt", "uy", "uya", "uych", "uynh", "uyt", "uyu", "uyên", "uyêt", "uyp", "ư", "ưa",
	"ưc", "ưi", "ưm", "ưn", "ưng", "ưt", "ưu", "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt",
	"ươu" };

typedef enum { TONE_LEVEL, TONE_GRAVE, TONE_ACUTE, TONE_HOOK, TONE_TILDE, TONE_DOT } Tone;

/* Letters without their tone, and the tone; false: two tones. */
static bool
split_tone(const char *word, GString *out, Tone *ret_tone)
{
	static const struct {
		gunichar mark;
		Tone tone;
	} marks[] = { { 0x300, TONE_GRAVE }, { 0x301, TONE_ACUTE }, { 0x309, TONE_HOOK },
		{ 0x303, TONE_TILDE }, { 0x323, TONE_DOT } };
	g_autofree char *lower = text_lower(word);
	g_autofree char *parts = g_utf8_normalize(lower, -1, G_NORMALIZE_NFD);
	g_autoptr(GString) bare = g_string_new(NULL);
	int tones = 0;
	for (const char *p = text_or_empty(parts); *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		Tone tone = TONE_LEVEL;
		for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
			tone = marks[i].mark == c ? marks[i].tone : tone;
		if (tone == TONE_LEVEL)
			g_string_append_unichar(bare, c);
		else
			*ret_tone = tone;
		tones += tone != TONE_LEVEL;
	}
	g_autofree char *joined = text_nfc(bare->str);
	g_string_assign(out, joined);
	return tones <= 1;
}

static bool
is_rime(const char *text, Tone tone)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rimes); i++) {
		if (strcmp(rimes[i], text) != 0)
			continue;
		size_t n = strlen(text);
		bool stopped =
			strchr("cpt", text[n - 1]) || (n > 1 && strcmp(text + n - 2, "ch") == 0);
		return !stopped || tone == TONE_ACUTE || tone == TONE_DOT;
	}
	return false;
}

bool
syllable_is_valid(const char *word)
{
	g_autoptr(GString) bare = g_string_new(NULL);
	Tone tone = TONE_LEVEL;
	if (strlen(word) > 32 || !split_tone(word, bare, &tone))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(onsets); i++) {
		size_t n = strlen(onsets[i]);
		if (strncmp(bare->str, onsets[i], n) == 0 && is_rime(bare->str + n, tone))
			return true;
	}
	/* in "gì", "giết" and "quốc" a letter belongs to both */
	bool gi = g_str_has_prefix(bare->str, "gi") && is_rime(bare->str + 1, tone);
	bool qu = g_str_has_prefix(bare->str, "qu") && is_rime(bare->str + 1, tone);
	return gi || qu;
}
