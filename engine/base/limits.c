/* The default limits: NĐ 30 practice caps a file at 50 MB; a 500-page annex is the largest seen. */
#include "base/limits.h"

#define MIB ((size_t)1024 * 1024)

const Limits limits_default = {
	.file_bytes = 64 * MIB,
	.entry_bytes = 96 * MIB,
	.total_bytes = 192 * MIB,
	.ratio = 200,
	.text_bytes = 64 * MIB,
	.memory_bytes = 768 * MIB,
	.entries = 5000,
	.pages = 2000,
	.recognised_pages = 60,
	.depth = 200,
	.blocks = 1000000,
	.cpu_seconds = 60,
	.wall_seconds = 90,
};
