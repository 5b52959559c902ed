/* Check files into checks: shape, words, dates, expressions; every mistake with its line. */
#include "extract/check_set.h"

#include "base/text.h"
#include "document/shape.h"

#include <string.h>

/*
 * <checks id version [label source]>
 *   <let name select/>                   $name in later expressions stands for (select)
 *   <check id severity test message message-en
 *          [for when known unknown unknown-en source verified scope from to by]/>
 */
static const Shape shapes[] = {
	{ "checks", "", "id version", "label source" },
	{ "let", "checks", "name select", "" },
	{ "check", "checks", "id severity test message message-en",
		"for when known unknown unknown-en source verified scope from to by" },
	{ NULL, NULL, NULL, NULL },
};

static const char *const verified_words[] = { "no", "secondary", "yes", NULL };
static const char *const severity_words[] = { "note", "warning", "error", NULL };

typedef struct {
	Checks *checks;
	const char *file, *set;
	const xmlNode *root;
	GHashTable *lets; /* name -> expression, both in the arena */
	GString *mistakes;
} Loading;

static void mistake(Loading *loading, const xmlNode *node, const char *format, ...)
	G_GNUC_PRINTF(3, 4);

static void
mistake(Loading *loading, const xmlNode *node, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	g_string_append_printf(loading->mistakes, "%s%s:%ld: %s",
		loading->mistakes->len ? "\n" : "", loading->file, xmlGetLineNo(node), text);
}

static void
piece_free(gpointer data)
{
	query_free(((Piece *)data)->query);
}

static void
check_free(gpointer data)
{
	Check *check = data;
	query_free(check->nodes);
	query_free(check->when);
	query_free(check->known);
	query_free(check->by);
	query_free(check->test);
	g_clear_pointer(&check->vi, g_ptr_array_unref);
	g_clear_pointer(&check->en, g_ptr_array_unref);
	g_clear_pointer(&check->unknown_vi, g_ptr_array_unref);
	g_clear_pointer(&check->unknown_en, g_ptr_array_unref);
}

static Checks *
checks_new(void)
{
	Checks *checks = g_new0(Checks, 1);
	checks->arena = arena_new();
	checks->checks = g_ptr_array_new_with_free_func(check_free);
	checks->sets = g_hash_table_new(g_str_hash, g_str_equal);
	return checks;
}

void
checks_free(Checks *checks)
{
	if (!checks)
		return;
	g_ptr_array_unref(checks->checks);
	g_hash_table_unref(checks->sets);
	arena_free(checks->arena);
	g_free(checks);
}

static bool
is_name(char c)
{
	return g_ascii_isalnum(c) || c == '-' || c == '_';
}

static void
unknown_let(Loading *loading, const xmlNode *node, const char *name)
{
	g_autofree gpointer *names = g_hash_table_get_keys_as_array(loading->lets, NULL);
	const char *near = nearest_word(name, (const char *const *)names);
	if (near)
		mistake(loading, node, _("no <let name='%s'> above; did you mean '%s'?"), name,
			near);
	else
		mistake(loading, node, _("no <let name='%s'> above"), name);
}

/* $name becomes (its expression). An expression can only use what was said above it, so that this
 * ends. Inside of quotes a $ is a $. */
static char *
expand_lets(Loading *loading, const xmlNode *node, const char *expression)
{
	GString *out = g_string_new(NULL);
	char quote = 0;
	for (const char *p = expression; *p;) {
		if (quote ? *p == quote : (*p == '\'' || *p == '"'))
			quote = quote ? 0 : *p;
		if (quote || *p != '$') {
			g_string_append_c(out, *p++);
			continue;
		}
		const char *end = ++p;
		while (is_name(*end))
			end++;
		g_autofree char *name = g_strndup(p, (gsize)(end - p));
		const char *value = g_hash_table_lookup(loading->lets, name);
		if (!value)
			unknown_let(loading, node, name);
		else
			g_string_append_printf(out, "(%s)", value);
		p = end;
	}
	return g_string_free(out, FALSE);
}

static Query *
compile(Loading *loading, const xmlNode *node, const char *what, const char *expression)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *whole = expand_lets(loading, node, expression);
	if (strlen(whole) > 8192) {
		mistake(loading, node, _("'%s' is too long"), what);
		return NULL;
	}
	Query *query = query_compile(whole, &error);
	if (!query)
		mistake(loading, node, "%s: %s", what, error->message);
	return query;
}

static Query *
compile_attribute(
	Loading *loading, const xmlNode *node, const char *attribute, const char *otherwise)
{
	const char *expression = xml_peek_attr(node, attribute);
	if (!expression)
		expression = otherwise;
	return expression ? compile(loading, node, attribute, expression) : NULL;
}

static void
add_piece(Loading *loading, GPtrArray *pieces, const char *text, Query *query)
{
	Piece *piece = arena_new0(loading->checks->arena, Piece);
	piece->text = text;
	piece->query = query;
	g_ptr_array_add(pieces, piece);
}

/* "Thiếu báo cáo của {name}." → text, expression, text. */
static GPtrArray *
load_message(Loading *loading, const xmlNode *node, const char *attribute)
{
	Arena *arena = loading->checks->arena;
	GPtrArray *pieces = g_ptr_array_new_with_free_func(piece_free);
	for (const char *p = text_or_empty(xml_peek_attr(node, attribute)); *p;) {
		size_t plain = strcspn(p, "{");
		if (plain)
			add_piece(loading, pieces, arena_strndup(arena, p, plain), NULL);
		p += plain;
		if (!*p)
			break;
		size_t inside = strcspn(p + 1, "}");
		if (!p[1 + inside]) {
			mistake(loading, node, _("'%s': a '{' without its '}'"), attribute);
			break;
		}
		g_autofree char *expression = g_strndup(p + 1, inside);
		Query *query = compile(loading, node, attribute, expression);
		if (query)
			add_piece(loading, pieces, NULL, query);
		p += inside + 2;
	}
	return pieces;
}

static Date
load_date(Loading *loading, const xmlNode *node, const char *attribute)
{
	Date date = { 0 };
	const char *text = xml_peek_attr(node, attribute);
	if (text && (strlen(text) != 10 || !date_parse_iso(text, &date)))
		mistake(loading, node, _("'%s' wants a date like 2026-11-23"), attribute);
	return date;
}

/* One of the words; the first when the attribute is not there. */
static const char *
load_word(Loading *loading, const xmlNode *node, const char *attribute, const char *const *words)
{
	const char *word = xml_peek_attr(node, attribute);
	if (!word)
		return words[0];
	for (size_t i = 0; words[i]; i++)
		if (strcmp(words[i], word) == 0)
			return words[i];
	const char *near = nearest_word(word, words);
	g_autofree char *all = g_strjoinv(", ", (char **)words);
	if (near)
		mistake(loading, node, _("unknown %s '%s'; did you mean '%s'?"), attribute, word,
			near);
	else
		mistake(loading, node, _("unknown %s '%s'; it is one of: %s"), attribute, word,
			all);
	return words[0];
}

static void
check_unique(Loading *loading, const xmlNode *node)
{
	const char *id = xml_peek_attr(node, "id");
	xml_foreach(other, loading->root) {
		if (other == node)
			return;
		if (xml_is(other, "check") && strcmp(xml_peek_attr(other, "id"), id) == 0) {
			mistake(loading, node, _("check '%s' is there twice"), id);
			return;
		}
	}
}

/* What states law and was not compared with it can't block: errors become warnings. */
static void
load_force(Loading *loading, const xmlNode *node, Check *check)
{
	const char *severity = load_word(loading, node, "severity", severity_words);
	const char *verified = load_word(loading, node, "verified", verified_words);
	severity_parse(severity, &check->severity);
	check->verified = !check->source || strcmp(verified, "yes") == 0;
	if (!check->verified)
		check->severity = MIN(check->severity, SEVERITY_WARNING);
	check->from = load_date(loading, node, "from");
	check->to = load_date(loading, node, "to");
	if (check->to.year && date_compare(check->to, check->from) < 0)
		mistake(loading, node, _("'to' is before 'from'"));
}

static void
load_messages(Loading *loading, const xmlNode *node, Check *check)
{
	bool told = xml_peek_attr(node, "unknown");
	check->vi = load_message(loading, node, "message");
	check->en = load_message(loading, node, "message-en");
	check->unknown_vi = load_message(loading, node, told ? "unknown" : "message");
	check->unknown_en = load_message(loading, node, told ? "unknown-en" : "message-en");
	if (told != !!xml_peek_attr(node, "unknown-en"))
		mistake(loading, node, _("'unknown' and 'unknown-en' belong together"));
	if (told && !check->known)
		mistake(loading, node, _("'unknown' is never said without 'known'"));
}

static void
load_check(Loading *loading, const xmlNode *node)
{
	Arena *arena = loading->checks->arena;
	Check *check = arena_new0(arena, Check);
	g_ptr_array_add(loading->checks->checks, check);
	check->set = loading->set;
	check->id = arena_printf(arena, "%s/%s", loading->set, xml_peek_attr(node, "id"));
	check->source = arena_strdup(arena, xml_peek_attr(node, "source"));
	check->scope = arena_strdup(arena, xml_peek_attr(node, "scope"));
	check_unique(loading, node);
	load_force(loading, node, check);
	check->nodes = compile_attribute(loading, node, "for", "/dossier");
	check->when = compile_attribute(loading, node, "when", NULL);
	check->known = compile_attribute(loading, node, "known", NULL);
	check->test = compile_attribute(loading, node, "test", NULL);
	check->by = compile_attribute(loading, node, "by", NULL);
	load_messages(loading, node, check);
}

static void
load_let(Loading *loading, const xmlNode *node)
{
	Arena *arena = loading->checks->arena;
	const char *name = xml_peek_attr(node, "name");
	if (g_hash_table_contains(loading->lets, name))
		mistake(loading, node, _("'%s' is there twice"), name);
	g_autofree char *value = expand_lets(loading, node, xml_peek_attr(node, "select"));
	query_free(compile(loading, node, "select", value));
	g_hash_table_insert(loading->lets, arena_strdup(arena, name), arena_strdup(arena, value));
}

static bool
load_file(Checks *checks, xmlDoc *doc, const char *file, GError **err)
{
	g_autoptr(GHashTable) lets = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GString) mistakes = g_string_new(NULL);
	const xmlNode *root = xmlDocGetRootElement(doc);
	char *set = arena_strdup(checks->arena, xml_peek_attr(root, "id"));
	Loading loading = { checks, file, set, root, lets, mistakes };
	if (!g_hash_table_add(checks->sets, set))
		mistake(&loading, root, _("the set '%s' is in two files"), set);
	xml_foreach(node, root) {
		if (xml_is(node, "let"))
			load_let(&loading, node);
		else
			load_check(&loading, node);
	}
	return !mistakes->len || fail(err, ERR_FORMAT, "%s", mistakes->str);
}

Checks *
checks_parse(xmlDoc *doc, const char *file, GError **err)
{
	g_autoptr(Checks) checks = checks_new();
	return load_file(checks, doc, file, err) ? g_steal_pointer(&checks) : NULL;
}

Checks *
checks_load(const char *const *folders, GError **err)
{
	g_autoptr(GPtrArray) files = shaped_files_load(folders, "checks", shapes, err);
	if (!files)
		return NULL;
	g_autoptr(Checks) checks = checks_new();
	for (guint i = 0; i < files->len; i++) {
		const ShapedFile *file = g_ptr_array_index(files, i);
		if (!load_file(checks, file->doc, file->path, err))
			return NULL;
	}
	return g_steal_pointer(&checks);
}
