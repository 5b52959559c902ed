/* engine/generate: JSON as data, certificate texts and their signatures, QR codes as paths. */
#include "generate/certificate.h"
#include "generate/data_json.h"
#include "generate/qr.h"

#include <string.h>

/* ---- JSON ---------------------------------------------------------------------------------- */

static void
test_json(void)
{
	static const struct {
		const char *json, *wanted; /* NULL: refused, and then what the message holds */
		const char *message;
	} rows[] = {
		{ "{\"a\":1}", "<data><a>1</a></data>", NULL },
		{ "{\"a\":[1,\"hai\",true,null]}",
			"<data><a>1</a><a>hai</a><a>true</a><a></a></data>", NULL },
		{ "{\"a\":{\"b\":\"Trần <Thị> & Mai\"}}",
			"<data><a><b>Trần &lt;Thị&gt; &amp; Mai</b></a></data>", NULL },
		{ " { } ", "<data></data>", NULL },
		{ "{\"tên đầy đủ\":\"x\"}", "<data><tên_đầy_đủ>x</tên_đầy_đủ></data>", NULL },
		{ "{\"a b\":1,\"1c\":2,\"\":3,\"<d\":4,\"×ª\":5}",
			"<data><a_b>1</a_b><_c>2</_c><_>3</_><_d>4</_d><__>5</__></data>", NULL },
		{ "[1,[2,{\"x\":3}]]", "<data><item>1</item><item>2</item><item><x>3</x></item></data>", NULL },
		{ "\"một\"", "<data><item>một</item></data>", NULL },
		{ "{\"a\":\"\\u000a\\u0009\\u0001\\u0000\\b\\uffff\"}",
			"<data><a>\n\t\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd</a></data>", NULL },
		{ "{\"a\":[{\"x\":1},{\"x\":2}],\"x\":3}", "<data><a><x>1</x></a><a><x>2</x></a><x>3</x></data>", NULL },
		{ "{\"a\":1,\n\"b\":2,\n\"a\":3}", NULL, "t.json:3: 'a' comes twice" },
		{ "{\"o\":{\"a b\":1,\"a_b\":2}}", NULL, "comes twice" },
		{ "{\"a\":\"\\u0110\\u1ea5t\\n\"}", "<data><a>Đất\n</a></data>", NULL },
		{ "{\"a\":\"\\ud83d\\ude00\"}", "<data><a>😀</a></data>", NULL },
		{ "{\"a\":-1.5e3}", "<data><a>-1.5e3</a></data>", NULL },
		{ "{\"a\":\n1,\n}", NULL, "t.json:3" },
		{ "{\"a\":1} x", NULL, "more than one value" },
		{ "{\"a\":\"\\ud83d\"}", NULL, "half a character" },
		{ "{\"a\":\"\\ud83d\\u0041\"}", NULL, "half a character" },
		{ "{\"a\":\"\\ude00\"}", NULL, "half a character" },
		{ "{\"a\":\"\\u12\"}", NULL, "four hexadecimal digits" },
		{ "{\"a\":\"x\ny\"}", NULL, "does not end" },
		{ "{\"a\" 1}", NULL, "':' was expected" },
		{ "{\"a\":1", NULL, "'}' was expected" },
		{ "{a:1}", NULL, "'\"' was expected" },
		{ "[1 2]", NULL, "']' was expected" },
		{ "{\"a\":1.}", NULL, "a value was expected" },
		{ "{\"a\":.5}", NULL, "a value was expected" },
		{ "{\"a\":1e}", NULL, "a value was expected" },
		{ "{\"a\":+1}", NULL, "a value was expected" },
		{ "{\"a\":NaN}", NULL, "a value was expected" },
		{ " \n ", NULL, "t.json:2" },
		{ "{\"a\":\"\\q\"}", NULL, "escape" },
		{ "{\"a\":\"", NULL, "does not end" },
		{ "{\"a\":01}", NULL, "t.json:1" },
		{ "{\"a\":tru}", NULL, "a value was expected" },
		{ "", NULL, "t.json:1" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) err = NULL;
		g_autoptr(xmlDoc) doc =
			data_json_parse(rows[i].json, strlen(rows[i].json), "t.json", &err);
		if (rows[i].wanted) {
			if (!doc)
				g_error("%s: %s", rows[i].json, err->message);
			g_autoptr(GString) text = xml_canonical(doc);
			g_assert_cmpstr(text->str, ==, rows[i].wanted);
		} else {
			g_assert_null(doc);
			if (!strstr(err->message, rows[i].message))
				g_error("%s: %s", rows[i].json, err->message);
		}
	}
}

/* Depth is bounded, and bytes that are no UTF-8 do not get through. */
static void
test_json_hostile(void)
{
	g_autoptr(GString) deep = g_string_new(NULL);
	for (int i = 0; i < 100000; i++)
		g_string_append(deep, "[");
	g_autoptr(GError) err = NULL;
	g_assert_null(data_json_parse(deep->str, deep->len, "t.json", &err));
	g_assert_error(err, VANTHU_ERROR, ERR_FORMAT);
	g_clear_error(&err);
	g_assert_null(data_json_parse("{\"a\":\"\xff\xfe\"}", 10, "t.json", &err));
	g_assert_nonnull(err);
	g_clear_error(&err);
	g_assert_null(data_json_parse("{\"a\":\"x\0y\"}", 11, "t.json", &err));
	g_assert_nonnull(err);
}

/* ---- certificates --------------------------------------------------------------------------- */

static char *
sign(const char *secret)
{
	const CertificateFacts facts = { "2026-00003-002", "48/QĐ-STNMT", "2026-12-01", 2 };
	g_autoptr(GError) err = NULL;
	char *text = certificate_sign(secret, &facts, &err);
	g_assert_no_error(err);
	return text;
}

static void
test_certificate(void)
{
	g_autofree char *secret = NULL, *public_key = NULL, *other_secret = NULL, *other_public = NULL;
	certificate_keys("seed", &secret, &public_key);
	certificate_keys(NULL, &other_secret, &other_public);
	g_assert_cmpstr(public_key, !=, other_public);
	g_autofree char *text = sign(secret);
	g_auto(CertificateFacts) facts = { 0 };
	g_autoptr(GError) err = NULL;
	g_assert_true(certificate_verify(public_key, text, &facts, &err));
	g_assert_cmpstr(facts.id, ==, "2026-00003-002");
	g_assert_cmpstr(facts.decision, ==, "48/QĐ-STNMT");
	g_assert_cmpstr(facts.date, ==, "2026-12-01");
	g_assert_cmpint(facts.register_number, ==, 2);
	g_auto(CertificateFacts) none = { 0 };
	g_assert_false(certificate_verify(other_public, text, &none, &err));
	g_assert_error(err, VANTHU_ERROR, ERR_DENIED);
}

/* The seed of a test office gives the same pair every time; the same facts the same text (RFC 8032). */
static void
test_certificate_repeats(void)
{
	g_autofree char *a = NULL, *b = NULL, *c = NULL, *d = NULL;
	certificate_keys("seed", &a, &b);
	certificate_keys("seed", &c, &d);
	g_assert_cmpstr(a, ==, c);
	g_assert_cmpstr(b, ==, d);
	g_autofree char *one = sign(a), *two = sign(c);
	g_assert_cmpstr(one, ==, two);
}

/* Every byte counts. */
static void
test_certificate_changed(void)
{
	g_autofree char *secret = NULL, *public_key = NULL;
	certificate_keys("seed", &secret, &public_key);
	g_autofree char *text = sign(secret);
	for (size_t i = 0; text[i]; i++) {
		g_autofree char *changed = g_strdup(text);
		changed[i] = changed[i] == 'x' ? 'y' : 'x';
		g_auto(CertificateFacts) facts = { 0 };
		g_autoptr(GError) err = NULL;
		if (certificate_verify(public_key, changed, &facts, &err))
			g_error("byte %zu may be changed: %s", i, changed);
	}
	static const char *const hostile[] = { "", "VANTHU1", "VANTHU1;;;;;", "VANTHU2;a;b;c;1;AA==",
		"VANTHU1;a;b;c;99999999999999999999;AA==", "https://example.com/?VANTHU1;a;b" };
	for (size_t i = 0; i < G_N_ELEMENTS(hostile); i++) {
		g_auto(CertificateFacts) facts = { 0 };
		g_autoptr(GError) err = NULL;
		g_assert_false(certificate_verify(public_key, hostile[i], &facts, &err));
		g_assert_nonnull(err);
	}
}

static void
test_bad_keys(void)
{
	static const char *const keys[] = { "", "AAAA", "không phải khóa", "====" };
	g_autofree char *secret = NULL, *public_key = NULL;
	certificate_keys("seed", &secret, &public_key);
	g_autofree char *text = sign(secret);
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		const CertificateFacts facts = { "a", "b", "2026-12-01", 1 };
		g_autoptr(GError) err = NULL;
		g_assert_null(certificate_sign(keys[i], &facts, &err));
		g_assert_error(err, VANTHU_ERROR, ERR_FORMAT);
		g_clear_error(&err);
		g_auto(CertificateFacts) got = { 0 };
		g_assert_false(certificate_verify(keys[i], text, &got, &err));
		g_assert_nonnull(err);
	}
}

/* What would not come back as it was is not signed. */
static void
test_bad_facts(void)
{
	const CertificateFacts rows[] = { { "a;b", "48/QĐ", "2026-12-01", 1 }, { "a", "4;8", "2026-12-01", 1 },
		{ "a", "48/QĐ", "2026-12-01\n", 1 }, { "a", NULL, "2026-12-01", 1 }, { "", "48/QĐ", "2026-12-01", 1 },
		{ "a", "48/QĐ", "2026-12-01", 0 } };
	g_autofree char *secret = NULL, *public_key = NULL;
	certificate_keys("seed", &secret, &public_key);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) err = NULL;
		g_assert_null(certificate_sign(secret, &rows[i], &err));
		g_assert_error(err, VANTHU_ERROR, ERR_FORMAT);
	}
}

/* What another implementation (python3-cryptography) makes of it: Ed25519 of RFC 8032 over the text before
 * the last ';', with the seed BLAKE2b-256("seed"). A paper that is signed must be readable in fifty years. */
#define KNOWN_PUBLIC "h3Bden2WSDYegbjuXMItnMD4N2sR+H+7Un5Y1d599SY="
#define KNOWN_TEXT "VANTHU1;2026-00003-002;48/QĐ-STNMT;2026-12-01;2;Y+XYh94wNaNWHPG/7hDs8OQKJfJ3GhV46pXb" \
	"WIytoF4sBXcMmKz4fDXUDQvDJRLcIajf945UebX8NR7mJwLpDw=="

static void
test_known_key(void)
{
	g_autofree char *secret = NULL, *public_key = NULL;
	certificate_keys("seed", &secret, &public_key);
	g_autofree char *text = sign(secret);
	g_assert_cmpstr(public_key, ==, KNOWN_PUBLIC);
	g_assert_cmpstr(text, ==, KNOWN_TEXT);
}

/* ---- QR ------------------------------------------------------------------------------------- */

/* The three finder patterns stand where they must: seven dark modules from the corner. */
static void
test_qr(void)
{
	g_autoptr(GError) err = NULL;
	int modules = 0;
	g_autofree char *path = qr_path("VANTHU1;2026-00003-002", &modules, &err);
	g_assert_nonnull(path);
	g_assert_cmpint(modules, >=, 21);
	g_assert_cmpint((modules - 17) % 4, ==, 0);
	g_assert_true(g_str_has_prefix(path, "M0 0h7v1h-7z"));
	g_autofree char *right = g_strdup_printf("M%d 0h7v1h-7z", modules - 7);
	g_autofree char *below = g_strdup_printf("M0 %dh7v1h-7z", modules - 7);
	g_assert_nonnull(strstr(path, right));
	g_assert_nonnull(strstr(path, below));
	g_autofree char *long_text = g_strnfill(5000, 'x');
	g_assert_null(qr_path(long_text, &modules, &err));
	g_assert_error(err, VANTHU_ERROR, ERR_LIMIT);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/generate/json", test_json);
	g_test_add_func("/generate/json-hostile", test_json_hostile);
	g_test_add_func("/generate/certificate", test_certificate);
	g_test_add_func("/generate/certificate-repeats", test_certificate_repeats);
	g_test_add_func("/generate/certificate-changed", test_certificate_changed);
	g_test_add_func("/generate/bad-keys", test_bad_keys);
	g_test_add_func("/generate/bad-facts", test_bad_facts);
	g_test_add_func("/generate/known-key", test_known_key);
	g_test_add_func("/generate/qr", test_qr);
	return g_test_run();
}
