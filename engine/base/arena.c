/* An arena: a chain of chunks, the newest first, larger as it grows; large requests get a chunk of
 * their own. */
#include "base/arena.h"

#include <stdarg.h>
#include <string.h>

#define CHUNK_BYTES ((size_t)16 * 1024)
#define CHUNK_MOST (7 * CHUNK_BYTES) /* above 128 KiB each is mapped and unmapped */

typedef struct Chunk Chunk;
struct Chunk {
	Chunk *next;
	size_t used, size;
	_Alignas(max_align_t) char data[];
};

struct Arena {
	Chunk *chunks;
	size_t bytes;
};

Arena *
arena_new(void)
{
	return g_new0(Arena, 1);
}

void
arena_free(Arena *arena)
{
	if (!arena)
		return;
	for (Chunk *chunk = arena->chunks, *next; chunk; chunk = next) {
		next = chunk->next;
		g_free(chunk);
	}
	g_free(arena);
}

void *
arena_alloc(Arena *arena, size_t size)
{
	size_t align = _Alignof(max_align_t);
	size = (size + align - 1) / align * align;
	Chunk *chunk = arena->chunks;
	if (!chunk || chunk->size - chunk->used < size) {
		size_t room = MAX(CLAMP(arena->bytes / 2, CHUNK_BYTES, CHUNK_MOST), size);
		chunk = g_malloc0(sizeof(Chunk) + room);
		chunk->size = room;
		chunk->next = arena->chunks;
		arena->chunks = chunk;
		arena->bytes += room;
	}
	void *mem = chunk->data + chunk->used;
	chunk->used += size;
	return mem;
}

char *
arena_strndup(Arena *arena, const char *text, size_t size)
{
	if (!text)
		return NULL;
	char *copy = arena_alloc(arena, size + 1);
	memcpy(copy, text, size);
	return copy;
}

char *
arena_strdup(Arena *arena, const char *text)
{
	return text ? arena_strndup(arena, text, strlen(text)) : NULL;
}

void *
arena_memdup(Arena *arena, const void *bytes, size_t size)
{
	return size ? memcpy(arena_alloc(arena, size), bytes, size) : NULL;
}

char *
arena_printf(Arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	return arena_strdup(arena, text);
}

size_t
arena_bytes(const Arena *arena)
{
	return arena->bytes;
}
