/*
 * What a step costs beside the bare minimum that the same libraries allow, in one run: in every round each work
 * goes once over all files of a kind, CPU time (of helpers too) is counted, medians of the ratios are printed
 * beside their targets.
 *
 *	bench table FILE…	      the table; rules from $VANTHU_DATA
 *	bench rules		      how long loading them takes
 *	bench memory TIMES FILE…	so many documents through the helpers, round and round: their memory
 */
#include "bench.h"
#include "decode/parent.h"
#include "decode/pdf.h"
#include "decode/xml.h"
#include "decode/zip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 5, HELPER_REQUESTS = 200 /* what one zygote serves: base/helper.c */ };

/* ---- measuring ------------------------------------------------------------------------------- */

static double
seconds_of(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double
cpu_seconds(void)
{
	struct rusage self, children;
	getrusage(RUSAGE_SELF, &self);
	getrusage(RUSAGE_CHILDREN, &children);
	return seconds_of(self.ru_utime) + seconds_of(self.ru_stime) + seconds_of(children.ru_utime) +
		seconds_of(children.ru_stime);
}

static double
wall_seconds(void)
{
	return (double)g_get_monotonic_time() / G_USEC_PER_SEC;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

typedef struct {
	double median, least, most;
} Spread;

static Spread
spread_of(const double *values, int n)
{
	g_autofree double *sorted = g_memdup2(values, sizeof *values * (gsize)n);
	qsort(sorted, (size_t)n, sizeof *sorted, by_size);
	return (Spread){ sorted[n / 2], sorted[0], sorted[n - 1] };
}

static const char *
mark(double value, double target)
{
	return value <= target ? "met" : "MISSED";
}

/* ---- ours ------------------------------------------------------------------------------------ */

static void
our_docx(const Set *set, const File *file)
{
	(void)set;
	doc_free(zip_read_doc(file->bytes, &limits_default));
}

static void
our_pdf(const Set *set, const File *file)
{
	(void)set;
	doc_free(pdf_read(file->bytes, NULL, &limits_default, NULL));
}

static void
our_xml(const Set *set, const File *file)
{
	(void)set;
	doc_free(xml_read_doc(file->bytes, &limits_default));
}

static void
our_extract(const Set *set, const File *file)
{
	reading_free(extract_read(set->rules, file->doc, file->path, ""));
}

static void
our_wire(const Set *set, const File *file)
{
	(void)set;
	g_autoptr(GString) wire = g_string_new(NULL);
	doc_print(file->doc, DOC_PRINT_WIRE, wire);
	doc_free(doc_parse(wire->str, wire->len, &limits_default, NULL));
}

static void
read_share(const Set *set, int from, int step)
{
	g_autoptr(Decoders) decoders = decoders_new(set->helpers, &limits_default);
	decoders_skip_pictures(decoders);
	for (int i = from; i < set->n; i += step)
		doc_free(decoders_read(decoders, set->files[i].bytes, set->files[i].path, NULL));
}

static void
read_isolated(const Set *set)
{
	read_share(set, 0, 1);
}

static gpointer
read_odd(gpointer user)
{
	read_share(user, 1, 2);
	return NULL;
}

static void
read_by_two(const Set *set)
{
	GThread *other = g_thread_new("worker", read_odd, (gpointer)set);
	read_share(set, 0, 2);
	g_thread_join(other);
}

/* ---- works and rows -------------------------------------------------------------------------- */

typedef struct {
	void (*each)(const Set *set, const File *file);
	void (*all)(const Set *set);
} Work;

enum { FLOOR, SAX, READER, DOM, OURS, HELPER, WIRE, EXTRACT, WORKS };

typedef struct {
	const char *name; /* of what is measured, and of what it is measured beside */
	int ours;
	const char *beside;
	int limit;
	double target; /* 0: for comparison */
} Row;

typedef struct {
	const char *ending;
	Work works[WORKS];
	Row rows[8];
} Kind;

static const Kind kinds[] = {
	{ ".docx",
		{ [FLOOR] = { bare_docx, NULL },
			[SAX] = { bare_document, NULL },
			[READER] = { bare_reader, NULL },
			[DOM] = { bare_docx_dom, NULL },
			[OURS] = { our_docx, NULL },
			[HELPER] = { NULL, read_isolated },
			[WIRE] = { our_wire, NULL },
			[EXTRACT] = { our_extract, NULL } },
		{ { "DOCX to tree", OURS, "libzip + SAX2, same parts", FLOOR, 1.4 },
			{ "DOCX to tree", OURS, "docx sax: document.xml alone", SAX, 0 },
			{ "xmlTextReader, document.xml", READER, "docx sax", SAX, 0 },
			{ "DOM, document.xml", DOM, "docx sax", SAX, 0 },
			{ "DOCX through the helper", HELPER, "DOCX to tree", OURS, 1.8 },
			{ "tree over the wire and back", WIRE, "DOCX to tree", OURS, 0 },
			{ "all rules on a DOCX", EXTRACT, "DOCX to tree", OURS, 0.35 } } },
	{ ".pdf",
		{ [FLOOR] = { bare_pdf, NULL },
			[OURS] = { our_pdf, NULL },
			[HELPER] = { NULL, read_isolated },
			[EXTRACT] = { our_extract, NULL } },
		{ { "PDF to tree", OURS, "Poppler: text + boxes", FLOOR, 1.2 },
			{ "PDF through the helper", HELPER, "PDF to tree", OURS, 1.3 },
			{ "all rules on a PDF", EXTRACT, "PDF to tree", OURS, 0.05 } } },
	{ "xml",
		{ [SAX] = { bare_sax, NULL },
			[DOM] = { bare_dom, NULL },
			[OURS] = { our_xml, NULL },
			[HELPER] = { NULL, read_isolated } },
		{ { "edXML to tree", OURS, "libxml2 DOM", DOM, 1.3 },
			{ "edXML to tree", OURS, "libxml2 SAX2", SAX, 0 },
			{ "edXML through the helper", HELPER, "edXML to tree", OURS, 0 } } },
};

/* Helpers go over the files until a zygote has served what it may: its start is shared out as it is in life. */
static double
run(const Work *work, const Set *set)
{
	int passes = work->all ? MAX(HELPER_REQUESTS / set->n, 1) : 1;
	double start = cpu_seconds();
	for (int pass = 0; work->all && pass < passes; pass++)
		work->all(set);
	for (int i = 0; work->each && i < set->n; i++)
		work->each(set, &set->files[i]);
	return (cpu_seconds() - start) / passes;
}

static void
print_row(const Row *row, double taken[WORKS][ROUNDS], int n)
{
	double ratios[ROUNDS];
	for (int i = 0; i < ROUNDS; i++)
		ratios[i] = taken[row->ours][i] / taken[row->limit][i];
	Spread ratio = spread_of(ratios, ROUNDS);
	printf("%-28s / %-29s %8.0f %8.0f us  x %.2f (%.2f to %.2f)", row->name, row->beside,
		spread_of(taken[row->ours], ROUNDS).median / n * 1e6,
		spread_of(taken[row->limit], ROUNDS).median / n * 1e6, ratio.median, ratio.least,
		ratio.most);
	if (row->target > 0)
		printf("  at most %.2f  %s", row->target, mark(ratio.median, row->target));
	printf("\n");
	fflush(stdout);
}

static void
measure(const Kind *kind, const Set *set)
{
	double taken[WORKS][ROUNDS] = { { 0 } };
	for (int round = 0; round < ROUNDS; round++)
		for (int i = 0; i < WORKS; i++)
			if (kind->works[i].each || kind->works[i].all)
				taken[i][round] = run(&kind->works[i], set);
	for (const Row *row = kind->rows; row->name; row++)
		print_row(row, taken, set->n);
}

/* ---- workers, rules -------------------------------------------------------------------------- */

/* CPU time that anybody has used since the machine started, in seconds. */
static double
machine_busy(void)
{
	g_autofree char *stat = NULL;
	unsigned long long user = 0, nice = 0, system = 0;
	if (g_file_get_contents("/proc/stat", &stat, NULL, NULL))
		sscanf(stat, "cpu %llu %llu %llu", &user, &nice, &system);
	return (double)(user + nice + system) / (double)sysconf(_SC_CLK_TCK);
}

/* Wall time, so it says how busy others kept the machine. At most a zygote's share of the files. */
static void
measure_workers(const char *name, const Set *all)
{
	const Set few = { all->files, MIN(all->n, HELPER_REQUESTS), all->rules, all->helpers };
	double ratios[ROUNDS], cpu[2] = { 0 }, busy = machine_busy(), own = cpu_seconds(),
				began = wall_seconds();
	void (*const works[])(const Set *set) = { read_isolated, read_by_two };
	for (int round = 0; round < ROUNDS; round++) {
		double wall[2];
		for (int i = 0; i < 2; i++) {
			double start = wall_seconds(), used = cpu_seconds();
			works[i](&few);
			wall[i] = wall_seconds() - start;
			cpu[i] += cpu_seconds() - used;
		}
		ratios[round] = wall[0] / wall[1];
	}
	double cores = (double)sysconf(_SC_NPROCESSORS_ONLN);
	double others = MAX(machine_busy() - busy - (cpu_seconds() - own), 0) /
		(wall_seconds() - began) / cores;
	Spread ratio = spread_of(ratios, ROUNDS);
	printf("two workers on %-4s: wall time x %.2f (%.2f to %.2f) of one's, CPU x %.2f; others kept %.0f %% of %.0f cores busy"
	       "  at least 1.80  %s\n", name, ratio.median, ratio.least, ratio.most, cpu[1] / cpu[0],
		others * 100, cores,
		ratio.median >= 1.8	 ? "met"
			: others > 0.1 ? "not met, machine busy"
					 : "MISSED");
}

static int
print_loading(void)
{
	g_autofree char *folder = g_build_filename(g_getenv("VANTHU_DATA"), "rules", NULL);
	const char *const folders[] = { folder, NULL };
	double took[ROUNDS];
	for (int round = 0; round < ROUNDS; round++) {
		double start = cpu_seconds();
		rules_free(rules_load(folders, NULL));
		took[round] = (cpu_seconds() - start) * 1e3;
	}
	Spread spread = spread_of(took, ROUNDS);
	printf("loading all shipped rules: %.1f ms (%.1f to %.1f)  at most 15 ms  %s\n", spread.median,
		spread.least, spread.most, mark(spread.median, 15));
	return 0;
}

/* ---- files ------------------------------------------------------------------------------------ */

static Doc *
read_doc(const char *path, GBytes *bytes)
{
	if (g_str_has_suffix(path, ".pdf"))
		return pdf_read(bytes, NULL, &limits_default, NULL);
	if (g_str_has_suffix(path, ".docx"))
		return zip_read_doc(bytes, &limits_default);
	return xml_read_doc(bytes, &limits_default);
}

/* What can't be decoded is left out of every step. */
static bool
open_file(const char *path, File *ret_file)
{
	gsize size;
	char *data;
	if (!g_file_get_contents(path, &data, &size, NULL))
		return false;
	g_autoptr(GBytes) bytes = g_bytes_new_take(data, size);
	g_autofree char *name = g_ascii_strdown(path, -1);
	g_autoptr(Doc) doc = read_doc(name, bytes);
	if (!doc || doc_refusal(doc))
		return false;
	*ret_file = (File){ g_steal_pointer(&name), g_steal_pointer(&bytes), g_steal_pointer(&doc) };
	return true;
}

static void
files_free(File *files, int n)
{
	for (int i = 0; i < n; i++) {
		g_free(files[i].path);
		g_bytes_unref(files[i].bytes);
		doc_free(files[i].doc);
	}
	g_free(files);
}

/* Only one kind is held at a time: what a process holds makes its forks dearer. */
static void
measure_kind(const Kind *kind, Set *set, char **paths, int n)
{
	File *files = g_new0(File, (gsize)n + 1);
	int opened = 0;
	size_t bytes = 0;
	for (int i = 0; i < n; i++) {
		g_autofree char *name = g_ascii_strdown(paths[i], -1);
		if (!g_str_has_suffix(name, kind->ending) || !open_file(paths[i], &files[opened]))
			continue;
		bytes += g_bytes_get_size(files[opened++].bytes);
	}
	set->files = files;
	set->n = opened;
	if (opened) {
		printf("%d files *%s, %zu KB each\n", opened, kind->ending, bytes / (size_t)opened / 1024);
		measure(kind, set);
		if (opened > 3)
			measure_workers(kind->ending, set);
	}
	files_free(files, opened);
}

static int
print_table(const char *helpers, char **paths, int n)
{
	g_autofree char *folder = g_build_filename(g_getenv("VANTHU_DATA"), "rules", NULL);
	const char *const folders[] = { folder, NULL };
	g_autoptr(GError) err = NULL;
	Rules *rules = rules_load(folders, &err);
	if (!rules) {
		fprintf(stderr, "%s\n", err->message);
		return 1;
	}
	pdf_warm();
	pdf_warm_fonts();
	printf("CPU time a file, ours and beside; the ratio's median of %d interleaved rounds (range)\n",
		ROUNDS);
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		measure_kind(&kinds[i], &(Set){ NULL, 0, rules, helpers }, paths, n);
	rules_free(rules);
	return 0;
}

int
main(int argc, char **argv)
{
	g_autofree char *helpers = g_path_get_dirname(argv[0]);
	const char *what = argc > 1 ? argv[1] : "";
	if (strcmp(what, "rules") == 0)
		return print_loading();
	if (strcmp(what, "table") == 0)
		return print_table(helpers, argv + 2, argc - 2);
	if (strcmp(what, "memory") == 0 && argc > 3)
		return report_memory(helpers, atoi(argv[2]), argv + 3, argc - 3);
	fprintf(stderr, "usage: bench table FILE… | rules | memory TIMES FILE…\n");
	return 2;
}
