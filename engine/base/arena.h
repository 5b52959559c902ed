/*
 * An arena: many small allocations that live and die together (a Doc, a loaded rule set).
 * Memory is zeroed. Freed once; nothing in it is freed alone.
 */
#ifndef VANTHU_BASE_ARENA_H
#define VANTHU_BASE_ARENA_H

#include <glib.h>
#include <stddef.h>

typedef struct Arena Arena;

Arena *arena_new(void);
void arena_free(Arena *arena);
/* Aligned for any type. Aborts on lack of memory, as all of GLib does. */
void *arena_alloc(Arena *arena, size_t size);
/* Copies are NUL-terminated; NULL stays NULL. */
char *arena_strdup(Arena *arena, const char *text);
char *arena_strndup(Arena *arena, const char *text, size_t size);
void *arena_memdup(Arena *arena, const void *bytes, size_t size); /* NULL when there is none */
char *arena_printf(Arena *arena, const char *format, ...) G_GNUC_PRINTF(2, 3);
size_t arena_bytes(const Arena *arena);

#define arena_new0(arena, Type) ((Type *)arena_alloc((arena), sizeof(Type)))
#define arena_array(arena, Type, n) ((Type *)arena_alloc((arena), sizeof(Type) * (n)))

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Arena, arena_free)

#endif
