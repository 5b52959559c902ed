/* Writing JSON: one growing text, commas and escapes put by the writer. UTF-8 goes through as it is. */
#ifndef VANTHU_DOCUMENT_JSON_H
#define VANTHU_DOCUMENT_JSON_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
	GString *out; /* lent */
	bool comma;
} Json;

void json_init(Json *json, GString *out);
/* `key` NULL inside arrays and at the top. */
void json_object(Json *json, const char *key);
void json_array(Json *json, const char *key);
void json_end_object(Json *json);
void json_end_array(Json *json);
void json_text(Json *json, const char *key, const char *value); /* NULL value: null */
void json_int(Json *json, const char *key, int64_t value);
void json_number(Json *json, const char *key, double value); /* three decimals at most */
void json_bool(Json *json, const char *key, bool value);

#endif
