/* Runs a fuzz target over files, each whole and cut off at a few places. usage: fuzz_X FILE… */
#include "fuzz.h"

#include <stdio.h>

int
main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		g_autofree char *data = NULL;
		gsize size;
		if (!g_file_get_contents(argv[i], &data, &size, NULL)) {
			fprintf(stderr, "can't read %s\n", argv[i]);
			return 1;
		}
		for (gsize part = 0; part <= 16; part++) {
			gsize cut = size * part / 16;
			g_autofree uint8_t *exact = g_memdup2(data, cut ? cut : 1);
			LLVMFuzzerTestOneInput(exact, cut);
		}
	}
	return 0;
}
