/* What is special about a message of the national document exchange (edXML). Source: QCVN
 * 102:2016/BTTTT and its amendment 1:2022, as gateways send it. */
#ifndef VANTHU_DECODE_EDXML_H
#define VANTHU_DECODE_EDXML_H

#include "document/doc.h"

/* Names of elements, without their prefixes. */
typedef enum {
	EDXML_OTHER,
	EDXML_ATTACHMENT,
	EDXML_CONTENT, /* in an attachment: its bytes in base64 */
	EDXML_FILE,    /* in an attachment: its name */
	EDXML_TYPE,    /* in an attachment: what it says it is */
} EdxmlName;

bool edxml_is_root(const char *name);
EdxmlName edxml_name(const char *name);
/* What the message is about, beside its document: findings when it recalls, updates or replaces a
 * document, or tells what became of one. Looks at the elements of doc. */
void edxml_note_business(Doc *doc);

#endif
