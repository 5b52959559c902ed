/* engine/decode/signature_{changes,structure,fields,objects,view}.c: what a later revision does to
 * a signed file, from nothing to every attack that is known, and the word for it. */
#include "decode/signature_check.h"

#include "decode/signature_cms.h"
#include "signed_pdf.h"

static Doc *
check_paper(const Paper *paper)
{
	g_autoptr(GBytes) pdf = paper_bytes(paper);
	g_autoptr(GBytes) request = signature_request(pdf, NULL, clock_now());
	Doc *doc = signatures_check(request, true, NULL);
	g_assert_nonnull(doc);
	return doc;
}

static bool
has_finding(const Doc *doc, const char *id)
{
	for (guint i = 0; i < doc->findings->len; i++)
		if (strcmp(((Finding *)doc->findings->pdata[i])->id, id) == 0)
			return true;
	return false;
}

/* ---- one more revision ----------------------------------------------------------------------- */

typedef struct {
	int number;
	const char *keys; /* of a stream; NULL: body is the whole object */
	const char *body; /* NULL: the object is freed */
} Change;

#define CATALOG(more) "<</Type/Catalog/Pages 2 0 R/AcroForm 5 0 R" more ">>"
#define PAGE(annots, more)                                                                         \
	"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[6 0 R 7 0 R 11 0 R" annots "]"            \
	"/Resources<</Font<</F 10 0 R>>>>" more ">>"
#define TEXT_FIELD(value, more)                                                                    \
	"<</Type/Annot/Subtype/Widget/FT/Tx/T(muc)/V(" value ")/F 4/Rect[30 100 130 120]/P 3 0 R"  \
	"/DA(/F 12 Tf)/AP<</N 9 0 R>>" more ">>"
#define LOOK(text) "BT /F 12 Tf 2 5 Td (" text ") Tj ET"
#define NOTE(type, more) "<</Type/Annot/Subtype/" type "/F 4/Rect[20 140 200 175]/P 3 0 R" more ">>"

typedef struct {
	const char *name, *word;
	Change changes[6];
	const char *trailer;
	int root;
} Attack;

static const Attack attacks[] = {
	/* harmless */
	{ "info", "update", { { 40, NULL, "<</Producer(khac)>>" } }, "/Info 40 0 R", 0 },
	{ "certificates kept", "update",
		{ { 1, NULL, CATALOG("/DSS 40 0 R/Extensions<</ESIC<</BaseVersion/1.7>>>>") },
			{ 40, NULL, "<</Type/DSS>>" } },
		"", 0 },
	{ "catalog written anew", "update", { { 1, NULL, CATALOG("") } }, "", 0 },
	/* forms */
	{ "filled in", "form",
		{ { 7, NULL, TEXT_FIELD("999", "") }, { 9, PAPER_LOOK, LOOK("999") } }, "", 0 },
	{ "value behind its look", "hidden", { { 7, NULL, TEXT_FIELD("999", "") } }, "", 0 },
	{ "look before its value", "hidden", { { 9, PAPER_LOOK, LOOK("999") } }, "", 0 },
	{ "value and look part ways", "hidden",
		{ { 7, NULL, TEXT_FIELD("999", "") }, { 9, PAPER_LOOK, LOOK("100000") } }, "", 0 },
	{ "field hidden", "hidden",
		{ { 7, NULL,
			"<</Type/Annot/Subtype/Widget/FT/Tx/T(muc)/V(100)/F 2/Rect[30 100 130 120]"
			"/P 3 0 R/DA(/F 12 Tf)/AP<</N 9 0 R>>>>" } },
		"", 0 },
	{ "field moved", "hidden",
		{ { 7, NULL,
			"<</Type/Annot/Subtype/Widget/FT/Tx/T(muc)/V(100)/F 4/Rect[30 20 130 40]"
			"/P 3 0 R/DA(/F 12 Tf)/AP<</N 9 0 R>>>>" } },
		"", 0 },
	{ "field with a script", "hidden",
		{ { 7, NULL, TEXT_FIELD("100", "/AA<</F<</S/JavaScript/JS(x)>>>>") } }, "", 0 },
	/* a stream that two things use: the field may change it, the catalog may not */
	{ "look used elsewhere", "hidden",
		{ { 7, NULL, TEXT_FIELD("999", "") }, { 9, PAPER_LOOK, LOOK("999") } }, "", 0 },
	/* annotations */
	{ "note", "annotations",
		{ { 3, NULL, PAGE(" 40 0 R", "") },
			{ 40, NULL, NOTE("Text", "/Contents(xem lai)") } },
		"", 0 },
	{ "text over the page", "annotations",
		{ { 3, NULL, PAGE(" 40 0 R", "") },
			{ 40, NULL, NOTE("FreeText", "/Contents(9)/DA(/F 18 Tf)/AP<</N 41 0 R>>") },
			{ 41, "/Type/XObject/Subtype/Form/BBox[0 0 180 35]",
				"1 1 1 rg 0 0 180 35 re f" } },
		"", 0 },
	{ "page under a note", "content",
		{ { 3, NULL, PAGE(" 40 0 R", "") },
			{ 40, NULL,
				"<</Type/Annot/Subtype/Square/F 4/Rect[0 0 300 200]/P 3 0 R"
				"/AP<</N 41 0 R>>>>" },
			{ 41, "/Type/XObject/Subtype/Form/BBox[0 0 300 200]",
				"1 1 1 rg 0 0 300 200 re f" } },
		"", 0 },
	{ "annotation taken away", "hidden",
		{ { 3, NULL,
			"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[6 0 R 11 0 R]"
			"/Resources<</Font<</F 10 0 R>>>>>>" } },
		"", 0 },
	/* pages */
	{ "text replaced", "content",
		{ { 4, "", "BT /F 18 Tf 30 150 Td (So tien: 9000 dong) Tj ET" } }, "", 0 },
	{ "font replaced", "content",
		{ { 10, NULL, "<</Type/Font/Subtype/Type1/BaseFont/Courier>>" } }, "", 0 },
	{ "text freed", "hidden", { { 4, NULL, NULL } }, "", 0 },
	{ "page exchanged", "content",
		{ { 2, NULL, "<</Type/Pages/Kids[40 0 R]/Count 1/MediaBox[0 0 300 200]>>" },
			{ 40, NULL,
				"<</Type/Page/Parent 2 0 R/Contents 41 0 R"
				"/Resources<</Font<</F 10 0 R>>>>>>" },
			{ 41, "", "BT /F 18 Tf 30 150 Td (Khac) Tj ET" } },
		"", 0 },
	{ "page added", "content",
		{ { 2, NULL, "<</Type/Pages/Kids[3 0 R 40 0 R]/Count 2/MediaBox[0 0 300 200]>>" },
			{ 40, NULL, "<</Type/Page/Parent 2 0 R>>" } },
		"", 0 },
	{ "page turned", "content", { { 3, NULL, PAGE("", "/Rotate 90") } }, "", 0 },
	{ "page cropped", "content", { { 3, NULL, PAGE("", "/CropBox[0 100 300 200]") } }, "", 0 },
	/* the second document lay in the file when it was signed; only the table changes */
	{ "hidden catalog shown", "content", { { 40, NULL, "null" } }, "", 31 },
	{ "same pages, other catalog", "hidden", { { 41, NULL, CATALOG("") } }, "", 41 },
	/* what programs do when the file is opened */
	{ "action added", "hidden",
		{ { 1, NULL, CATALOG("/OpenAction<</S/JavaScript/JS(app.alert)>>") } }, "", 0 },
	{ "layers added", "hidden", { { 1, NULL, CATALOG("/OCProperties<</OCGs[]/D<<>>>>") } }, "",
		0 },
	{ "page with a script", "hidden",
		{ { 3, NULL, PAGE("", "/AA<</O<</S/JavaScript/JS(x)>>>>") } }, "", 0 },
	/* who has fields drawn anew sees other values */
	{ "fields drawn anew", "hidden",
		{ { 5, NULL,
			"<</Fields[6 0 R 7 0 R 11 0 R]/SigFlags 3/DA(/F 12 Tf)"
			"/DR<</Font<</F 10 0 R>>>>/NeedAppearances true>>" } },
		"", 0 },
	/* the signed field itself */
	{ "signature field emptied", "hidden",
		{ { 6, NULL,
			"<</Type/Annot/Subtype/Widget/FT/Sig/T(Chu ky 1)/F 132"
			"/Rect[180 10 290 40]/P 3 0 R>>" } },
		"", 0 },
	{ "signature dressed up", "content",
		{ { 6, NULL,
			"<</Type/Annot/Subtype/Widget/FT/Sig/T(Chu ky 1)/F 132"
			"/Rect[180 10 290 40]/P 3 0 R/V 8 0 R/AP<</N 9 0 R>>>>" } },
		"", 0 },
	{ "empty field dressed up", "content",
		{ { 11, NULL,
			"<</Type/Annot/Subtype/Widget/FT/Sig/T(Chu ky 2)/F 132"
			"/Rect[180 60 290 90]/P 3 0 R/AP<</N 9 0 R>>>>" } },
		"", 0 },
	{ "form taken away", "hidden", { { 1, NULL, "<</Type/Catalog/Pages 2 0 R>>" } }, "", 0 },
};

/* The first revision also holds what some attacks need: a name of the catalog for what a field
 * uses, and a second document that nothing names. */
static void
begin(Paper *paper, const char *more)
{
	g_autofree char *catalog = g_strdup_printf(CATALOG("%s"), more);
	paper_begin(paper);
	paper_object(paper, 1, catalog);
	paper_object(paper, 31, "<</Type/Catalog/Pages 32 0 R/AcroForm 5 0 R>>");
	paper_object(paper, 32, "<</Type/Pages/Kids[33 0 R]/Count 1/MediaBox[0 0 300 200]>>");
	paper_object(paper, 33,
		"<</Type/Page/Parent 32 0 R/Contents 34 0 R/Annots[6 0 R]"
		"/Resources<</Font<</F 10 0 R>>>>>>");
	paper_stream(paper, 34, "", "BT /F 18 Tf 30 150 Td (So tien: 9999 dong) Tj ET");
}

static void
apply(Paper *paper, const Attack *attack)
{
	for (const Change *change = attack->changes; change->number; change++) {
		if (!change->body)
			paper->offsets[change->number] = 1;
		else if (change->keys)
			paper_stream(paper, change->number, change->keys, change->body);
		else
			paper_object(paper, change->number, change->body);
	}
	if (attack->root)
		paper->root = attack->root;
	paper_end(paper, attack->trailer);
}

static void
test_attacks(void)
{
	static const struct {
		const char *word, *finding;
	} findings[] = {
		{ "update", "signature/checked" },
		{ "form", "signature/filled" },
		{ "annotations", "signature/annotated" },
		{ "hidden", "signature/hidden" },
		{ "content", "signature/changed" },
	};
	Signer root = signer_root(), person = signer_person(&root);
	for (size_t i = 0; i < G_N_ELEMENTS(attacks); i++) {
		Paper paper;
		begin(&paper, strstr(attacks[i].name, "elsewhere") ? "/Khac 9 0 R" : "");
		paper_signature(&paper, 8, "adbe.pkcs7.detached", "");
		paper_end(&paper, "");
		paper_sign(&paper, &person);
		apply(&paper, &attacks[i]);
		g_autoptr(Doc) doc = check_paper(&paper);
		g_assert_cmpuint(doc->signatures->len, ==, 1);
		const Signature *signature = g_ptr_array_index(doc->signatures, 0);
		g_test_message(
			"%s: %s", attacks[i].name, signature_value(signature, SIGNATURE_DETAIL));
		if (!signature_is(signature, SIGNATURE_CHANGES, attacks[i].word))
			g_error("%s: %s, not %s (%s)", attacks[i].name,
				signature_value(signature, SIGNATURE_CHANGES), attacks[i].word,
				signature_value(signature, SIGNATURE_DETAIL));
		g_assert_true(signature_is(signature, SIGNATURE_INTEGRITY, "intact"));
		g_assert_true(signature_is(signature, SIGNATURE_COVERAGE, "revision"));
		g_assert_true(signature_is(signature, SIGNATURE_REVISIONS, "1"));
		for (size_t j = 0; j < G_N_ELEMENTS(findings); j++)
			if (strcmp(findings[j].word, attacks[i].word) == 0)
				g_assert_true(has_finding(doc, findings[j].finding));
		paper_free(&paper);
	}
	signer_clear(&root);
	signer_clear(&person);
}

/* A certifying signature allows less than what was done. */
static void
test_forbidden(void)
{
	static const struct {
		int level;
		const char *attack;
		bool forbidden;
	} rows[] = {
		{ 1, "filled in", true },
		{ 1, "certificates kept", false },
		{ 2, "filled in", false },
		{ 2, "note", true },
		{ 3, "note", false },
	};
	static const char *const words[] = { "", "nothing", "forms", "annotations" };
	Signer root = signer_root(), person = signer_person(&root);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *format = g_strdup_printf(
			"adbe.pkcs7.detached/Reference[<</Type/SigRef/TransformMethod/DocMDP"
			"/TransformParams<</Type/TransformParams/P %d/V/1.2>>>>]",
			rows[i].level);
		Paper paper;
		begin(&paper, "/Perms<</DocMDP 8 0 R>>");
		paper_signature(&paper, 8, format, "");
		paper_end(&paper, "");
		paper_sign(&paper, &person);
		for (size_t j = 0; j < G_N_ELEMENTS(attacks); j++)
			if (strcmp(attacks[j].name, rows[i].attack) == 0) {
				Attack attack = attacks[j];
				if (attack.changes[0].number == 1)
					attack.changes[0].body =
						CATALOG("/DSS 40 0 R/Perms<</DocMDP 8 0 R>>");
				apply(&paper, &attack);
			}
		g_autoptr(Doc) doc = check_paper(&paper);
		g_assert_cmpstr(signature_value(doc->signatures->pdata[0], SIGNATURE_PERMISSION),
			==, words[rows[i].level]);
		g_assert_cmpint(has_finding(doc, "signature/forbidden"), ==, rows[i].forbidden);
		paper_free(&paper);
	}
	signer_clear(&root);
	signer_clear(&person);
}

/* Objects that no table names: strict readers pass them over, lenient ones show them. */
static void
test_loose_objects(void)
{
	Signer root = signer_root(), person = signer_person(&root);
	Paper paper;
	paper_signed(&paper, &person);
	paper_stream(&paper, 4, "", "BT /F 18 Tf 30 150 Td (So tien: 9000 dong) Tj ET");
	g_autoptr(Doc) doc = check_paper(&paper);
	g_assert_true(signature_is(doc->signatures->pdata[0], SIGNATURE_CHANGES, "hidden"));
	g_assert_true(has_finding(doc, "signature/hidden"));
	paper_free(&paper);
	signer_clear(&root);
	signer_clear(&person);
}

/* ---- further signatures ---------------------------------------------------------------------- */

#define STAMP "/Type/XObject/Subtype/Form/BBox[0 0 110 30]/Resources<</Font<</F 10 0 R>>>>"

/* A second person signs in the field that was left for it, with a stamp there. */
static void
sign_again(Paper *paper, const Signer *signer, const char *rect, const char *stamp)
{
	g_autofree char *field = g_strdup_printf(
		"<</Type/Annot/Subtype/Widget/FT/Sig/T(Chu ky 2)/F 132/Rect[%s]/P 3 0 R/V 50 0 R"
		"/AP<</N 51 0 R>>>>",
		rect);
	paper_object(paper, 11, field);
	paper_signature(paper, 50, "ETSI.CAdES.detached", "");
	paper_stream(paper, 51, STAMP, stamp);
	paper_end(paper, "");
	paper_sign(paper, signer);
}

static void
test_signed_twice(void)
{
	static const struct {
		const char *rect, *stamp, *word;
	} rows[] = {
		{ "180 60 290 90", "0 0 1 RG 1 1 108 28 re S BT /F 9 Tf 4 4 Td (Da ky) Tj ET",
			"signatures" },
		/* beside its field, over the sum: white over what was black */
		{ "20 140 200 175", "1 1 1 rg 0 0 110 30 re f", "content" },
		/* over the whole page */
		{ "0 0 300 200", "1 0 0 rg 0 0 110 30 re f", "content" },
	};
	Signer root = signer_root(), person = signer_person(&root);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Paper paper;
		paper_signed(&paper, &person);
		sign_again(&paper, &person, rows[i].rect, rows[i].stamp);
		g_autoptr(Doc) doc = check_paper(&paper);
		g_assert_cmpuint(doc->signatures->len, ==, 2);
		const Signature *first = doc->signatures->pdata[0],
				*second = doc->signatures->pdata[1];
		g_assert_cmpstr(signature_value(first, SIGNATURE_CHANGES), ==, rows[i].word);
		g_assert_cmpstr(signature_value(first, SIGNATURE_COVERAGE), ==, "revision");
		g_assert_true(signature_is(second, SIGNATURE_INTEGRITY, "intact"));
		g_assert_cmpstr(signature_value(second, SIGNATURE_CHANGES), ==, "none");
		g_assert_cmpstr(signature_value(second, SIGNATURE_COVERAGE), ==, "whole");
		paper_free(&paper);
	}
	signer_clear(&root);
	signer_clear(&person);
}

/* A stamp whose signature is none is no stamp. */
static void
test_false_stamp(void)
{
	Signer root = signer_root(), person = signer_person(&root);
	Paper paper;
	paper_signed(&paper, &person);
	size_t end = paper.bytes->len;
	sign_again(&paper, &person, "180 60 290 90", "0 0 110 30 re S");
	char *value = strstr(paper.bytes->str + end, "/Contents<") + strlen("/Contents<");
	memset(value, '0', 100);
	g_autoptr(Doc) doc = check_paper(&paper);
	g_assert_true(signature_is(doc->signatures->pdata[0], SIGNATURE_CHANGES, "content"));
	g_assert_true(signature_is(doc->signatures->pdata[1], SIGNATURE_INTEGRITY, "unreadable"));
	paper_free(&paper);
	signer_clear(&root);
	signer_clear(&person);
}

/* What one signature did not see the next one has signed. */
static void
test_changed_between(void)
{
	Signer root = signer_root(), person = signer_person(&root);
	Paper paper;
	paper_signed(&paper, &person);
	paper_stream(&paper, 4, "", "BT /F 18 Tf 30 150 Td (So tien: 9000 dong) Tj ET");
	sign_again(&paper, &person, "180 60 290 90", "0 0 110 30 re S");
	g_autoptr(Doc) doc = check_paper(&paper);
	g_assert_true(signature_is(doc->signatures->pdata[0], SIGNATURE_CHANGES, "content"));
	g_assert_true(signature_is(doc->signatures->pdata[1], SIGNATURE_CHANGES, "none"));
	paper_free(&paper);
	signer_clear(&root);
	signer_clear(&person);
}

/* Bytes that are no revision, and a table that is cut off: nothing of it changes what is seen. */
static void
test_junk(void)
{
	Signer root = signer_root(), person = signer_person(&root);
	Paper paper;
	paper_signed(&paper, &person);
	g_string_append(paper.bytes, "\n\n");
	g_autoptr(Doc) blank = check_paper(&paper);
	g_assert_true(signature_is(blank->signatures->pdata[0], SIGNATURE_COVERAGE, "whole"));
	g_string_append(paper.bytes, "% ghi chu");
	g_autoptr(Doc) doc = check_paper(&paper);
	g_assert_true(signature_is(doc->signatures->pdata[0], SIGNATURE_COVERAGE, "revision"));
	g_assert_true(signature_is(doc->signatures->pdata[0], SIGNATURE_REVISIONS, "1"));
	g_assert_true(signature_is(doc->signatures->pdata[0], SIGNATURE_CHANGES, "update"));
	paper_free(&paper);
	signer_clear(&root);
	signer_clear(&person);
}

/* A signature whose field a later revision took away is found in the bytes. */
static void
test_forgotten(void)
{
	Signer root = signer_root(), person = signer_person(&root);
	Paper paper;
	paper_signed(&paper, &person);
	paper_object(&paper, 5, "<</Fields[7 0 R]>>");
	paper_object(&paper, 3,
		"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Annots[7 0 R]"
		"/Resources<</Font<</F 10 0 R>>>>>>");
	paper_end(&paper, "");
	g_autoptr(Doc) doc = check_paper(&paper);
	g_assert_cmpuint(doc->signatures->len, ==, 1);
	g_assert_true(has_finding(doc, "signature/forgotten"));
	g_assert_true(has_finding(doc, "signature/hidden"));
	paper_free(&paper);
	signer_clear(&root);
	signer_clear(&person);
}

/* A locked file: names are not to be read, so nothing is said of what came later. */
static void
test_locked(void)
{
	Signer root = signer_root(), person = signer_person(&root);
	Paper paper;
	paper_begin(&paper);
	paper_signature(&paper, 8, "adbe.pkcs7.detached", "");
	paper_end(&paper, "/Encrypt<</Filter/Standard>>");
	paper_sign(&paper, &person);
	paper_object(&paper, 40, "<<>>");
	paper_end(&paper, "/Info 40 0 R/Encrypt<</Filter/Standard>>");
	g_autoptr(Doc) doc = check_paper(&paper);
	g_assert_true(signature_is(doc->signatures->pdata[0], SIGNATURE_INTEGRITY, "intact"));
	g_assert_true(signature_is(doc->signatures->pdata[0], SIGNATURE_CHANGES, "unknown"));
	g_assert_true(has_finding(doc, "signature/not-compared"));
	g_assert_false(has_finding(doc, "signature/forgotten"));
	paper_free(&paper);
	signer_clear(&root);
	signer_clear(&person);
}

/* A hundred people sign, one after the other. */
static void
test_many(void)
{
	Signer root = signer_root(), person = signer_person(&root);
	Paper paper;
	paper_signed(&paper, &person);
	g_autoptr(GString) fields = g_string_new("6 0 R 7 0 R 11 0 R");
	for (int i = 1; i < 100; i++) {
		int number = 100 + i * 2;
		g_string_append_printf(fields, " %d 0 R", number);
		g_autofree char *form = g_strdup_printf("<</Fields[%s]/SigFlags 3/DA(/F 12 Tf)"
							"/DR<</Font<</F 10 0 R>>>>>>",
			fields->str);
		g_autofree char *field = g_strdup_printf("<</Type/Annot/Subtype/Widget/FT/Sig/T(Ky "
							 "%d)/F 132/Rect[0 0 0 0]/V %d 0 R>>",
			i, number + 1);
		paper_object(&paper, 5, form);
		paper_object(&paper, number, field);
		paper_signature(&paper, number + 1, "adbe.pkcs7.detached", "");
		paper_end(&paper, "");
		paper_sign(&paper, &person);
	}
	g_autoptr(Doc) doc = check_paper(&paper);
	g_assert_cmpuint(doc->signatures->len, ==, 100);
	for (guint i = 0; i < 100; i++) {
		const Signature *signature = doc->signatures->pdata[i];
		g_autofree char *later = g_strdup_printf("%u", 99 - i);
		g_assert_true(signature_is(signature, SIGNATURE_INTEGRITY, "intact"));
		g_assert_cmpstr(signature_value(signature, SIGNATURE_REVISIONS), ==, later);
		g_assert_false(signature_is(signature, SIGNATURE_CHANGES, "content"));
		g_assert_false(signature_is(signature, SIGNATURE_CHANGES, "hidden"));
	}
	paper_free(&paper);
	signer_clear(&root);
	signer_clear(&person);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	signature_warm();
	g_test_add_func("/changes/attacks", test_attacks);
	g_test_add_func("/changes/forbidden", test_forbidden);
	g_test_add_func("/changes/loose-objects", test_loose_objects);
	g_test_add_func("/changes/signed-twice", test_signed_twice);
	g_test_add_func("/changes/false-stamp", test_false_stamp);
	g_test_add_func("/changes/changed-between", test_changed_between);
	g_test_add_func("/changes/junk", test_junk);
	g_test_add_func("/changes/forgotten", test_forgotten);
	g_test_add_func("/changes/locked", test_locked);
	g_test_add_func("/changes/many", test_many);
	return g_test_run();
}
