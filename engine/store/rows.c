/* Rows into structs, by a table of columns: one gatherer instead of a loop for every list. */
#include "store/store_private.h"

#include <string.h>

/* What g_ptr_array frees: a struct behind a header that tells which of its members are text. */
typedef struct {
	const Column *columns;
	size_t n;
} RowHead;

static void
row_free(gpointer data)
{
	RowHead *head = (RowHead *)data - 1;
	for (size_t i = 0; i < head->n; i++)
		if (head->columns[i].type == 's')
			g_free(*(char **)((char *)data + head->columns[i].offset));
	g_free(head);
}

static void
set_member(char *row, const Column *column, const Rows *rows, int i)
{
	char *slot = row + column->offset;
	switch (column->type) {
	case 's':
		*(char **)slot = g_strdup(rows_text(rows, i));
		break;
	case 'l':
		*(int64_t *)slot = rows_int(rows, i);
		break;
	case 'b':
		*(bool *)slot = rows_int(rows, i) != 0;
		break;
	default:
		*(int *)slot = (int)rows_int(rows, i);
	}
}

/* `columns` must outlive the result: they are static tables. */
GPtrArray *
rows_gather(Rows *rows, const Column *columns, size_t n, size_t size, GError **err)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(row_free);
	g_autoptr(GError) error = NULL;
	while (rows_next(rows, &error)) {
		RowHead *head = g_malloc0(sizeof(RowHead) + size);
		head->columns = columns;
		head->n = n;
		for (size_t i = 0; i < n; i++)
			set_member((char *)(head + 1), &columns[i], rows, (int)i);
		g_ptr_array_add(list, head + 1);
	}
	if (!error)
		return list;
	g_propagate_error(err, g_steal_pointer(&error));
	g_ptr_array_unref(list);
	return NULL;
}
