/*
 * Filling a decision with its list of names, beside what libzip alone needs to put the finished XML into
 * the same package: interleaved rounds, CPU time, medians. usage: bench-fill [SCALE]
 */
#include "docx_builder.h"
#include "document/xml.h"
#include "generate/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 7 };

typedef struct {
	GBytes *package;
	char *finished; /* word/document.xml as filled */
	gsize size;
	Template *template;
	xmlDoc *data;
	QueryWorld world;
} Job;

static double
cpu_seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

#define RUN(text) "<w:r><w:rPr><w:rFonts w:ascii='Times New Roman'/><w:sz w:val='28'/></w:rPr><w:t>" text "</w:t></w:r>"
#define CELL(text) "<w:tc><w:tcPr><w:tcW w:w='2000' w:type='dxa'/></w:tcPr><w:p>" RUN(text) "</w:p></w:tc>"

/* Twelve paragraphs and a table, as a decision of Nghị định 30 has them. */
static GBytes *
build_template(void)
{
	GString *body = g_string_new(NULL);
	for (int i = 0; i < 12; i++)
		g_string_append(body, "<w:p>" RUN("Căn cứ Luật Thi đua, khen thưởng ngày {{ date-long(date) }}; theo đề "
			"nghị của {{ organ }}, số {{ @n }}.") "</w:p>");
	g_string_append(body, "<w:tbl><w:tr>" CELL("{% for nominee %}{{ index() }}") CELL("{{ name }}")
		CELL("{{ position }}") CELL("{{ unit }}") CELL("{{ award }}{% end %}") "</w:tr></w:tbl>");
	GBytes *package = build_docx(body->str, NULL, NULL);
	g_string_free(body, TRUE);
	return package;
}

static xmlDoc *
build_data(int rows)
{
	GString *text = g_string_new("<d n='12'><date>2026-03-05</date><organ>Chi cục Quản lý đất đai</organ>");
	for (int i = 0; i < rows; i++)
		g_string_append_printf(text, "<nominee><name>Trần Thị Mai %d</name><position>Chuyên viên</position>"
			"<unit>Phòng Đo đạc &amp; Bản đồ số %d</unit><award>Chiến sĩ thi đua cơ sở</award></nominee>",
			i, i % 17);
	g_string_append(text, "</d>");
	xmlDoc *doc = xml_parse(text->str, text->len, "data", NULL);
	g_string_free(text, TRUE);
	return doc;
}

/* ---- the two ways ------------------------------------------------------------------------------- */

static GBytes *
zip_finished(const Job *job)
{
	gsize size;
	const char *data = g_bytes_get_data(job->package, &size);
	char *copy = malloc(size);
	memcpy(copy, data, size);
	zip_source_t *source = zip_source_buffer_create(copy, size, 1, NULL);
	zip_t *zip = zip_open_from_source(source, 0, NULL);
	zip_source_keep(source);
	zip_delete(zip, (zip_uint64_t)zip_name_locate(zip, "word/document.xml", 0));
	zip_source_t *part = zip_source_buffer(zip, job->finished, job->size, 0);
	zip_int64_t added = zip_file_add(zip, "word/document.xml", part, ZIP_FL_ENC_UTF_8);
	zip_set_file_compression(zip, (zip_uint64_t)added, ZIP_CM_DEFLATE, 6);
	zip_file_set_dostime(zip, (zip_uint64_t)added, 0, 0x21, 0);
	g_assert_cmpint(zip_close(zip), ==, 0);
	zip_stat_t st;
	zip_source_stat(source, &st);
	zip_source_open(source);
	char *out = g_malloc(st.size);
	zip_source_read(source, out, st.size);
	zip_source_close(source);
	zip_source_free(source);
	return g_bytes_new_take(out, st.size);
}

static GBytes *
fill(const Job *job)
{
	g_autoptr(GPtrArray) findings = findings_new();
	g_autoptr(GError) err = NULL;
	GBytes *out = template_fill(job->template, job->data, &job->world, findings, &err);
	g_assert_no_error(err);
	return out;
}

static GBytes *
compile_and_fill(const Job *job)
{
	Job own = *job;
	g_autoptr(Template) template = template_compile(job->package, "bench.docx", NULL);
	own.template = template;
	return fill(&own);
}

/* ---- measuring ----------------------------------------------------------------------------------- */

static double
run(GBytes *(*work)(const Job *job), const Job *job, int times)
{
	double start = cpu_seconds();
	for (int i = 0; i < times; i++)
		g_bytes_unref(work(job));
	return (cpu_seconds() - start) / times;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void
measure(const char *name, GBytes *(*ours)(const Job *job), const Job *job, int times)
{
	double beside[ROUNDS], own[ROUNDS], ratios[ROUNDS];
	for (int i = 0; i < ROUNDS; i++) {
		beside[i] = run(zip_finished, job, times);
		own[i] = run(ours, job, times);
		ratios[i] = own[i] / beside[i];
	}
	qsort(beside, ROUNDS, sizeof *beside, by_size);
	qsort(own, ROUNDS, sizeof *own, by_size);
	qsort(ratios, ROUNDS, sizeof *ratios, by_size);
	printf("%-36s %5zu KB     %9.0f us  %9.0f us  x %.2f (%.2f to %.2f)\n", name, job->size / 1024,
		beside[ROUNDS / 2] * 1e6, own[ROUNDS / 2] * 1e6, ratios[ROUNDS / 2], ratios[0],
		ratios[ROUNDS - 1]);
}

/* Fills once to know the finished XML, which the bare way is given for nothing. */
static void
finish(Job *job)
{
	g_autoptr(GBytes) out = fill(job);
	gsize size;
	const char *data = g_bytes_get_data(out, &size);
	zip_t *zip = zip_open_from_source(zip_source_buffer_create(data, size, 0, NULL), ZIP_RDONLY, NULL);
	zip_stat_t st;
	zip_stat(zip, "word/document.xml", 0, &st);
	zip_file_t *file = zip_fopen(zip, "word/document.xml", 0);
	job->size = st.size;
	job->finished = g_malloc(st.size);
	g_assert_cmpint(zip_fread(file, job->finished, st.size), ==, (zip_int64_t)st.size);
	zip_fclose(file);
	zip_discard(zip);
	g_autoptr(GBytes) bare = zip_finished(job);
	g_assert_true(g_bytes_equal(bare, out));
}

int
main(int argc, char **argv)
{
	static const int rows[] = { 20, 200 };
	int scale = argc > 1 ? MAX(atoi(argv[1]), 1) : 1;
	g_autoptr(GBytes) package = build_template();
	g_autoptr(GError) err = NULL;
	g_autoptr(Template) template = template_compile(package, "bench.docx", &err);
	g_assert_no_error(err);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(xmlDoc) data = build_data(rows[i] * scale);
		Job job = { package, NULL, 0, template, data, { .today = { 2026, 11, 23 } } };
		g_autofree char *fills = g_strdup_printf("fill %d rows / libzip alone", rows[i] * scale);
		g_autofree char *both = g_strdup_printf("compile, fill %d rows / libzip", rows[i] * scale);
		finish(&job);
		measure(fills, fill, &job, 2000 / rows[i]);
		measure(both, compile_and_fill, &job, 2000 / rows[i]);
		g_free(job.finished);
	}
	return 0;
}
