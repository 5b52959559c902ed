/* A small strict JSON reader that builds an XML tree. */
#include "generate/data_json.h"

#include "base/text.h"

#include <string.h>

enum { MAX_DEPTH = 100 };

typedef struct {
	const char *text, *p, *name;
	int depth;
	GError **err;
} Json;

static bool read_value(Json *json, xmlNode *parent, const char *element);

static bool
wrong(Json *json, const char *what)
{
	int line = 1;
	for (const char *p = json->text; p < json->p; p++)
		line += *p == '\n';
	return fail(json->err, ERR_FORMAT, "%s:%d: %s", json->name, line, what);
}

static void
skip_space(Json *json)
{
	json->p += strspn(json->p, " \t\r\n");
}

static bool
expect(Json *json, char c)
{
	skip_space(json);
	if (*json->p != c) {
		g_autofree char *what = g_strdup_printf(_("'%c' was expected"), c);
		return wrong(json, what);
	}
	json->p++;
	return true;
}

static bool
read_hex(Json *json, gunichar *ret)
{
	*ret = 0;
	for (int i = 0; i < 4; i++, json->p++) {
		if (!g_ascii_isxdigit(*json->p))
			return wrong(json, _("four hexadecimal digits were expected"));
		*ret = *ret * 16 + (gunichar)g_ascii_xdigit_value(*json->p);
	}
	return true;
}

/* Control characters but tab and line ends, U+FFFE and U+FFFF are in no XML: U+FFFD stands for them. */
static void
append_character(GString *out, gunichar c)
{
	bool control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
	g_string_append_unichar(out, control || c == 0xfffe || c == 0xffff ? 0xfffd : c);
}

/* \uXXXX, two of them for what lies beyond the basic plane. */
static bool
read_unicode(Json *json, GString *out)
{
	gunichar c, low;
	if (!read_hex(json, &c))
		return false;
	if (c >= 0xd800 && c < 0xdc00) {
		if (json->p[0] != '\\' || json->p[1] != 'u')
			return wrong(json, _("half a character"));
		json->p += 2;
		if (!read_hex(json, &low))
			return false;
		if (low < 0xdc00 || low > 0xdfff)
			return wrong(json, _("half a character"));
		c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
	}
	if (c >= 0xd800 && c < 0xe000)
		return wrong(json, _("half a character"));
	append_character(out, c);
	return true;
}

static bool
read_escape(Json *json, GString *out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	char c = *json->p++;
	if (c == 'u')
		return read_unicode(json, out);
	const char *at = c ? strchr(from, c) : NULL;
	if (!at)
		return wrong(json, _("an unknown escape"));
	append_character(out, (guchar)to[at - from]);
	return true;
}

static bool
read_string(Json *json, GString *out)
{
	if (!expect(json, '"'))
		return false;
	while (*json->p != '"') {
		if ((unsigned char)*json->p < 0x20)
			return wrong(json, _("a string does not end"));
		if (*json->p != '\\') {
			g_string_append_c(out, *json->p++);
			continue;
		}
		json->p++;
		if (!read_escape(json, out))
			return false;
	}
	json->p++;
	return true;
}

/* A member name as an element name. */
static char *
element_name(const char *member)
{
	GString *out = g_string_new(NULL);
	for (const char *p = member; *p; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		bool in_names = c < 0x80 || (c >= 0xc0 && c < 0x2000 && c != 0xd7 && c != 0xf7);
		bool good = (in_names && g_unichar_isalpha(c)) ||
			(out->len && ((c >= '0' && c <= '9') || c == '-' || c == '.'));
		g_string_append_unichar(out, good ? c : '_');
	}
	return g_string_free(out, FALSE);
}

/* A name that comes twice could mean either value: no data for a document to be signed. */
static bool
read_member(Json *json, xmlNode *node, GHashTable *seen)
{
	g_autoptr(GString) member = g_string_new(NULL);
	if (!read_string(json, member))
		return false;
	g_autofree char *element = element_name(member->str);
	if (!g_hash_table_add(seen, g_strdup(element))) {
		g_autofree char *what = g_strdup_printf(_("'%s' comes twice"), member->str);
		return wrong(json, what);
	}
	return expect(json, ':') &&
		read_value(json, node, *element ? element : "_");
}

/* Members or items up to the closing bracket. */
static bool
read_list(Json *json, char close, xmlNode *node, const char *element)
{
	json->p++;
	skip_space(json);
	if (*json->p == close) {
		json->p++;
		return true;
	}
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (;;) {
		if (!(close == '}' ? read_member(json, node, seen) : read_value(json, node, element)))
			return false;
		skip_space(json);
		if (*json->p != ',')
			return expect(json, close);
		json->p++;
	}
}

static const char *
skip_digits(const char *p)
{
	while (g_ascii_isdigit(*p))
		p++;
	return p;
}

/* RFC 8259 §6: no leading zero, no plus, digits on both sides of the point. */
static bool
is_number(const char *word)
{
	const char *p = word + (*word == '-');
	if (!g_ascii_isdigit(*p) || (*p == '0' && g_ascii_isdigit(p[1])))
		return false;
	p = skip_digits(p);
	if (*p == '.') {
		if (!g_ascii_isdigit(p[1]))
			return false;
		p = skip_digits(p + 1);
	}
	if (*p == 'e' || *p == 'E') {
		p += 1 + (p[1] == '+' || p[1] == '-');
		if (!g_ascii_isdigit(*p))
			return false;
		p = skip_digits(p);
	}
	return !*p;
}

static bool
read_plain(Json *json, xmlNode *parent, const char *element)
{
	size_t size = strcspn(json->p, " \t\r\n,]}");
	g_autofree char *word = g_strndup(json->p, size);
	static const char *const words[] = { "true", "false", "null", NULL };
	if (!is_number(word) && !g_strv_contains(words, word))
		return wrong(json, _("a value was expected"));
	json->p += size;
	xml_add(parent, element, strcmp(word, "null") == 0 ? NULL : word);
	return true;
}

static bool
read_value(Json *json, xmlNode *parent, const char *element)
{
	skip_space(json);
	if (++json->depth > MAX_DEPTH)
		return fail(json->err, ERR_FORMAT, _("%s: nested too deep"), json->name);
	bool good;
	if (*json->p == '{') {
		good = read_list(json, '}', xml_add(parent, element, NULL), NULL);
	} else if (*json->p == '[') {
		good = read_list(json, ']', parent, element);
	} else if (*json->p == '"') {
		g_autoptr(GString) text = g_string_new(NULL);
		good = read_string(json, text);
		xml_add(parent, element, good ? text->str : NULL);
	} else {
		good = read_plain(json, parent, element);
	}
	json->depth--;
	return good;
}

/* The members of the outermost object belong to <data> itself. */
static bool
read_root(Json *json, xmlNode *root)
{
	skip_space(json);
	if (*json->p == '{' && !read_list(json, '}', root, NULL))
		return false;
	if (*json->p && json->p == json->text + strspn(json->text, " \t\r\n") &&
		!read_value(json, root, "item"))
		return false;
	skip_space(json);
	return !*json->p || wrong(json, _("more than one value"));
}

xmlDoc *
data_json_parse(const char *text, size_t size, const char *name, GError **err)
{
	if (!g_utf8_validate(text, (gssize)size, NULL)) {
		fail(err, ERR_FORMAT, _("%s: this is no UTF-8 text"), name);
		return NULL;
	}
	g_autofree char *clean = text_clean(text, size);
	g_autoptr(xmlDoc) doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *root = xmlNewNode(NULL, (const xmlChar *)"data");
	xmlDocSetRootElement(doc, root);
	Json json = { clean, clean, name, 0, err };
	skip_space(&json);
	if (!*json.p) {
		wrong(&json, _("a value was expected"));
		return NULL;
	}
	return read_root(&json, root) ? g_steal_pointer(&doc) : NULL;
}
