/* Objects -> page by page, with what a page inherits; content streams -> plain bytes. */
#include "decode/pdf_pages.h"

#include "decode/pdf_inflate.h"

#include <math.h>
#include <string.h>

enum { MAX_TREE_DEPTH = 40, MAX_PAGES = 20000, MAX_PIECES = 4000, MAX_FILTERS = 4 };

/* Of one file: objects that a page tree needs, and every page's content. */
#define MOST_VALUES 1000000
#define MOST_BYTES ((size_t)256 << 20)
#define MOST_CONTENT ((size_t)32 << 20)

struct PdfPages {
	PdfBudget budget;
	PdfObjects *objects;
	GArray *pages; /* of PdfPageObject */
};

/* What a node of the page tree hands down. */
typedef struct {
	const PdfValue *media, *crop, *turn, *resources;
} Inherited;

static const PdfValue *
own_or(PdfObjects *objects, const PdfValue *node, const char *key, const PdfValue *inherited)
{
	const PdfValue *own = pdf_lookup(objects, node, key);
	return own->kind == PDF_NULL ? inherited : own;
}

static bool
read_box(PdfObjects *objects, const PdfValue *array, PdfPageObject *ret)
{
	double at[4];
	if (!array || array->kind != PDF_ARRAY || array->n_items != 4)
		return false;
	for (int i = 0; i < 4; i++) {
		const PdfValue *item = pdf_resolve(objects, &array->items[i]);
		if (item->kind != PDF_NUMBER || !(fabs(item->number) < 1e5))
			return false;
		at[i] = item->number;
	}
	ret->x0 = MIN(at[0], at[2]);
	ret->y0 = MIN(at[1], at[3]);
	ret->x1 = MAX(at[0], at[2]);
	ret->y1 = MAX(at[1], at[3]);
	return ret->x1 > ret->x0 && ret->y1 > ret->y0;
}

/* Shown is what the crop box leaves of the media box. */
static bool
add_page(PdfPages *self, const PdfValue *node, const Inherited *from)
{
	PdfPageObject page = { 0 }, crop = { 0 };
	const PdfValue *turn = from->turn;
	if (!read_box(self->objects, from->media, &page))
		return false;
	if (from->crop && read_box(self->objects, from->crop, &crop)) {
		page.x0 = MAX(page.x0, crop.x0);
		page.y0 = MAX(page.y0, crop.y0);
		page.x1 = MIN(page.x1, crop.x1);
		page.y1 = MIN(page.y1, crop.y1);
	}
	if (pdf_is_integer(turn) && fabs(turn->number) < 1e6)
		page.turn = (((int)turn->number % 360) + 360) % 360;
	page.resources = from->resources;
	page.contents = pdf_lookup(self->objects, node, "Contents");
	g_array_append_val(self->pages, page);
	return page.turn % 90 == 0;
}

static bool
walk(PdfPages *self, const PdfValue *node, Inherited from, int depth)
{
	const PdfValue *kids = pdf_lookup(self->objects, node, "Kids");
	from.media = own_or(self->objects, node, "MediaBox", from.media);
	from.crop = own_or(self->objects, node, "CropBox", from.crop);
	from.turn = own_or(self->objects, node, "Rotate", from.turn);
	from.resources = own_or(self->objects, node, "Resources", from.resources);
	if (depth > MAX_TREE_DEPTH || node->kind != PDF_DICT || self->pages->len >= MAX_PAGES)
		return false;
	if (kids->kind != PDF_ARRAY)
		return add_page(self, node, &from);
	for (size_t i = 0; i < kids->n_items; i++)
		if (!walk(self, pdf_resolve(self->objects, &kids->items[i]), from, depth + 1))
			return false;
	return true;
}

static bool
find_pages(PdfPages *self, int n_pages)
{
	const Inherited none = { 0 };
	return self->objects && !pdf_peek(pdf_objects_trailer(self->objects), "Encrypt") &&
		walk(self, pdf_lookup(self->objects, pdf_root(self->objects), "Pages"), none, 0) &&
		(int)self->pages->len == n_pages;
}

PdfPages *
pdf_pages_open(const unsigned char *data, size_t size, int n_pages)
{
	PdfPages *self = g_new0(PdfPages, 1);
	self->budget = (PdfBudget){ .values = MOST_VALUES, .inflate_bytes = MOST_BYTES };
	self->objects = pdf_objects_new_sound(data, size, &self->budget);
	self->pages = g_array_new(FALSE, FALSE, sizeof(PdfPageObject));
	if (find_pages(self, n_pages))
		return self;
	pdf_pages_free(self);
	return NULL;
}

void
pdf_pages_free(PdfPages *self)
{
	if (!self)
		return;
	pdf_objects_free(self->objects);
	g_array_unref(self->pages);
	g_free(self);
}

PdfObjects *
pdf_pages_objects(PdfPages *self)
{
	return self->objects;
}

const PdfPageObject *
pdf_pages_at(const PdfPages *self, int number)
{
	return &g_array_index(self->pages, PdfPageObject, number - 1);
}

/* ---- content ------------------------------------------------------------------------------- */

typedef struct {
	const unsigned char *data;
	size_t size;
} Piece;

static bool
unfilter(PdfPages *self, const PdfValue *filter, Arena *arena, Piece *piece)
{
	size_t size = 0, *budget = &self->budget.inflate_bytes;
	if (pdf_is_name(filter, "FlateDecode"))
		piece->data = pdf_inflate(piece->data, piece->size, arena, budget, &size);
	else if (pdf_is_name(filter, "ASCII85Decode"))
		piece->data = pdf_ascii85(piece->data, piece->size, arena, budget, &size);
	else if (pdf_is_name(filter, "ASCIIHexDecode"))
		piece->data = pdf_asciihex(piece->data, piece->size, arena, budget, &size);
	else
		return false;
	piece->size = size;
	return piece->data != NULL;
}

static bool
read_piece(PdfPages *self, const PdfValue *stream, Arena *arena, Piece *ret)
{
	const PdfValue *filter = pdf_lookup(self->objects, stream, "Filter");
	if (stream->kind != PDF_STREAM || pdf_peek(stream, "DecodeParms") || pdf_peek(stream, "F"))
		return false;
	*ret = (Piece){ stream->text, stream->size };
	if (filter->kind != PDF_ARRAY)
		return filter->kind == PDF_NULL || unfilter(self, filter, arena, ret);
	for (size_t i = 0; i < filter->n_items; i++)
		if (i >= MAX_FILTERS ||
			!unfilter(self, pdf_resolve(self->objects, &filter->items[i]), arena, ret))
			return false;
	return true;
}

/* Streams of a page break anywhere between two words. */
static const unsigned char *
join(PdfPages *self, const PdfValue *array, Arena *arena, size_t *ret_size)
{
	g_autoptr(GByteArray) all = g_byte_array_new();
	for (size_t i = 0; i < array->n_items; i++) {
		Piece piece;
		if (i >= MAX_PIECES || all->len > MOST_CONTENT ||
			!read_piece(self, pdf_resolve(self->objects, &array->items[i]), arena,
				&piece) ||
			piece.size > MOST_CONTENT)
			return NULL;
		g_byte_array_append(all, piece.data, (guint)piece.size);
		g_byte_array_append(all, (const guint8 *)"\n", 1);
	}
	unsigned char *bytes = arena_alloc(arena, all->len + 1);
	if (all->len)
		memcpy(bytes, all->data, all->len);
	*ret_size = all->len;
	return bytes;
}

const unsigned char *
pdf_pages_content(PdfPages *self, const PdfValue *contents, Arena *arena, size_t *ret_size)
{
	Piece piece;
	*ret_size = 0;
	if (contents->kind == PDF_NULL)
		return (const unsigned char *)"";
	if (contents->kind == PDF_ARRAY && contents->n_items != 1)
		return join(self, contents, arena, ret_size);
	if (contents->kind == PDF_ARRAY)
		contents = pdf_resolve(self->objects, &contents->items[0]);
	if (!read_piece(self, contents, arena, &piece) || piece.size > MOST_CONTENT)
		return NULL;
	*ret_size = piece.size;
	return piece.data;
}
