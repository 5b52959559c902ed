/* Numbers and dates of a sheet to text, by the codes of their formats. */
#include "decode/xlsx_format.h"

#include <glib.h>
#include <math.h>
#include <string.h>

enum { DECIMALS_MAX = 15, NUMBER_ROOM = 400 };

const char *
xlsx_format_code(int id)
{
	static const char *const codes[50] = {
		[1] = "0",
		[2] = "0.00",
		[3] = "#,##0",
		[4] = "#,##0.00",
		[9] = "0%",
		[10] = "0.00%",
		[11] = "0.00E+00",
		[14] = "dd/mm/yyyy",
		[15] = "dd-mm-yyyy",
		[16] = "dd-mm",
		[17] = "mm-yyyy",
		[18] = "h:mm AM/PM",
		[19] = "h:mm:ss AM/PM",
		[20] = "h:mm",
		[21] = "h:mm:ss",
		[22] = "dd/mm/yyyy h:mm",
		[37] = "#,##0;(#,##0)",
		[38] = "#,##0;(#,##0)",
		[39] = "#,##0.00;(#,##0.00)",
		[40] = "#,##0.00;(#,##0.00)",
		[41] = "#,##0;-#,##0",
		[42] = "#,##0;-#,##0",
		[43] = "#,##0.00;-#,##0.00",
		[44] = "#,##0.00;-#,##0.00",
		[45] = "mm:ss",
		[46] = "[h]:mm:ss",
		[47] = "mm:ss",
		[48] = "0.0E+0",
	};
	return id >= 0 && id < (int)G_N_ELEMENTS(codes) ? codes[id] : NULL;
}

/* ---- a code, piece by piece ---------------------------------------------------------------- */

typedef enum { PIECE_LITERAL, PIECE_CODE, PIECE_ELAPSED } PieceKind;

/* A stretch of a code: text to be shown as it is, a character that means something, or [h]. */
typedef struct {
	PieceKind kind;
	const char *start;
	size_t size;
	const char *next;
} Piece;

/* "[$₫-42A]" shows ₫, "[h]" is elapsed time; colours and conditions show nothing. */
static Piece
read_bracket(const char *p)
{
	const char *end = strchr(p, ']');
	Piece piece = { PIECE_LITERAL, p, 0, end ? end + 1 : p + strlen(p) };
	const char *inside = p + 1;
	size_t size = end ? (size_t)(end - inside) : 0;
	if (size && *inside == '$') {
		piece.start = inside + 1;
		piece.size = MIN(size - 1, strcspn(inside + 1, "-]"));
	} else if (size && size <= 2 && strspn(inside, "hHmMsS") >= size) {
		piece = (Piece){ PIECE_ELAPSED, inside, size, end + 1 };
	}
	return piece;
}

static Piece
read_piece(const char *p)
{
	if (*p == '[')
		return read_bracket(p);
	if (*p == '"') {
		const char *end = strchr(p + 1, '"');
		size_t size = end ? (size_t)(end - p - 1) : strlen(p + 1);
		return (Piece){ PIECE_LITERAL, p + 1, size, end ? end + 1 : p + 1 + size };
	}
	if (strchr("\\_*", *p) && p[1]) {
		const char *next = g_utf8_next_char(p + 1);
		return (Piece){ PIECE_LITERAL, p + 1, *p == '\\' ? (size_t)(next - p - 1) : 0,
			next };
	}
	if (strchr("dDmMyYhHsS0#?.,%;@Ee/", *p))
		return (Piece){ PIECE_CODE, p, 1, p + 1 };
	const char *next = g_utf8_next_char(p);
	return (Piece){ PIECE_LITERAL, p, (size_t)(next - p), next };
}

/* Sections are for what is positive, negative, zero. *number loses its sign where its section
 * writes it. Caller owns. */
static char *
choose_section(const char *code, double *number)
{
	const char *sections[4] = { code };
	int n = 1;
	const char *end = code;
	for (const char *p = code; *p;) {
		Piece piece = read_piece(p);
		if (piece.kind == PIECE_CODE && *piece.start == ';' && n < 4)
			sections[n++] = piece.next;
		p = end = piece.next;
	}
	int chosen = *number < 0 && n > 1 ? 1 : *number == 0 && n > 2 ? 2 : 0;
	if (chosen == 1)
		*number = -*number;
	const char *stop = chosen + 1 < n ? sections[chosen + 1] - 1 : end;
	return g_strndup(sections[chosen], (gsize)(stop - sections[chosen]));
}

static bool
is_date_code(const char *code)
{
	for (const char *p = code; *p;) {
		Piece piece = read_piece(p);
		if (piece.kind == PIECE_ELAPSED ||
			(piece.kind == PIECE_CODE && strchr("dDmMyYhHsS", *piece.start)))
			return true;
		p = piece.next;
	}
	return false;
}

/* ---- dates --------------------------------------------------------------------------------- */

typedef struct {
	int year, month, day, weekday; /* weekday from 1 = Monday */
	int hour, minute, second;
	gint64 seconds; /* of the whole value, for elapsed time */
} Moment;

/* Days of a workbook that counts from 1900 are one too many from March of that year on: Lotus took
 * it for a leap year, and everybody kept that. */
static bool
read_moment(double number, bool from_1904, Moment *ret)
{
	enum { DAY_BEFORE_1900 = 693595, DAY_BEFORE_1904 = 695056, LEAP_DAY_1900 = 60 };
	if (!(number >= 0) || number >= 2958466)
		return false;
	gint64 seconds = (gint64)floor(number * 86400 + 0.5);
	gint64 day = seconds / 86400;
	int clock = (int)(seconds % 86400);
	*ret = (Moment){ .hour = clock / 3600,
		.minute = clock / 60 % 60,
		.second = clock % 60,
		.seconds = seconds };
	if (!from_1904 && (day == 0 || day == LEAP_DAY_1900)) {
		ret->year = 1900;
		ret->month = day ? 2 : 1;
		ret->day = day ? 29 : 0;
		return true;
	}
	guint32 julian = (guint32)(from_1904  ? DAY_BEFORE_1904 + day
			: day > LEAP_DAY_1900 ? DAY_BEFORE_1900 + day - 1
					      : DAY_BEFORE_1900 + day);
	GDate date;
	g_date_clear(&date, 1);
	g_date_set_julian(&date, julian);
	if (!g_date_valid(&date))
		return false;
	ret->year = g_date_get_year(&date);
	ret->month = (int)g_date_get_month(&date);
	ret->day = g_date_get_day(&date);
	ret->weekday = (int)g_date_get_weekday(&date);
	return true;
}

typedef struct {
	PieceKind kind;
	char letter; /* y, m = month, n = minute, d, h, s; 0 = literal */
	int count;
	const char *text; /* of a literal */
} DateToken;

static void
add_token(GArray *tokens, const Piece *piece)
{
	DateToken token = { .kind = piece->kind, .text = piece->start, .count = (int)piece->size };
	if (piece->kind != PIECE_LITERAL && strchr("dDmMyYhHsS", *piece->start))
		token.letter = g_ascii_tolower(*piece->start);
	else
		token.kind = PIECE_LITERAL;
	DateToken *last = tokens->len ? &g_array_index(tokens, DateToken, tokens->len - 1) : NULL;
	if (token.letter && last && last->letter == token.letter && token.kind == PIECE_CODE)
		last->count++;
	else
		g_array_append_val(tokens, token);
}

/* The nearest letter before or after a token; 0 = none. */
static char
neighbour(const GArray *tokens, int at, int step)
{
	for (int i = at + step; i >= 0 && i < (int)tokens->len; i += step)
		if (g_array_index(tokens, DateToken, i).letter)
			return g_array_index(tokens, DateToken, i).letter;
	return 0;
}

/* m is a minute after an hour or before a second. A month in figures before a day changes places
 * with it. */
static void
settle_tokens(GArray *tokens)
{
	DateToken *month = NULL, *day = NULL, *year = NULL;
	for (int i = 0; i < (int)tokens->len; i++) {
		DateToken *token = &g_array_index(tokens, DateToken, i);
		if (token->letter == 'm' &&
			(neighbour(tokens, i, -1) == 'h' || neighbour(tokens, i, 1) == 's'))
			token->letter = 'n';
		if (token->letter == 'm' && !month && token->count <= 2)
			month = token;
		if (token->letter == 'd' && !day && token->count <= 2)
			day = token;
		if (token->letter == 'y' && !year)
			year = token;
	}
	bool month_first = month && day && month < day && (!year || year > month);
	if (month_first) {
		month->letter = 'd';
		day->letter = 'm';
	}
}

static void
print_elapsed(const DateToken *token, const Moment *moment, GString *out)
{
	gint64 unit = token->letter == 'h' ? 3600 : token->letter == 's' ? 1 : 60;
	g_string_append_printf(
		out, "%0*" G_GINT64_FORMAT, MIN(token->count, 2), moment->seconds / unit);
}

static void
print_token(const DateToken *token, const Moment *moment, bool noon, GString *out)
{
	static const char *const days[] = { "", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu",
		"Thứ Bảy", "Chủ nhật" };
	int hour = noon ? (moment->hour + 11) % 12 + 1 : moment->hour;
	int width = MIN(token->count, 2);
	switch (token->letter) {
	case 'y':
		g_string_append_printf(out, "%d", moment->year);
		break;
	case 'd':
		if (token->count > 2)
			g_string_append(out, days[moment->weekday]);
		else
			g_string_append_printf(out, "%0*d", width, moment->day);
		break;
	case 'm':
		g_string_append_printf(out, "%0*d", width, moment->month);
		break;
	case 'h':
		g_string_append_printf(out, "%0*d", width, hour);
		break;
	default:
		g_string_append_printf(
			out, "%0*d", width, token->letter == 'n' ? moment->minute : moment->second);
	}
}

/* "AM/PM" makes the hours of a code those of half a day. */
static const char *
find_noon(const char *code)
{
	const char *am = strstr(code, "AM/PM");
	return am ? am : strstr(code, "am/pm");
}

static char *
format_date(double number, const char *code, bool from_1904)
{
	Moment moment;
	if (!read_moment(number, from_1904, &moment))
		return NULL;
	g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(DateToken));
	const char *noon = find_noon(code);
	for (const char *p = code; *p;) {
		Piece piece = read_piece(p);
		if (p == noon) {
			const char *half = moment.hour < 12 ? "SA" : "CH";
			piece = (Piece){ PIECE_LITERAL, half, 2, p + strlen("AM/PM") };
		}
		/* fractions of a second are rounded away with their dot */
		bool fraction = piece.kind == PIECE_CODE &&
			(*piece.start == '0' || (*piece.start == '.' && piece.next[0] == '0'));
		if (!fraction && !(piece.kind == PIECE_CODE && *piece.start == '@'))
			add_token(tokens, &piece);
		p = piece.next;
	}
	settle_tokens(tokens);
	GString *out = g_string_new(NULL);
	for (guint i = 0; i < tokens->len; i++) {
		const DateToken *token = &g_array_index(tokens, DateToken, i);
		if (!token->letter)
			g_string_append_len(out, token->text, token->count);
		else if (token->kind == PIECE_ELAPSED)
			print_elapsed(token, &moment, out);
		else
			print_token(token, &moment, noon != NULL, out);
	}
	return g_string_free(out, FALSE);
}

/* ---- numbers ------------------------------------------------------------------------------- */

static void
append_number(GString *out, double number, const char *form)
{
	char text[NUMBER_ROOM];
	g_ascii_formatd(text, sizeof text, form, number);
	g_strdelimit(text, ".", ',');
	g_string_append(out, text);
}

/* Without a format: whole numbers whole (identity numbers have twelve digits), others with ten
 * digits that count, as many as a cell shows: 0.1 + 0.2 is 0,3. */
static char *
format_general(double number)
{
	GString *out = g_string_new(NULL);
	bool whole = fabs(number) < 1e15 && number == floor(number);
	append_number(out, number == 0 ? 0 : number, whole ? "%.0f" : "%.10g");
	return g_string_free(out, FALSE);
}

typedef struct {
	GString *before, *after;                 /* literals */
	int whole, decimals, least_decimals;     /* zeros before the point; places after it */
	int percents, thousands;                 /* thousands: commas behind the last digit */
	int digits;                              /* places for digits before the point */
	bool grouped, exponent, fraction, split; /* split: literals between digits ("000-000") */
} NumberCode;

static void
take_literal(NumberCode *number, const char *text, size_t size, bool after_digits)
{
	g_string_append_len(after_digits ? number->after : number->before, text, (gssize)size);
}

/* One character that means something. *point: past the decimal point. */
static void
take_code(NumberCode *number, char c, bool *point)
{
	if (strchr("0#?", c)) {
		number->split |= number->after->len > 0 && !*point && !number->exponent;
		number->grouped |= number->thousands > 0;
		number->thousands = 0;
		number->digits += !*point;
		number->whole += !*point && c == '0' && !number->exponent;
		number->decimals += *point && !number->exponent;
		number->least_decimals += *point && c == '0' && !number->exponent;
	} else if (c == '.') {
		*point = true;
	} else if (c == ',') {
		number->thousands += number->digits > 0;
	} else if (c == '%') {
		number->percents++;
		take_literal(number, "%", 1, number->digits > 0 || *point);
	} else if (c == '/') {
		number->fraction = true;
	} else if (c == 'E' || c == 'e') {
		number->exponent = true;
	}
}

static void
read_number_code(const char *code, NumberCode *ret)
{
	bool point = false;
	*ret = (NumberCode){ .before = g_string_new(NULL), .after = g_string_new(NULL) };
	for (const char *p = code; *p;) {
		Piece piece = read_piece(p);
		if (piece.kind == PIECE_CODE)
			take_code(ret, *piece.start, &point);
		else if (!ret->exponent || !strchr("+-", *piece.start))
			take_literal(ret, piece.start, piece.size, ret->digits > 0 || point);
		p = piece.next;
	}
}

/* "1234567" as "1.234.567". */
static void
append_grouped(GString *out, const char *digits)
{
	size_t n = strlen(digits);
	for (size_t i = 0; i < n; i++) {
		if (i && (n - i) % 3 == 0)
			g_string_append_c(out, '.');
		g_string_append_c(out, digits[i]);
	}
}

static void
append_digits(GString *out, double number, const NumberCode *code)
{
	char form[16], text[NUMBER_ROOM];
	int decimals = MIN(code->decimals, DECIMALS_MAX);
	g_snprintf(form, sizeof form, "%%.%df", decimals);
	g_ascii_formatd(text, sizeof text, form, fabs(number));
	char *point = strchr(text, '.');
	const char *rest = point ? point + 1 : "";
	size_t size = strlen(rest);
	while (size > (size_t)code->least_decimals && rest[size - 1] == '0')
		size--;
	if (point)
		*point = '\0';
	for (int missing = MIN(code->whole, 30) - (int)strlen(text); missing > 0; missing--)
		g_string_append_c(out, '0');
	if (code->grouped)
		append_grouped(out, text);
	else
		g_string_append(out, text);
	if (size)
		g_string_append_printf(out, ",%.*s", (int)size, rest);
}

/* "0###.###.###": the digits go into their places from the right. */
static char *
fill_places(double number, const char *code)
{
	char text[NUMBER_ROOM];
	g_ascii_formatd(text, sizeof text, "%.0f", fabs(number));
	int left = (int)strlen(text), places = 0;
	for (const char *p = code; *p; p = read_piece(p).next)
		places += read_piece(p).kind == PIECE_CODE && strchr("0#?", *p);
	GString *out = g_string_new(NULL);
	const char *digit = text;
	for (const char *p = code; *p;) {
		Piece piece = read_piece(p);
		if (piece.kind != PIECE_CODE) {
			g_string_append_len(out, piece.start, (gssize)piece.size);
		} else if (strchr("0#?", *p)) {
			for (; left > places; left--)
				g_string_append_c(out, *digit++);
			if (left == places && left > 0) {
				g_string_append_c(out, *digit++);
				left--;
			} else if (*p == '0') {
				g_string_append_c(out, '0');
			}
			places--;
		}
		p = piece.next;
	}
	return g_string_free(out, FALSE);
}

static char *
print_number(double number, const char *section, const NumberCode *code)
{
	if (code->fraction || (code->digits == 0 && code->decimals == 0 && strchr(section, '@')))
		return format_general(number);
	if (code->split && code->decimals == 0 && !code->exponent)
		return fill_places(number, section);
	GString *out = g_string_new(NULL);
	if (number < 0)
		g_string_append_c(out, '-');
	g_string_append_len(out, code->before->str, (gssize)code->before->len);
	double shown = number * pow(100, MIN(code->percents, 3)) /
		pow(1000, code->thousands > 0 ? MIN(code->thousands, 4) : 0);
	if (code->exponent) {
		char form[16];
		g_snprintf(form, sizeof form, "%%.%dE", MIN(code->decimals, DECIMALS_MAX));
		append_number(out, fabs(shown), form);
	} else if (code->digits || code->decimals) {
		append_digits(out, shown, code);
	}
	g_string_append_len(out, code->after->str, (gssize)code->after->len);
	return g_string_free(out, FALSE);
}

static char *
format_number(double number, const char *section)
{
	NumberCode code;
	read_number_code(section, &code);
	char *text = print_number(number, section, &code);
	g_string_free(code.before, TRUE);
	g_string_free(code.after, TRUE);
	return text;
}

char *
xlsx_format(const char *value, const char *code, bool from_1904)
{
	char *end;
	double number = g_ascii_strtod(value, &end);
	if (end == value || *end || !isfinite(number))
		return g_strdup(value);
	if (!code || !*code || strstr(code, "General") || strstr(code, "GENERAL"))
		return format_general(number);
	double positive = number;
	g_autofree char *section = choose_section(code, &positive);
	if (!is_date_code(section))
		return format_number(positive, section);
	char *date = format_date(number, section, from_1904);
	return date ? date : format_general(number);
}
