/* Cross-reference tables, streams and object streams -> objects by number. */
#include "decode/pdf_objects.h"

#include "decode/pdf_inflate.h"

#include <string.h>

/* More tables than revisions that anybody makes; more objects than pages can have. */
enum { MAX_SECTIONS = 4096, MAX_NUMBER = 8000000, MAX_ENTRIES = 1000000, MAX_FOLLOW = 32 };
/* Of one reader: some 300 MB. */
enum { MAX_VALUES = 3000000 };

typedef struct {
	enum { ENTRY_FREE, ENTRY_PLACE, ENTRY_PACKED } kind;
	size_t place; /* in the file; ENTRY_PACKED: number of the object stream */
	int section;  /* which table named it, from the newest */
} Entry;

/* An object stream, inflated. */
typedef struct {
	const unsigned char *data;
	size_t size;
	GHashTable *places; /* number -> offset + 1 */
} Packed;

struct PdfObjects {
	const unsigned char *data;
	size_t size, header; /* header: where "%PDF-" stands; offsets may count from there */
	PdfBudget *budget;
	long values_left, values_begun;
	Arena *arena;
	GHashTable *entries; /* number -> Entry, in the arena */
	GHashTable *values;  /* number -> PdfValue, in the arena */
	GHashTable *packed;  /* number -> Packed, in the arena */
	PdfValue trailer;
	size_t table; /* where the newest one stands */
	int section;  /* being read */
	bool repaired;
};

const PdfBudget pdf_budget_default = { .values = 40000000, .inflate_bytes = 512 << 20 };

static const PdfValue nothing = { .kind = PDF_NULL };

static gpointer
key_of(int64_t number)
{
	return GSIZE_TO_POINTER((gsize)number);
}

static PdfLexer
lexer_at(PdfObjects *self, size_t at)
{
	return (PdfLexer){ .data = self->data,
		.size = self->size,
		.at = MIN(at, self->size),
		.arena = self->arena,
		.budget = &self->values_left };
}

/* The newest table is read first: what is known stays. But a table that a stream goes with lists as
 * free what the stream has (7.5.8.4). */
static bool
add_entry(PdfObjects *self, int64_t number, Entry entry)
{
	if (number < 0 || number > MAX_NUMBER || g_hash_table_size(self->entries) >= MAX_ENTRIES)
		return false;
	Entry *known = g_hash_table_lookup(self->entries, key_of(number));
	entry.section = self->section;
	if (known && known->kind == ENTRY_FREE && known->section == self->section)
		*known = entry;
	if (known)
		return true;
	Entry *copy = arena_new0(self->arena, Entry);
	*copy = entry;
	g_hash_table_insert(self->entries, key_of(number), copy);
	return true;
}

/* ---- streams ------------------------------------------------------------------------------- */

static bool
ends_stream(PdfObjects *self, size_t at)
{
	PdfLexer lexer = lexer_at(self, at);
	return pdf_take_word(&lexer, "endstream");
}

/* The bytes of a stream: /Length where it is right, else up to "endstream". */
static bool
take_stream(PdfObjects *self, size_t at, PdfValue *stream)
{
	const PdfValue *length = pdf_lookup(self, stream, "Length");
	size_t size = 0;
	bool known = pdf_is_integer(length) && length->number >= 0 &&
		length->number <= (double)(self->size - at);
	if (known)
		size = (size_t)length->number;
	if (!known || !ends_stream(self, at + size)) {
		size_t end = pdf_find(self->data, self->size, at, "endstream");
		if (end >= self->size)
			return false;
		size = end - at;
	}
	stream->kind = PDF_STREAM;
	stream->text = self->data + at;
	stream->size = size;
	return true;
}

const unsigned char *
pdf_stream_bytes(PdfObjects *self, const PdfValue *stream, size_t *ret_size)
{
	const PdfValue *filter = pdf_lookup(self, stream, "Filter");
	if (filter->kind == PDF_ARRAY && filter->n_items == 1)
		filter = pdf_resolve(self, &filter->items[0]);
	if (filter->kind == PDF_NULL || (filter->kind == PDF_ARRAY && !filter->n_items)) {
		*ret_size = stream->size;
		return stream->text;
	}
	const PdfValue *parms = pdf_lookup(self, stream, "DecodeParms");
	if (parms->kind == PDF_ARRAY && parms->n_items == 1)
		parms = pdf_resolve(self, &parms->items[0]);
	const PdfValue *predictor = pdf_lookup(self, parms, "Predictor");
	const PdfValue *columns = pdf_lookup(self, parms, "Columns");
	if (!pdf_is_name(filter, "FlateDecode"))
		return NULL;
	unsigned char *bytes = pdf_inflate(
		stream->text, stream->size, self->arena, &self->budget->inflate_bytes, ret_size);
	if (!bytes || !pdf_is_integer(predictor) || predictor->number < 10)
		return bytes;
	size_t width = pdf_is_integer(columns) && columns->number >= 1 && columns->number < 1e6
		? (size_t)columns->number
		: 1;
	*ret_size = pdf_unpredict(bytes, *ret_size, width);
	return bytes;
}

/* ---- objects ------------------------------------------------------------------------------- */

static bool
read_at(PdfObjects *self, size_t at, int64_t *ret_number, PdfValue *ret)
{
	PdfLexer lexer = lexer_at(self, at);
	bool stream;
	return pdf_parse_object(&lexer, ret_number, ret, &stream) &&
		(!stream || take_stream(self, lexer.at, ret));
}

/* Offsets count from the file's begin, or, with junk before it, from its header. */
static bool
read_placed(PdfObjects *self, const Entry *entry, int64_t number, PdfValue *ret)
{
	int64_t found;
	if (read_at(self, entry->place, &found, ret) && found == number)
		return true;
	return self->header && entry->place < self->size &&
		read_at(self, entry->place + self->header, &found, ret) && found == number;
}

static Packed *
packed_new(PdfObjects *self, const PdfValue *stream)
{
	const PdfValue *count = pdf_lookup(self, stream, "N");
	const PdfValue *first = pdf_lookup(self, stream, "First");
	Packed *packed = arena_new0(self->arena, Packed);
	if (stream->kind != PDF_STREAM || !pdf_is_integer(count) || !pdf_is_integer(first) ||
		first->number < 0)
		return packed;
	packed->data = pdf_stream_bytes(self, stream, &packed->size);
	if (!packed->data)
		return packed;
	packed->places = g_hash_table_new(g_direct_hash, g_direct_equal);
	PdfLexer lexer = { .data = packed->data,
		.size = packed->size,
		.arena = self->arena,
		.budget = &self->values_left };
	for (int64_t i = 0, number, offset; i < (int64_t)count->number; i++) {
		if (!pdf_take_integer(&lexer, &number) || !pdf_take_integer(&lexer, &offset) ||
			--*lexer.budget < 0)
			break;
		g_hash_table_insert(packed->places, key_of(number),
			key_of(offset + (int64_t)first->number + 1));
	}
	return packed;
}

static void
packed_clear(gpointer data)
{
	Packed *packed = data;
	g_clear_pointer(&packed->places, g_hash_table_unref);
}

static const Packed *
lookup_packed(PdfObjects *self, size_t number)
{
	Packed *packed = g_hash_table_lookup(self->packed, key_of((int64_t)number));
	const Entry *entry = g_hash_table_lookup(self->entries, key_of((int64_t)number));
	if (packed || !entry || entry->kind != ENTRY_PLACE)
		return packed;
	packed = packed_new(self, pdf_object(self, (int64_t)number));
	g_hash_table_insert(self->packed, key_of((int64_t)number), packed);
	return packed;
}

static bool
read_packed(PdfObjects *self, const Entry *entry, int64_t number, PdfValue *ret)
{
	const Packed *packed = lookup_packed(self, entry->place);
	size_t place = packed && packed->places
		? GPOINTER_TO_SIZE(g_hash_table_lookup(packed->places, key_of(number)))
		: 0;
	if (!place || place > packed->size)
		return false;
	PdfLexer lexer = { .data = packed->data,
		.size = packed->size,
		.at = place - 1,
		.arena = self->arena,
		.budget = &self->values_left };
	return pdf_parse_value(&lexer, ret);
}

const PdfValue *
pdf_object(PdfObjects *self, int64_t number)
{
	const PdfValue *known = g_hash_table_lookup(self->values, key_of(number));
	const Entry *entry = g_hash_table_lookup(self->entries, key_of(number));
	if (known)
		return known;
	if (!entry || entry->kind == ENTRY_FREE)
		return &nothing;
	PdfValue *value = arena_new0(self->arena, PdfValue);
	/* first known as null: a /Length or object stream that leads to itself ends here */
	g_hash_table_insert(self->values, key_of(number), value);
	PdfValue read = nothing;
	if (entry->kind == ENTRY_PLACE ? read_placed(self, entry, number, &read)
				       : read_packed(self, entry, number, &read))
		*value = read;
	return value;
}

const PdfValue *
pdf_resolve(PdfObjects *self, const PdfValue *value)
{
	for (int i = 0; value && value->kind == PDF_REFERENCE && i < MAX_FOLLOW; i++)
		value = pdf_object(self, (int64_t)value->number);
	return value && value->kind != PDF_REFERENCE ? value : &nothing;
}

const PdfValue *
pdf_lookup(PdfObjects *self, const PdfValue *dict, const char *key)
{
	return pdf_resolve(self, pdf_peek(dict, key));
}

bool
pdf_object_in_file(PdfObjects *self, int64_t number)
{
	const Entry *entry = g_hash_table_lookup(self->entries, key_of(number));
	return entry && entry->kind == ENTRY_PLACE;
}

bool
pdf_object_exists(PdfObjects *self, int64_t number)
{
	return pdf_object(self, number)->kind != PDF_NULL;
}

/* ---- cross-reference tables ---------------------------------------------------------------- */

static bool
read_table(PdfObjects *self, PdfLexer *lexer, PdfValue *ret_trailer)
{
	int64_t first, count;
	while (pdf_take_integer(lexer, &first) && pdf_take_integer(lexer, &count)) {
		for (int64_t i = 0; i < count; i++) {
			int64_t place, generation;
			if (!pdf_take_integer(lexer, &place) ||
				!pdf_take_integer(lexer, &generation))
				return false;
			bool used = pdf_take_word(lexer, "n");
			if (!used && !pdf_take_word(lexer, "f"))
				return false;
			Entry entry = { used ? ENTRY_PLACE : ENTRY_FREE, (size_t)place, 0 };
			if (!add_entry(self, first + i, entry))
				return false;
		}
	}
	return pdf_take_word(lexer, "trailer") && pdf_parse_value(lexer, ret_trailer) &&
		ret_trailer->kind == PDF_DICT;
}

static size_t
big_endian(const unsigned char *data, size_t size)
{
	size_t number = 0;
	for (size_t i = 0; i < size; i++)
		number = number << 8 | data[i];
	return number;
}

static bool
read_stream_rows(PdfObjects *self, const unsigned char *data, size_t size, const size_t widths[3],
	int64_t first, int64_t count, size_t *at)
{
	size_t width = widths[0] + widths[1] + widths[2];
	for (int64_t i = 0; i < count; i++, *at += width) {
		if (size - *at < width)
			return false;
		const unsigned char *row = data + *at;
		size_t kind = widths[0] ? big_endian(row, widths[0]) : 1;
		size_t a = big_endian(row + widths[0], widths[1]);
		Entry entry = { kind == 1   ? ENTRY_PLACE
				: kind == 2 ? ENTRY_PACKED
					    : ENTRY_FREE,
			a, 0 };
		if (!add_entry(self, first + i, entry))
			return false;
	}
	return true;
}

static bool
read_widths(const PdfValue *array, size_t ret_widths[3])
{
	if (!array || array->kind != PDF_ARRAY || array->n_items < 3)
		return false;
	for (int i = 0; i < 3; i++) {
		const PdfValue *item = &array->items[i];
		if (!pdf_is_integer(item) || item->number < 0 || item->number > 8)
			return false;
		ret_widths[i] = (size_t)item->number;
	}
	return ret_widths[0] + ret_widths[1] + ret_widths[2] > 0;
}

/* Everything in the dictionary of a cross-reference stream is direct. */
static bool
read_stream_table(PdfObjects *self, size_t at, PdfValue *ret_trailer)
{
	int64_t number;
	size_t widths[3], size, done = 0;
	if (!read_at(self, at, &number, ret_trailer) || ret_trailer->kind != PDF_STREAM ||
		!read_widths(pdf_peek(ret_trailer, "W"), widths))
		return false;
	const unsigned char *data = pdf_stream_bytes(self, ret_trailer, &size);
	const PdfValue *index = pdf_peek(ret_trailer, "Index");
	const PdfValue *total = pdf_peek(ret_trailer, "Size");
	if (!data || !pdf_is_integer(total))
		return false;
	if (!index)
		return read_stream_rows(self, data, size, widths, 0, (int64_t)total->number, &done);
	for (size_t i = 0; index->kind == PDF_ARRAY && i + 1 < index->n_items; i += 2) {
		const PdfValue *first = &index->items[i], *count = first + 1;
		if (!pdf_is_integer(first) || !pdf_is_integer(count) ||
			!read_stream_rows(self, data, size, widths, (int64_t)first->number,
				(int64_t)count->number, &done))
			return false;
	}
	return true;
}

static bool
read_section(PdfObjects *self, size_t at, PdfValue *ret_trailer)
{
	PdfLexer lexer = lexer_at(self, at);
	if (pdf_take_word(&lexer, "xref"))
		return read_table(self, &lexer, ret_trailer);
	return read_stream_table(self, at, ret_trailer);
}

/* A place that a trailer names; SIZE_MAX when it names none. Some makers write 0 for none. */
static size_t
place_in(const PdfValue *trailer, const char *key)
{
	const PdfValue *value = pdf_peek(trailer, key);
	return pdf_is_integer(value) && value->number > 0 ? (size_t)value->number : SIZE_MAX;
}

/* From the newest table to the oldest, places counted from `base`; false: repair. */
static bool
read_chain(PdfObjects *self, size_t at, size_t base)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_direct_hash, g_direct_equal);
	bool first = true;
	while (at != SIZE_MAX && g_hash_table_size(seen) < MAX_SECTIONS &&
		g_hash_table_add(seen, GSIZE_TO_POINTER(at))) {
		PdfValue trailer = nothing, hybrid = nothing;
		self->section++;
		if (at >= self->size || !read_section(self, at + base, &trailer))
			return false;
		if (first) {
			self->trailer = trailer;
			self->table = at + base;
		}
		first = false;
		size_t stream = place_in(&trailer, "XRefStm");
		if (stream != SIZE_MAX && !read_stream_table(self, stream + base, &hybrid))
			return false;
		at = place_in(&trailer, "Prev");
	}
	return !first;
}

static bool
read_tables(PdfObjects *self)
{
	size_t last = pdf_find_last(self->data, self->size, "startxref");
	int64_t at;
	if (last == SIZE_MAX)
		return false;
	PdfLexer lexer = lexer_at(self, last + strlen("startxref"));
	if (!pdf_take_integer(&lexer, &at))
		return false;
	if (read_chain(self, (size_t)at, 0))
		return true;
	if (!self->header)
		return false;
	g_hash_table_remove_all(self->entries);
	return read_chain(self, (size_t)at, self->header);
}

/* ---- repair -------------------------------------------------------------------------------- */

/* Back over "12 0 " before "obj"; SIZE_MAX when no numbers stand there. */
static size_t
object_start(const unsigned char *data, size_t at)
{
	for (int numbers = 0; numbers < 2; numbers++) {
		size_t end = at;
		while (at > 0 && g_ascii_isspace(data[at - 1]))
			at--;
		size_t digits = at;
		while (at > 0 && digits - at < 12 && g_ascii_isdigit(data[at - 1]))
			at--;
		if (at == digits || (numbers == 1 && digits == end))
			return SIZE_MAX;
	}
	return at;
}

static void
add_packed_entries(PdfObjects *self, int64_t number)
{
	const Packed *packed = lookup_packed(self, (size_t)number);
	GHashTableIter iter;
	gpointer inner;
	if (!packed || !packed->places)
		return;
	g_hash_table_iter_init(&iter, packed->places);
	while (g_hash_table_iter_next(&iter, &inner, NULL))
		add_entry(self, (int64_t)GPOINTER_TO_SIZE(inner),
			(Entry){ ENTRY_PACKED, (size_t)number, 0 });
}

/* Newest first: what stands last in the file wins. */
static void
repair_objects(PdfObjects *self)
{
	g_autoptr(GArray) streams = g_array_new(FALSE, FALSE, sizeof(int64_t));
	for (size_t at = self->size; (at = pdf_find_last(self->data, at, "obj")) != SIZE_MAX;) {
		size_t start = object_start(self->data, at);
		PdfLexer lexer = lexer_at(self, start == SIZE_MAX ? self->size : start);
		int64_t number;
		if (start == SIZE_MAX || !pdf_take_integer(&lexer, &number))
			continue;
		bool fresh = !g_hash_table_contains(self->entries, key_of(number));
		if (!add_entry(self, number, (Entry){ ENTRY_PLACE, start, 0 }) || !fresh)
			continue;
		const PdfValue *value = pdf_object(self, number);
		if (value->kind == PDF_STREAM && pdf_is_name(pdf_peek(value, "Type"), "ObjStm"))
			g_array_append_val(streams, number);
		if (value->kind == PDF_STREAM && pdf_is_name(pdf_peek(value, "Type"), "XRef") &&
			self->trailer.kind == PDF_NULL && pdf_peek(value, "Root"))
			self->trailer = *value;
	}
	for (guint i = 0; i < streams->len; i++)
		add_packed_entries(self, g_array_index(streams, int64_t, i));
}

static void
repair_trailer(PdfObjects *self)
{
	for (size_t at = self->size; self->trailer.kind == PDF_NULL &&
		(at = pdf_find_last(self->data, at, "trailer")) != SIZE_MAX;) {
		PdfLexer lexer = lexer_at(self, at + strlen("trailer"));
		PdfValue trailer;
		if (pdf_parse_value(&lexer, &trailer) && pdf_peek(&trailer, "Root"))
			self->trailer = trailer;
	}
}

static void
repair(PdfObjects *self)
{
	self->repaired = true;
	self->table = SIZE_MAX;
	self->trailer = nothing;
	g_hash_table_remove_all(self->entries);
	g_hash_table_remove_all(self->values);
	g_hash_table_remove_all(self->packed);
	repair_trailer(self);
	repair_objects(self);
}

const PdfValue *
pdf_root(PdfObjects *self)
{
	return pdf_lookup(self, &self->trailer, "Root");
}

static PdfObjects *
begin(const unsigned char *data, size_t size, PdfBudget *budget)
{
	PdfObjects *self = g_new0(PdfObjects, 1);
	self->data = data;
	self->size = size;
	size_t header = pdf_find(data, MIN(size, 1024), 0, "%PDF-");
	self->header = header < MIN(size, 1024) ? header : 0;
	self->budget = budget;
	self->values_left = self->values_begun = MIN(MAX_VALUES, MAX(budget->values, 0));
	self->arena = arena_new();
	self->entries = g_hash_table_new(g_direct_hash, g_direct_equal);
	self->values = g_hash_table_new(g_direct_hash, g_direct_equal);
	self->packed = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, packed_clear);
	return self;
}

static bool
is_sound(PdfObjects *self)
{
	return read_tables(self) && pdf_lookup(self, pdf_root(self), "Pages")->kind == PDF_DICT;
}

PdfObjects *
pdf_objects_new(const unsigned char *data, size_t size, PdfBudget *budget)
{
	PdfObjects *self = begin(data, size, budget);
	if (!is_sound(self))
		repair(self);
	return self;
}

PdfObjects *
pdf_objects_new_sound(const unsigned char *data, size_t size, PdfBudget *budget)
{
	g_autoptr(PdfObjects) self = begin(data, size, budget);
	return is_sound(self) ? g_steal_pointer(&self) : NULL;
}

PdfObjects *
pdf_objects_scan(const unsigned char *data, size_t size, PdfBudget *budget)
{
	PdfObjects *self = begin(data, size, budget);
	repair(self);
	return self;
}

void
pdf_objects_free(PdfObjects *self)
{
	if (!self)
		return;
	self->budget->values -= self->values_begun - self->values_left;
	g_hash_table_unref(self->entries);
	g_hash_table_unref(self->values);
	g_hash_table_unref(self->packed);
	arena_free(self->arena);
	g_free(self);
}

bool
pdf_objects_repaired(const PdfObjects *self)
{
	return self->repaired;
}

bool
pdf_objects_exhausted(const PdfObjects *self)
{
	return self->values_left <= 0;
}

size_t
pdf_objects_table(const PdfObjects *self)
{
	return self->table;
}

const PdfValue *
pdf_objects_trailer(const PdfObjects *self)
{
	return &self->trailer;
}
