/* From the text that a pattern found to a value: the table of types and the readers behind it. */
#include "extract/types.h"

#include "base/letter.h"
#include "base/text.h"
#include "extract/marks.h"
#include "extract/pattern.h"

#include <stdlib.h>
#include <string.h>

/* --- dates --- */

typedef struct {
	int value[3];
	int digits[3];
	int n;
} Numbers;

/* The runs of digits of a text, three at most; a fourth makes it something else. */
static bool
read_numbers(const char *text, Numbers *ret)
{
	*ret = (Numbers){ 0 };
	for (const char *p = text; *p;) {
		if (!g_ascii_isdigit(*p)) {
			p++;
			continue;
		}
		char *end;
		long value = strtol(p, &end, 10);
		if (ret->n == 3 || end - p > 4)
			return false;
		ret->value[ret->n] = (int)value;
		ret->digits[ret->n++] = (int)(end - p);
		p = end;
	}
	return ret->n == 3;
}

/* Only words and signs that a date may have between its numbers. */
static bool
only_date_words(const char *text)
{
	static const char *const words[] = { "ngày", "tháng", "năm", "ngay", "thang", "nam", NULL };
	static const char between[] = " \t\n0123456789/-.,–_…";
	g_autofree char *lower = text_lower(text);
	for (const char *p = lower + strspn(lower, between); *p; p += strspn(p, between)) {
		size_t size = strcspn(p, between);
		if (!text_in_list(p, size, words))
			return false;
		p += size;
	}
	return true;
}

/* "2026-11-05T08:30:00+07:00", "2026-11-05 08:30": a message's time of day is not part of the day.
 */
static bool
read_timestamp(const char *text, Date *ret_date)
{
	g_autofree char *day = g_strndup(text, 10);
	return strlen(text) > 11 && (text[10] == 'T' || text[10] == ' ') &&
		g_ascii_isdigit(text[11]) && strchr(text + 11, ':') &&
		date_parse_iso(day, ret_date);
}

bool
date_read(const char *text, Date *ret_date)
{
	Numbers numbers;
	if (read_timestamp(text, ret_date))
		return true;
	if (!read_numbers(text, &numbers) || !only_date_words(text))
		return false;
	bool iso = numbers.digits[0] == 4;
	if (numbers.digits[iso ? 0 : 2] != 4)
		return false;
	Date date = { numbers.value[iso ? 0 : 2], numbers.value[1], numbers.value[iso ? 2 : 0] };
	if (!date_valid(date))
		return false;
	*ret_date = date;
	return true;
}

static char *
read_date(const char *text)
{
	Date date;
	return date_read(text, &date) ? date_print_iso(date) : NULL;
}

/* --- numbers --- */

/* A number of a document: digits, and what follows them directly ("12a"); leading zeros stay. */
static char *
read_ordinal(const char *text)
{
	size_t digits = strspn(text, "0123456789");
	const char *rest = text + digits;
	if (digits == 0 || digits > 6 || (*rest && (!g_ascii_isalpha(*rest) || rest[1])))
		return NULL;
	return g_strdup(text);
}

static char *
read_integer(const char *text)
{
	g_autofree char *plain = g_strdup(text);
	char *to = plain;
	for (const char *p = text; *p; p++) {
		if (g_ascii_isdigit(*p))
			*to++ = *p;
		else if (*p != '.' && *p != ' ')
			return NULL;
	}
	*to = '\0';
	size_t zeros = strspn(plain, "0");
	if (to == plain || to - plain > 15)
		return NULL;
	return g_strdup(plain[zeros] ? plain + zeros : "0");
}

/* "1.168.800.000 đồng": đồng as a whole number. */
static char *
read_money(const char *text)
{
	g_autofree char *key = match_key(text);
	size_t n = strspn(key, "0123456789. ");
	g_autofree char *amount = g_strndup(key, n);
	static const char *const units[] = { "", "đ", "đồng", "vnđ", "vnd", "đồng chẵn", NULL };
	if (!g_strv_contains(units, g_strstrip(key + n)))
		return NULL;
	return read_integer(g_strstrip(amount));
}

/* "85,5%" becomes 85.5 */
static char *
read_percentage(const char *text)
{
	g_autofree char *plain = g_strdelimit(g_strdup(text), ",", '.');
	size_t n = strspn(plain, "0123456789.");
	g_autofree char *rest = g_strstrip(g_strdup(plain + n));
	plain[n] = '\0';
	char *end;
	double value = g_ascii_strtod(plain, &end);
	if (n == 0 || *end || (*rest && strcmp(rest, "%") != 0) || value > 100)
		return NULL;
	return g_strdup(plain);
}

static char *
read_year(const char *text)
{
	char *end;
	long year = strtol(text, &end, 10);
	return end - text == 4 && !*end && year >= 1900 && year <= 2200 ? g_strdup(text) : NULL;
}

/* --- words --- */

static char *
read_text(const char *text)
{
	bool word = false;
	for (const char *p = text; *p && !word; p = g_utf8_next_char(p))
		word = g_unichar_isalnum(g_utf8_get_char(p));
	return word ? g_strdup(text) : NULL;
}

static char *
read_person(const char *text)
{
	return is_person_name(text) ? g_strdup(text) : NULL;
}

/* The name of a body or a post: letters, no sentence. */
static char *
read_organisation(const char *text)
{
	size_t letters = 0, length = text_length(text);
	for (const char *p = text; *p; p = g_utf8_next_char(p))
		letters += g_unichar_isalpha(g_utf8_get_char(p));
	if (letters < 2 || length > 300 || letters * 2 < length || is_rule_line(text))
		return NULL;
	return g_strdup(text);
}

static char *
without_spaces(const char *text)
{
	GString *out = g_string_new(NULL);
	for (const char *p = text; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (g_unichar_isspace(c) || c == 0xa0)
			continue;
		bool dash = c == 0x2010 || c == 0x2011 || c == 0x2013 || c == 0x2014 || c == 0x2212;
		g_string_append_unichar(out, dash ? '-' : c == 0xd0 ? 0x110 : c);
	}
	return g_string_free(out, FALSE);
}

/* The notation of a document ("QĐ-UBND", "2026/NĐ-CP", "CT/TW"): spaces removed. */
static char *
read_symbol(const char *text)
{
	g_autofree char *symbol = without_spaces(text);
	size_t letters = 0;
	for (const char *p = symbol; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (!g_unichar_isalnum(c) && c != '-' && c != '/' && c != '&' && c != '.' &&
			c != '+')
			return NULL;
		letters += g_unichar_isalpha(c);
	}
	size_t length = text_length(symbol);
	if (letters < 2 || length > 40 || g_str_has_suffix(symbol, "-") ||
		g_str_has_suffix(symbol, "/"))
		return NULL;
	return g_steal_pointer(&symbol);
}

/* "Quyết định số 12/QĐ-UBND …": a document reference has a number or a notation. */
static char *
read_reference(const char *text)
{
	return strchr(text, '/') || strpbrk(text, "0123456789") ? read_text(text) : NULL;
}

/* "A, B và C" as a list: "A; B; C". */
static char *
read_list(const char *text)
{
	g_auto(GStrv) parts = g_strsplit_set(text, ",;\n", -1);
	GString *out = g_string_new(NULL);
	for (char **part = parts; *part; part++) {
		g_autofree char *item = text_squeeze(*part);
		if (*item)
			g_string_append_printf(out, "%s%s", out->len ? "; " : "", item);
	}
	if (out->len)
		return g_string_free(out, FALSE);
	g_string_free(out, TRUE);
	return NULL;
}

/* --- enumerations: the aliases are compared as keys --- */

typedef struct {
	const char *alias, *value;
} Alias;

static char *
read_alias(const char *text, const Alias *aliases)
{
	for (; aliases->alias; aliases++)
		if (strcmp(aliases->alias, text) == 0 ||
			(letters_may_begin(text, aliases->alias) &&
				text_same(text, aliases->alias)))
			return g_strdup(aliases->value);
	return NULL;
}

static char *
read_urgency(const char *text)
{
	static const Alias aliases[] = {
		{ "HỎA TỐC", "HỎA TỐC" },
		{ "HOẢ TỐC HẸN GIỜ", "HỎA TỐC" },
		{ "HOA TOC", "HỎA TỐC" },
		{ "THƯỢNG KHẨN", "THƯỢNG KHẨN" },
		{ "THUONG KHAN", "THƯỢNG KHẨN" },
		{ "KHẨN", "KHẨN" },
		{ "KHAN", "KHẨN" },
		{ "3", "HỎA TỐC" },
		{ "2", "THƯỢNG KHẨN" },
		{ "1", "KHẨN" },
		{ NULL, NULL },
	};
	return read_alias(text, aliases);
}

static char *
read_secrecy(const char *text)
{
	static const Alias aliases[] = {
		{ "TUYỆT MẬT", "TUYỆT MẬT" },
		{ "TỐI MẬT", "TỐI MẬT" },
		{ "MẬT", "MẬT" },
		{ "TUYET MAT", "TUYỆT MẬT" },
		{ "TOI MAT", "TỐI MẬT" },
		{ NULL, NULL },
	};
	return read_alias(text, aliases);
}

static char *
read_group(const char *text)
{
	static const Alias aliases[] = {
		{ "tập thể", "collective" },
		{ "các tập thể", "collective" },
		{ "đơn vị", "collective" },
		{ "collective", "collective" },
		{ "cá nhân", "individual" },
		{ "các cá nhân", "individual" },
		{ "individual", "individual" },
		{ "hộ gia đình", "household" },
		{ "hộ", "household" },
		{ "gia đình", "household" },
		{ "household", "household" },
		{ NULL, NULL },
	};
	return read_alias(text, aliases);
}

static char *
read_rating(const char *text)
{
	static const Alias aliases[] = {
		{ "hoàn thành xuất sắc nhiệm vụ", "HTXSNV" },
		{ "hoàn thành xuất sắc", "HTXSNV" },
		{ "HTXSNV", "HTXSNV" },
		{ "HTXS", "HTXSNV" },
		{ "hoàn thành tốt nhiệm vụ", "HTTNV" },
		{ "hoàn thành tốt", "HTTNV" },
		{ "HTTNV", "HTTNV" },
		{ "HTT", "HTTNV" },
		{ "hoàn thành nhiệm vụ", "HTNV" },
		{ "hoàn thành", "HTNV" },
		{ "HTNV", "HTNV" },
		{ "không hoàn thành nhiệm vụ", "KHTNV" },
		{ "KHTNV", "KHTNV" },
		{ NULL, NULL },
	};
	return read_alias(text, aliases);
}

static char *
read_flag(const char *text)
{
	return *text ? g_strdup("true") : NULL;
}

const Type extract_types[] = {
	{ "date", read_date,
		"ngày đầy đủ, có thật: “ngày 07 tháng 4 năm 2014”, “28/7/2021”; giá trị ISO 8601",
		"a complete, real day in any written form; the value is ISO 8601" },
	{ "flag", read_flag, "có hay không: “true” khi mẫu khớp",
		"“true” when the pattern matched" },
	{ "group", read_group, "tập thể, cá nhân, hộ gia đình: collective, individual, household",
		"collective, individual or household, by their Vietnamese names" },
	{ "integer", read_integer, "số nguyên, dấu chấm ngăn hàng nghìn bị bỏ",
		"a whole number; dots between thousands are dropped" },
	{ "list", read_list, "danh sách ngăn bởi dấu phẩy, chấm phẩy; giá trị nối bằng “; ”",
		"a list parted by commas or semicolons; the value is joined by “; ”" },
	{ "money", read_money, "số tiền bằng đồng", "an amount in đồng, as a whole number" },
	{ "ordinal", read_ordinal, "số văn bản: 1–6 chữ số, có thể kèm một chữ; giữ số 0 đứng đầu",
		"the number of a document: 1 to 6 digits, perhaps a letter; leading zeros stay" },
	{ "organisation", read_organisation, "tên cơ quan, tổ chức", "the name of a body" },
	{ "percentage", read_percentage, "tỷ lệ phần trăm, 0–100", "a percentage, 0 to 100" },
	{ "person", read_person, "họ tên: 2–6 chữ viết hoa đầu từ, không phải tên cơ quan",
		"a person: 2 to 6 capitalised words, not a body; academic titles before it stay" },
	{ "rating", read_rating, "mức hoàn thành nhiệm vụ: HTXSNV, HTTNV, HTNV, KHTNV",
		"the yearly rating: HTXSNV, HTTNV, HTNV, KHTNV" },
	{ "reference", read_reference, "văn bản được dẫn, có số hoặc ký hiệu",
		"a document that is referred to: has a number or notation" },
	{ "secrecy", read_secrecy, "độ mật: MẬT, TỐI MẬT, TUYỆT MẬT", "a degree of secrecy" },
	{ "symbol", read_symbol, "ký hiệu văn bản, bỏ mọi khoảng trắng",
		"a notation; spaces are removed" },
	{ "text", read_text, "chữ bất kỳ, có ít nhất một chữ hoặc số",
		"any text with a letter or digit" },
	{ "urgency", read_urgency, "độ khẩn: KHẨN, THƯỢNG KHẨN, HỎA TỐC", "a degree of urgency" },
	{ "year", read_year, "năm, bốn chữ số", "a year of four digits" },
	{ NULL, NULL, NULL, NULL },
};

const Type *
type_lookup(const char *name)
{
	for (const Type *type = extract_types; type->name; type++)
		if (strcmp(type->name, name) == 0)
			return type;
	return NULL;
}

const char **
type_names(void)
{
	const char **names = g_new0(const char *, G_N_ELEMENTS(extract_types));
	for (size_t i = 0; extract_types[i].name; i++)
		names[i] = extract_types[i].name;
	return names;
}

char *
value_read(const Type *type, const CleanUps *clean, const char *text)
{
	g_autofree char *cleaned = clean->n > 0 ? clean_ups_run(clean, text) : NULL;
	return type->read(cleaned ? cleaned : text);
}
