/* engine/decode/sniff.c, decoders.c: content decides who reads a file; names never do. */
#include "decode/decoder.h"

#define OLE "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#define WIDE_WORD "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"
#define WIDE_ENCRYPTED "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"
#define ROW(bytes, name)                                                                           \
	{                                                                                          \
		bytes, sizeof(bytes) - 1, name                                                     \
	}

static void
test_choose(void)
{
	static const struct {
		const char *bytes;
		size_t size;
		const char *name; /* NULL: nobody */
	} rows[] = {
		ROW("PK\3\4 and so on", "zip"),
		ROW("PK\5\6\0\0\0\0", "zip"),
		ROW("PK\3\4 a.pdf %PDF-1.7 stored in a ZIP", "zip"),
		ROW("%PDF-1.4\n", "pdf"),
		ROW("\r\n\r\nHTTP junk\r\n%PDF-1.4\n", "pdf"),
		ROW("<?xml version='1.0'?><a/>", "xml"),
		ROW("\xef\xbb\xbf  <edXML/>", "xml"),
		ROW("junk of a gateway <?xml version='1.0'?><edXML/>", "xml"),
		ROW("\xff\xfe<\0a\0/\0>\0", "xml"),
		ROW("<!DOCTYPE html><html>", "HTML"),
		ROW("<HTML><body>", "HTML"),
		ROW("{\\rtf1\\ansi", "RTF"),
		ROW("PK\3\4..........................mimetypeapplication/"
		    "vnd.oasis.opendocument.textPK",
			"ODT"),
		ROW("PK\3\4..........................mimetypeapplication/"
		    "vnd.oasis.opendocument.spread",
			"zip"),
		ROW(OLE "....." WIDE_WORD, "DOC"),
		ROW(OLE "....." WIDE_WORD WIDE_ENCRYPTED, "encrypted"),
		ROW(OLE "a spreadsheet", "OLE2"),
		ROW("\xff\xd8\xff\xe0", "jpeg"),
		ROW("\x89PNG\r\n\x1a\n", "png"),
		ROW("II*\0", "tiff"),
		ROW("Rar!\x1a\x07\x01", "RAR"),
		ROW("7z\xbc\xaf\x27\x1c", "7z"),
		ROW("P", NULL),
		ROW("a < b and b > c", NULL),
		ROW("<", NULL),
		ROW("Kính gửi: …", NULL),
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const Sniff sniff = { (const unsigned char *)rows[i].bytes, rows[i].size };
		const Decoder *decoder = decoder_choose(&sniff);
		if (g_strcmp0(decoder ? decoder->name : NULL, rows[i].name) != 0)
			g_error("row %zu: %s", i, decoder ? decoder->name : "nobody");
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/sniff/choose", test_choose);
	return g_test_run();
}
