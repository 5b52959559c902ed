/* Files that are a ZIP: a DOCX, an XLSX, or a plain ZIP, which is one dossier of several files. */
#ifndef VANTHU_DECODE_ZIP_H
#define VANTHU_DECODE_ZIP_H

#include "document/doc.h"

/*
 * Decides by content. A plain ZIP is a Doc of format "zip" with one attachment a file, in the order
 * of the ZIP, names with their folders; a ZIP inside stays as it is. One file that is locked,
 * damaged or hostile refuses the whole: a dossier with a hole in it is not what the sender meant.
 * Never NULL.
 */
Doc *zip_read_doc(GBytes *bytes, const Limits *limits);

#endif
