#!/bin/sh
# vanthu itself parses nothing untrusted, so it loads none of the libraries that do; each helper only its own.
. "$(dirname "$0")/../lib/tap.sh"

heavy='poppler|rsvg|tesseract|leptonica|libcairo|libpango|libharfbuzz'
for helper in vanthu vanthu-decode vanthu-decode-pdf vanthu-draw; do
	unlike "$helper links no libcrypto of its own" "$(readelf -d "$BUILD/$helper" | grep NEEDED)" 'libcrypto|libssl'
done
like "vanthu-signatures links libcrypto and Poppler" "$(readelf -d "$BUILD/vanthu-signatures" | tr '\n' ' ')" 'libcrypto.*poppler-glib|poppler-glib.*libcrypto'
unlike "vanthu links no reader or renderer" "$(ldd "$BUILD/vanthu")" "$heavy"
unlike "vanthu-decode links no reader or renderer" "$(ldd "$BUILD/vanthu-decode")" "$heavy"
like "vanthu-decode-pdf links Poppler" "$(ldd "$BUILD/vanthu-decode-pdf")" 'poppler-glib'
unlike "vanthu-decode-pdf does not draw SVG" "$(ldd "$BUILD/vanthu-decode-pdf")" 'rsvg'
unlike "vanthu-decode-pdf reads no pictures" "$(ldd "$BUILD/vanthu-decode-pdf")" 'tesseract|leptonica'
like "vanthu-ocr links tesseract" "$(ldd "$BUILD/vanthu-ocr")" 'tesseract'
unlike "vanthu-ocr links no database" "$(ldd "$BUILD/vanthu-ocr")" 'sqlite'
like "vanthu-draw links librsvg" "$(ldd "$BUILD/vanthu-draw")" 'rsvg'
unlike "vanthu-draw links no database" "$(ldd "$BUILD/vanthu-draw")" 'sqlite|poppler'
done_testing
