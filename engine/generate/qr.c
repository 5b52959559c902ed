/* Text into the modules of a QR code (ISO/IEC 18004), through libqrencode. */
#include "generate/qr.h"

#include <qrencode.h>

char *
qr_path(const char *text, int *ret_modules, GError **err)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	if (!code) {
		fail(err, ERR_LIMIT, _("the text is too long for a QR code"));
		return NULL;
	}
	GString *path = g_string_new(NULL);
	for (int y = 0; y < code->width; y++) {
		for (int x = 0, run; x < code->width; x += run) {
			const unsigned char *row = code->data + y * code->width;
			bool dark = row[x] & 1;
			for (run = 1; x + run < code->width && (row[x + run] & 1) == dark; run++)
				;
			if (dark)
				g_string_append_printf(path, "M%d %dh%dv1h-%dz", x, y, run, run);
		}
	}
	*ret_modules = code->width;
	QRcode_free(code);
	return g_string_free(path, FALSE);
}
