/* Documents read one after the other by way of the isolated helpers, and the memory that this takes. */
#include "bench.h"
#include "decode/parent.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

/* KiB, from /proc/self/status. */
static long
own_memory(const char *field)
{
	g_autofree char *status = NULL;
	if (!g_file_get_contents("/proc/self/status", &status, NULL, NULL))
		return 0;
	const char *line = strstr(status, field);
	return line ? strtol(line + strlen(field), NULL, 10) : 0;
}

/* The largest helper or child of one that has ended so far. A process counts what it was before exec() too,
 * so nothing large may run in this one. */
static long
helpers_peak(void)
{
	struct rusage usage;
	getrusage(RUSAGE_CHILDREN, &usage);
	return usage.ru_maxrss;
}

static void
report(int done)
{
	double peak = (double)helpers_peak() / 1024;
	printf("%7d documents: helpers' peak %.1f MiB, parent now %.1f MiB, its peak %.1f MiB  at most 32 MiB  %s\n",
		done, peak, (double)own_memory("VmRSS:") / 1024, (double)own_memory("VmHWM:") / 1024,
		peak <= 32 ? "met" : "MISSED");
	fflush(stdout);
}

static bool
is_step(int done)
{
	return done == 1000 || done == 3000 || done == 10000 || done == 30000 ||
		(done >= 50000 && done % 50000 == 0);
}

static bool
read_one(Decoders *decoders, const char *path)
{
	g_autofree char *data = NULL;
	gsize size;
	if (!g_file_get_contents(path, &data, &size, NULL))
		return false;
	g_autoptr(GBytes) bytes = g_bytes_new_take(g_steal_pointer(&data), size);
	g_autoptr(GError) err = NULL;
	g_autoptr(Doc) doc = decoders_read(decoders, bytes, path, &err);
	return doc && !doc_refusal(doc);
}

int
report_memory(const char *helpers, int times, char **paths, int n)
{
	Decoders *decoders = decoders_new(helpers, &limits_default);
	int refused = 0, last = 0;
	decoders_skip_pictures(decoders);
	for (int done = 1; n && done <= times; done++) {
		refused += !read_one(decoders, paths[(done - 1) % n]);
		if (is_step(done)) {
			report(done);
			last = done;
		}
	}
	decoders_free(decoders); /* the helpers end and are counted */
	if (last != times)
		report(times);
	if (refused)
		printf("%d were refused\n", refused);
	return refused ? 1 : 0;
}
