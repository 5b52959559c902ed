/* A fuzz target: one function over bytes. libFuzzer drives it (make fuzz), or replay.c in make
 * check. */
#ifndef VANTHU_TESTS_FUZZ_H
#define VANTHU_TESTS_FUZZ_H

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What one document may take while fuzzing: small, so that greed is found soon. */
#define FUZZ_SIZE_MAX (1 << 20)

#endif
