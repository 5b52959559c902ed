/* The families that an SVG names -> what fontconfig has for them, letter by letter. */
#include "generate/svg_fonts.h"

#include <fontconfig/fontconfig.h>
#include <string.h>

static const char letters[] =
	"aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
	"AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬBCDĐEÈÉẺẼẸÊỀẾỂỄỆGHIÌÍỈĨỊKLMNOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢPQRSTUÙÚỦŨỤƯỪỨỬỮỰVXYỲÝỶỸỴ";

static int
count_missing(FcPattern *font)
{
	FcCharSet *has = NULL;
	int missing = 0;
	bool known = FcPatternGetCharSet(font, FC_CHARSET, 0, &has) == FcResultMatch;
	for (const char *p = letters; *p; p = g_utf8_next_char(p))
		missing += !known || !FcCharSetHasChar(has, g_utf8_get_char(p));
	return missing;
}

/* As librsvg will choose: "Tinos, 'Times New Roman', serif". */
static void
report(const char *list, GString *out)
{
	FcPattern *wanted = FcPatternCreate();
	g_auto(GStrv) families = g_strsplit(list, ",", 20);
	for (char **family = families; *family; family++) {
		g_strdelimit(*family, "'\"\t\n", ' ');
		FcPatternAddString(wanted, FC_FAMILY, (const FcChar8 *)g_strstrip(*family));
	}
	FcConfigSubstitute(NULL, wanted, FcMatchPattern);
	FcDefaultSubstitute(wanted);
	FcResult result;
	FcPattern *font = FcFontMatch(NULL, wanted, &result);
	FcChar8 *used = NULL;
	if (font)
		FcPatternGetString(font, FC_FAMILY, 0, &used);
	g_string_append_printf(out, "%s\t%s\t%d\n", families[0] ? families[0] : "",
		used ? (const char *)used : "-",
		font ? count_missing(font) : (int)g_utf8_strlen(letters, -1));
	if (font)
		FcPatternDestroy(font);
	FcPatternDestroy(wanted);
}

bool
svg_fonts(GBytes *svg, GString *out, GError **err)
{
	static const char pattern[] = "font-family\\s*(?:=\\s*(?:\"([^\"<>]+)\"|'([^'<>]+)')"
				      "|:\\s*([^;\"<>]+))";
	g_autofree char *text = g_strndup(g_bytes_get_data(svg, NULL), g_bytes_get_size(svg));
	g_autoptr(GRegex) names = g_regex_new(pattern, 0, 0, err);
	g_autoptr(GMatchInfo) found = NULL;
	if (!names)
		return false;
	for (g_regex_match(names, text, 0, &found); g_match_info_matches(found);
		g_match_info_next(found, NULL))
		for (int group = 1; group < g_match_info_get_match_count(found); group++) {
			g_autofree char *list = g_match_info_fetch(found, group);
			if (*list)
				report(list, out);
		}
	return true;
}
