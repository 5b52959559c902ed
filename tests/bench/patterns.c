/* The patterns of the shipped rules over texts, as rules match them: usage: patterns PATTERNS TEXT…
 * Prints microseconds a text for folding it and the first match of each pattern; median of rounds.
 */
#include "base/text.h"
#include "extract/pattern.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 9 };

static double
cpu_seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static char *
read_text(const char *path)
{
	char *raw = NULL;
	gsize size;
	if (!g_file_get_contents(path, &raw, &size, NULL))
		return g_strdup("");
	char *text = text_clean(raw, size);
	g_free(raw);
	return text;
}

static void
match_all(const GPtrArray *patterns, const char *original)
{
	g_autoptr(MatchRoom) room = match_room_new();
	g_auto(MatchText) text = { 0 };
	Match match;
	match_text_init(&text, original);
	for (guint i = 0; i < patterns->len; i++)
		pattern_try(patterns->pdata[i], &text, 0, room, &match);
}

int
main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	g_autofree char *source = read_text(argv[1]);
	g_auto(GStrv) lines = g_strsplit(g_strchomp(source), "\n", -1);
	g_autoptr(GPtrArray) patterns =
		g_ptr_array_new_with_free_func((GDestroyNotify)pattern_free);
	for (char **line = lines; *line; line++) {
		Pattern *pattern = pattern_compile(*line, NULL);
		if (pattern)
			g_ptr_array_add(patterns, pattern);
	}
	double seconds[ROUNDS];
	g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
	for (int i = 2; i < argc; i++)
		g_ptr_array_add(texts, read_text(argv[i]));
	for (int round = 0; round < ROUNDS; round++) {
		double start = cpu_seconds();
		for (guint i = 0; i < texts->len; i++)
			match_all(patterns, texts->pdata[i]);
		seconds[round] = cpu_seconds() - start;
	}
	qsort(seconds, ROUNDS, sizeof *seconds, by_size);
	printf("%u %.0f\n", patterns->len, seconds[ROUNDS / 2] / texts->len * 1e6);
	return 0;
}
