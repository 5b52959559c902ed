/* Small packages made in memory, for tests: a ZIP of named parts; a DOCX around a body. */
#ifndef VANTHU_TESTS_DOCX_BUILDER_H
#define VANTHU_TESTS_DOCX_BUILDER_H

#include <glib.h>
#include <string.h>
#include <zip.h>

typedef struct {
	const char *name, *content;
} Part;

/* `parts` ends with a NULL name. */
static inline GBytes *
build_zip(const Part *parts)
{
	zip_error_t error;
	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_source_keep(source);
	zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
	g_assert_nonnull(zip);
	for (const Part *part = parts; part->name; part++) {
		zip_source_t *content =
			zip_source_buffer(zip, part->content, strlen(part->content), 0);
		g_assert_cmpint(zip_file_add(zip, part->name, content, ZIP_FL_ENC_UTF_8), >=, 0);
	}
	g_assert_cmpint(zip_close(zip), ==, 0);
	zip_source_open(source);
	zip_source_seek(source, 0, SEEK_END);
	gsize size = (gsize)zip_source_tell(source);
	zip_source_seek(source, 0, SEEK_SET);
	char *data = g_malloc(size);
	g_assert_cmpint(zip_source_read(source, data, size), ==, (zip_int64_t)size);
	zip_source_close(source);
	zip_source_free(source);
	zip_error_fini(&error);
	return g_bytes_new_take(data, size);
}

#define W_NS "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define R_NS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define REL_NS "http://schemas.openxmlformats.org/package/2006/relationships"
#define W_ROOT(element, content) \
	"<w:" element " xmlns:w='" W_NS "' xmlns:r='" R_NS \
	"' xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'" \
	" xmlns:v='urn:schemas-microsoft-com:vml'>" content "</w:" element ">"
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define TC(content) "<w:tc>" content "</w:tc>"
#define REL(id, type, target) "<Relationship Id='" id "' Type='" R_NS "/" type "' Target='" target "'/>"

/* A DOCX whose document.xml has this between <w:body> and </w:body>. `more` are further parts, each of
 * which word/document.xml may need a relation to (`relations`: REL(…) …); both may be NULL. */
static inline GBytes *
build_docx(const char *body, const char *relations, const Part *more)
{
	g_autofree char *document = g_strdup_printf(W_ROOT("document", "<w:body>%s</w:body>"), body);
	g_autofree char *rels = g_strdup_printf("<Relationships xmlns='" REL_NS "'>%s</Relationships>",
		relations ? relations : "");
	Part parts[16] = { { "[Content_Types].xml", "<Types/>" },
		{ "_rels/.rels",
			"<Relationships xmlns='" REL_NS "'>" REL("rId1", "officeDocument",
				"word/document.xml") "</Relationships>" },
		{ "word/document.xml", document }, { "word/_rels/document.xml.rels", rels } };
	for (int i = 0; more && more[i].name; i++)
		parts[4 + i] = more[i];
	return build_zip(parts);
}

#endif
