/* Writing JSON with commas and escapes put in. */
#include "document/json.h"

#include <math.h>
#include <string.h>

void
json_init(Json *json, GString *out)
{
	*json = (Json){ .out = out };
}

static void
add_string(GString *out, const char *text)
{
	g_string_append_c(out, '"');
	for (const char *p = text; *p; p++) {
		unsigned char c = (unsigned char)*p;
		if (c == '"' || c == '\\')
			g_string_append_printf(out, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			g_string_append_printf(out, "\\u%04x", c);
		else
			g_string_append_c(out, *p);
	}
	g_string_append_c(out, '"');
}

static void
begin(Json *json, const char *key)
{
	if (json->comma)
		g_string_append_c(json->out, ',');
	json->comma = true;
	if (key) {
		add_string(json->out, key);
		g_string_append_c(json->out, ':');
	}
}

static void
opening(Json *json, const char *key, char bracket)
{
	begin(json, key);
	g_string_append_c(json->out, bracket);
	json->comma = false;
}

static void
closing(Json *json, char bracket)
{
	g_string_append_c(json->out, bracket);
	json->comma = true;
}

void
json_object(Json *json, const char *key)
{
	opening(json, key, '{');
}

void
json_array(Json *json, const char *key)
{
	opening(json, key, '[');
}

void
json_end_object(Json *json)
{
	closing(json, '}');
}

void
json_end_array(Json *json)
{
	closing(json, ']');
}

void
json_text(Json *json, const char *key, const char *value)
{
	begin(json, key);
	if (value)
		add_string(json->out, value);
	else
		g_string_append(json->out, "null");
}

void
json_int(Json *json, const char *key, int64_t value)
{
	begin(json, key);
	g_string_append_printf(json->out, "%" G_GINT64_FORMAT, value);
}

void
json_number(Json *json, const char *key, double value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];
	begin(json, key);
	g_string_append(json->out,
		isfinite(value) ? g_ascii_formatd(text, sizeof text, "%.3f", value) : "null");
}

void
json_bool(Json *json, const char *key, bool value)
{
	begin(json, key);
	g_string_append(json->out, value ? "true" : "false");
}
