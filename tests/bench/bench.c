/*
 * What a step costs beside the bare minimum that the same libraries allow, in one process and one
 * run: rounds are interleaved (library, ours, library, ours …), CPU time is counted, medians are
 * printed. usage: bench FILE…   (DOCX, PDF, XML; rules and templates from $VANTHU_DATA)
 */
#include "decode/pdf.h"
#include "decode/xml.h"
#include "decode/zip.h"
#include "document/xml.h"
#include "extract/extract.h"
#include "generate/template.h"

#include <libxml/parser.h>
#include <poppler.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zip.h>

enum { ROUNDS = 7 };

typedef struct {
	char *path;
	GBytes *bytes;
	Doc *doc; /* decoded once, for the steps behind decoding */
} File;

static Rules *bench_rules;

static double
cpu_seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- the bare minimum ----------------------------------------------------------------------- */

static void
collect_text(void *user, const xmlChar *text, int size)
{
	g_string_append_len(user, (const char *)text, size);
}

static void
parse_sax(const char *data, size_t size)
{
	g_autoptr(GString) text = g_string_new(NULL);
	xmlSAXHandler handler = { .initialized = XML_SAX2_MAGIC, .characters = collect_text };
	xmlSAXUserParseMemory(&handler, text, data, (int)size);
}

static void
parse_entry(zip_t *zip, zip_uint64_t index)
{
	zip_stat_t st;
	if (zip_stat_index(zip, index, 0, &st) != 0)
		return;
	char *xml = g_malloc(st.size);
	zip_file_t *part = zip_fopen_index(zip, index, 0);
	if (part && zip_fread(part, xml, st.size) == (zip_int64_t)st.size)
		parse_sax(xml, st.size);
	if (part)
		zip_fclose(part);
	g_free(xml);
}

/* The text of the parts whose names begin so, by libzip and libxml2's SAX: no tables, no places. */
static void
collect_parts(const File *file, const char *const *names)
{
	gsize size;
	const void *data = g_bytes_get_data(file->bytes, &size);
	zip_source_t *source = zip_source_buffer_create(data, size, 0, NULL);
	zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
	zip_int64_t count = zip ? zip_get_num_entries(zip, 0) : 0;
	for (zip_int64_t i = 0; i < count; i++)
		for (const char *const *name = names; *name; name++)
			if (g_str_has_prefix(zip_get_name(zip, (zip_uint64_t)i, 0), *name))
				parse_entry(zip, (zip_uint64_t)i);
	if (zip)
		zip_discard(zip);
}

/* Nothing but the body: paragraphs without styles, numbers, headers and notes. */
static void
limit_document(const File *file)
{
	static const char *const names[] = { "word/document.xml", NULL };
	collect_parts(file, names);
}

/* All parts that the text as it is shown needs. */
static void
limit_docx(const File *file)
{
	static const char *const names[] = { "word/document.xml", "word/styles.xml",
		"word/numbering.xml", "word/header", "word/footer", "word/footnotes.xml",
		"word/endnotes.xml", NULL };
	collect_parts(file, names);
}

/* Poppler's text and boxes of every page: no lines, no columns, no tables. */
static void
limit_pdf(const File *file)
{
	PopplerDocument *doc = poppler_document_new_from_bytes(file->bytes, NULL, NULL);
	for (int i = 0; doc && i < poppler_document_get_n_pages(doc); i++) {
		PopplerPage *page = poppler_document_get_page(doc, i);
		PopplerRectangle *boxes = NULL;
		guint count;
		g_free(poppler_page_get_text(page));
		poppler_page_get_text_layout(page, &boxes, &count);
		g_free(boxes);
		g_object_unref(page);
	}
	g_clear_object(&doc);
}

static void
limit_xml(const File *file)
{
	gsize size;
	const char *data = g_bytes_get_data(file->bytes, &size);
	parse_sax(data, size);
}

/* libxml2's tree, as large as it comes. */
static void
limit_dom(const File *file)
{
	gsize size;
	const char *data = g_bytes_get_data(file->bytes, &size);
	xmlFreeDoc(xmlReadMemory(
		data, (int)size, NULL, NULL, XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR));
}

/* ---- ours ------------------------------------------------------------------------------------ */

static void
our_docx(const File *file)
{
	doc_free(zip_read_doc(file->bytes, &limits_default));
}

static void
our_pdf(const File *file)
{
	doc_free(pdf_read(file->bytes, NULL, &limits_default, NULL));
}

static void
our_xml(const File *file)
{
	doc_free(xml_read_doc(file->bytes, &limits_default));
}

static void
our_extract(const File *file)
{
	reading_free(extract_read(bench_rules, file->doc, file->path, ""));
}

static void
our_wire(const File *file)
{
	g_autoptr(GString) wire = g_string_new(NULL);
	doc_print(file->doc, DOC_PRINT_WIRE, wire);
	doc_free(doc_parse(wire->str, wire->len, &limits_default, NULL));
}

/* ---- measuring ------------------------------------------------------------------------------- */

typedef struct {
	const char *name, *suffix;
	void (*limit)(const File *file); /* NULL: beside the decoding of the same files */
	void (*ours)(const File *file);
} Step;

static const Step steps[] = {
	{ "decode DOCX / SAX of its parts", ".docx", limit_docx, our_docx },
	{ "decode DOCX / SAX of document.xml", ".docx", limit_document, our_docx },
	{ "decode PDF / poppler text + boxes", ".pdf", limit_pdf, our_pdf },
	{ "decode edXML / SAX", "xml", limit_xml, our_xml },
	{ "decode edXML / DOM", "xml", limit_dom, our_xml },
	{ "tree to the parent / decode DOCX", ".docx", our_docx, our_wire },
	{ "tree to the parent / DOM", "xml", limit_dom, our_wire },
	{ "extract / decode DOCX", ".docx", our_docx, our_extract },
	{ "extract / decode PDF", ".pdf", our_pdf, our_extract },
};

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static int
run(const Step *step, void (*work)(const File *file), const File *files, int n, double *ret_seconds)
{
	int done = 0;
	double start = cpu_seconds();
	for (int i = 0; i < n; i++) {
		if (!files[i].doc || !g_str_has_suffix(files[i].path, step->suffix))
			continue;
		work(&files[i]);
		done++;
	}
	*ret_seconds = cpu_seconds() - start;
	return done;
}

static void
measure(const Step *step, const File *files, int n)
{
	double limits[ROUNDS], ours[ROUNDS], ratios[ROUNDS];
	int done = 0;
	for (int round = 0; round < ROUNDS; round++) {
		done = run(step, step->limit, files, n, &limits[round]);
		run(step, step->ours, files, n, &ours[round]);
		ratios[round] = ours[round] / limits[round];
	}
	if (!done)
		return;
	qsort(limits, ROUNDS, sizeof *limits, by_size);
	qsort(ours, ROUNDS, sizeof *ours, by_size);
	qsort(ratios, ROUNDS, sizeof *ratios, by_size);
	printf("%-36s %5d files  %9.0f us  %9.0f us  x %.2f (%.2f to %.2f)\n", step->name, done,
		limits[ROUNDS / 2] / done * 1e6, ours[ROUNDS / 2] / done * 1e6, ratios[ROUNDS / 2],
		ratios[0], ratios[ROUNDS - 1]);
}

static void
measure_loading(const char *const *folders)
{
	double took[ROUNDS];
	for (int round = 0; round < ROUNDS; round++) {
		double start = cpu_seconds();
		rules_free(rules_load(folders, NULL));
		took[round] = cpu_seconds() - start;
	}
	qsort(took, ROUNDS, sizeof *took, by_size);
	printf("loading all shipped rules: %.1f ms (%.1f to %.1f)\n", took[ROUNDS / 2] * 1e3,
		took[0] * 1e3, took[ROUNDS - 1] * 1e3);
}

/* What can't be decoded is left out of every step. */
static void
open_file(File *file, const char *path)
{
	gsize size;
	char *data;
	if (!g_file_get_contents(path, &data, &size, NULL))
		return;
	file->path = g_ascii_strdown(path, -1);
	file->bytes = g_bytes_new_take(data, size);
	Doc *doc = g_str_has_suffix(file->path, ".pdf")
		? pdf_read(file->bytes, NULL, &limits_default, NULL)
		: g_str_has_suffix(file->path, ".docx")
		? zip_read_doc(file->bytes, &limits_default)
		: xml_read_doc(file->bytes, &limits_default);
	if (doc && !doc_refusal(doc))
		file->doc = doc;
	else
		doc_free(doc);
}

int
main(int argc, char **argv)
{
	g_autofree char *folder = g_build_filename(g_getenv("VANTHU_DATA"), "rules", NULL);
	const char *const folders[] = { folder, NULL };
	g_autoptr(GError) err = NULL;
	bench_rules = rules_load(folders, &err);
	if (!bench_rules) {
		fprintf(stderr, "%s\n", err->message);
		return 1;
	}
	pdf_warm();
	File *files = g_new0(File, argc);
	for (int i = 1; i < argc; i++)
		open_file(&files[i - 1], argv[i]);
	printf("%-36s %11s  %12s  %12s  ratio, median of %d (range)\n", "CPU time a file", "",
		"beside", "ours", ROUNDS);
	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++)
		measure(&steps[i], files, argc - 1);
	measure_loading(folders);
	return 0;
}
