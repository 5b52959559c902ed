/*
 * XML to a Doc: its elements in document order, local names only. A message of the national
 * document exchange (edXML) becomes a Doc of format "edxml", its encoded attachments become
 * attachments; any other XML is of format "xml" and has its text as paragraphs too.
 *
 * Gateways send what is not quite XML: stray bytes before the declaration are passed over with a
 * finding, undeclared prefixes do not matter. A DOCTYPE is refused as hostile; what breaks off is
 * damaged.
 */
#ifndef VANTHU_DECODE_XML_H
#define VANTHU_DECODE_XML_H

#include "base/limits.h"
#include "document/doc.h"

/* Never NULL: what can't be read is a Doc with a finding of decode/. Meant for the isolated helper.
 */
Doc *xml_read_doc(GBytes *bytes, const Limits *limits);

#endif
