/* The helper programs -> rows of `vanthu doctor`: each is started, tries its walls from inside, and
 * does a small piece of its real work. */
#include "tool/doctor.h"

#include "base/helper.h"
#include "base/sandbox.h"
#include "base/walls.h"
#include "decode/recognise.h"
#include "decode/signature_check.h"

#include <stdlib.h>
#include <string.h>

bool
doctor_ask(const Engine *engine, const char *program, const char *service, GBytes *request,
	char **ret_reply, bool *ret_missing, GError **err)
{
	g_autofree char *path = g_build_filename(engine->helper_dir, program, NULL);
	const HelperPolicy policy = recognise_policy(&limits_default); /* the most patient one */
	Helper *helper = helper_new(path, &policy);
	g_autoptr(GBytes) reply = NULL;
	HelperDeath death;
	bool ok = helper_call(helper, service, request, &reply, &death, err);
	helper_free(helper);
	if (ret_missing)
		*ret_missing = death.end == HELPER_NOT_STARTED;
	if (ok)
		*ret_reply = g_strndup(g_bytes_get_size(reply) ? g_bytes_get_data(reply, NULL) : "",
			g_bytes_get_size(reply));
	return ok;
}

/* ---- small pieces of work ------------------------------------------------------------------ */

static GBytes *
some_text(const char *text)
{
	return g_bytes_new_static(text, strlen(text));
}

static GBytes *
some_xml(void)
{
	return some_text("<a>Kính gửi</a>");
}

static GBytes *
some_pdf(void)
{
	return some_text("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
			 "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
			 "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
			 "trailer<</Root 1 0 R>>\n%%EOF\n");
}

static GBytes *
some_signed(void)
{
	g_autoptr(GBytes) pdf = some_pdf();
	return signature_request(pdf, NULL, clock_now());
}

static GBytes *
some_svg(void)
{
	return some_text("<svg xmlns='http://www.w3.org/2000/svg' width='10mm' height='10mm'>"
			 "<text x='1' y='9'>Ấ</text></svg>");
}

static GBytes *
some_rtf(void)
{
	return some_text("{\\rtf1 x}");
}

/* A white page. */
static GBytes *
some_picture(void)
{
	enum { SIDE = 64 };
	GString *text = g_string_new("1\nP5\n64 64\n255\n");
	gsize head = text->len;
	g_string_set_size(text, head + SIDE * SIDE);
	memset(text->str + head, 0xff, SIDE * SIDE);
	return g_string_free_to_bytes(text);
}

typedef struct {
	const char *program, *service;
	GBytes *(*sample)(void);
	DoctorVerdict without; /* when it is missing or can't do its work */
	WallsKind walls;
	const char *advice; /* N_() */
} Program;

/* ---- one program --------------------------------------------------------------------------- */

static bool
is_about_reading(const char *wall)
{
	return strcmp(wall, "read") == 0 || strcmp(wall, "read-process") == 0;
}

/* What landlock alone keeps shut was told of already, where there is none. */
static void
judge_walls(const Program *program, const char *report, DoctorRow *row)
{
	g_autoptr(GPtrArray) open = walls_open(program->walls, report, strlen(report));
	g_autoptr(GString) names = g_string_new(NULL);
	bool reading = program->walls == WALLS_SANDBOX && !sandbox_landlock_version();
	for (guint i = 0; i < open->len; i++) {
		const char *wall = g_ptr_array_index(open, i);
		reading &= is_about_reading(wall);
		g_string_append_printf(names, "%s%s", i ? ", " : "", wall);
	}
	if (!open->len) {
		doctor_say(row, DOCTOR_GOOD, "%s", _("its walls hold"));
		return;
	}
	doctor_say(row, reading ? DOCTOR_WARNING : DOCTOR_FAILURE, _("walls that stand open: %s"),
		names->str);
	if (!reading)
		doctor_advise(row, "%s",
			_("take in no documents on this machine until landlock and seccomp work"));
}

static bool
check_answer(const Program *program, const Engine *engine, DoctorRow *row)
{
	g_autofree char *path = g_build_filename(engine->helper_dir, program->program, NULL);
	g_autoptr(GBytes) sample = program->sample();
	g_autoptr(GError) err = NULL;
	g_autofree char *reply = NULL;
	bool missing = !g_file_test(path, G_FILE_TEST_IS_EXECUTABLE);
	if (missing)
		fail(&err, ERR_NOT_FOUND, _("no program '%s'"), path);
	if (!missing &&
		doctor_ask(engine, program->program, program->service, sample, &reply, &missing,
			&err)) {
		doctor_say(row, DOCTOR_GOOD, "%s", _("it works"));
		return true;
	}
	doctor_say(row, program->without, "%s", err->message);
	doctor_advise(row, "%s",
		missing ? _("install vanthu anew (make install), with all its packages (make deps)")
			: _(program->advice));
	return !missing;
}

static void
check_program(const DoctorCheck *self, Engine *engine, DoctorRow *row)
{
	const Program *program = self->what;
	g_autoptr(GBytes) nothing = g_bytes_new(NULL, 0);
	g_autoptr(GError) err = NULL;
	g_autofree char *report = NULL;
	if (!check_answer(program, engine, row))
		return;
	if (doctor_ask(engine, program->program, HELPER_WALLS, nothing, &report, NULL, &err))
		judge_walls(program, report, row);
	else if (row->verdict == DOCTOR_GOOD) /* else it was said already */
		doctor_say(row, program->without, "%s", err->message);
}

/* ---- fonts --------------------------------------------------------------------------------- */

/* "Tinos\tDejaVu Serif\t0". */
static void
judge_font(const char *line, DoctorRow *row)
{
	g_auto(GStrv) parts = g_strsplit(line, "\t", 3);
	if (g_strv_length(parts) != 3)
		return;
	const int missing = atoi(parts[2]);
	bool same = g_ascii_strcasecmp(parts[0], parts[1]) == 0;
	if (missing)
		doctor_say(row, DOCTOR_FAILURE,
			_("'%s' is drawn as '%s', which lacks %d Vietnamese letters"), parts[0],
			parts[1], missing);
	else if (!same)
		doctor_say(row, DOCTOR_WARNING, _("'%s' is not here, '%s' takes its place"),
			parts[0], parts[1]);
	else
		doctor_say(row, DOCTOR_GOOD, _("%s, with every Vietnamese letter"), parts[0]);
	if (missing || !same)
		doctor_advise(row, "%s", _("install the package fonts-croscore"));
}

typedef struct {
	const Engine *engine;
	DoctorRow *row;
	GHashTable *seen; /* lines */
} Fonts;

static bool
look_at_template(const char *name, void *user)
{
	Fonts *fonts = user;
	g_autofree char *path = engine_template_path(fonts->engine, name, NULL);
	g_autofree char *reply = NULL;
	char *text = NULL;
	gsize size;
	if (!g_str_has_suffix(name, ".svg") || !path ||
		!g_file_get_contents(path, &text, &size, NULL))
		return true;
	g_autoptr(GBytes) svg = g_bytes_new_take(text, size);
	if (!doctor_ask(fonts->engine, "vanthu-draw", "fonts", svg, &reply, NULL, NULL))
		return true;
	g_auto(GStrv) lines = g_strsplit(reply, "\n", -1);
	for (char **line = lines; *line; line++)
		if (**line && g_hash_table_add(fonts->seen, g_strdup(*line)))
			judge_font(*line, fonts->row);
	return true;
}

/* Of every certificate that a workflow makes. */
static void
check_fonts(const DoctorCheck *self, Engine *engine, DoctorRow *row)
{
	(void)self;
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Fonts fonts = { engine, row, seen };
	engine_need_workflows(engine, NULL); /* when it can't, a row of its own says so */
	for (guint i = 0; engine->workflows && i < engine->workflows->len; i++)
		workflow_visit_templates(
			g_ptr_array_index(engine->workflows, i), look_at_template, &fonts);
	if (!row->text->len)
		doctor_say(
			row, DOCTOR_WARNING, "%s", _("no certificate template could be looked at"));
}

static const Program decode = { "vanthu-decode", "xml", some_xml, DOCTOR_FAILURE, WALLS_SANDBOX,
	N_("install libxml2 and libzip (make deps)") };
static const Program decode_pdf = { "vanthu-decode-pdf", "pdf", some_pdf, DOCTOR_FAILURE,
	WALLS_SANDBOX, N_("install Poppler and poppler-data (make deps)") };
static const Program signatures = { "vanthu-signatures", "verify", some_signed, DOCTOR_WARNING,
	WALLS_SANDBOX, N_("without it signatures stay unchecked: install OpenSSL (make deps)") };
static const Program draw = { "vanthu-draw", "pdf", some_svg, DOCTOR_FAILURE, WALLS_SANDBOX,
	N_("without it no certificate is made: install librsvg and cairo (make deps)") };
static const Program ocr = { "vanthu-ocr", "image", some_picture, DOCTOR_WARNING, WALLS_SANDBOX,
	N_("without it scans wait to be typed: install tesseract-ocr-vie") };
static const Program convert = { "vanthu-convert", "word", some_rtf, DOCTOR_WARNING, WALLS_CONFINE,
	N_("without it .doc, .rtf and .odt are sent back: install libreoffice-writer-nogui") };

const DoctorCheck doctor_programs[] = {
	{ "vanthu-decode", N_("DOCX, XLSX, XML, ZIP"), check_program, &decode },
	{ "vanthu-decode-pdf", N_("PDF"), check_program, &decode_pdf },
	{ "vanthu-signatures", N_("digital signatures"), check_program, &signatures },
	{ "vanthu-draw", N_("drawing certificates"), check_program, &draw },
	{ "vanthu-ocr", N_("scans (tesseract)"), check_program, &ocr },
	{ "vanthu-convert", N_("old formats (LibreOffice)"), check_program, &convert },
	{ "fonts", N_("fonts of certificates"), check_fonts, NULL },
	{ 0 },
};
