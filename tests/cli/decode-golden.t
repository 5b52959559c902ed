#!/bin/sh
# Every kind of file through its helper, walls and all: small documents against golden trees. What is an archive
# is kept as a folder of its parts (in.docx/, in.zip/), a PDF as what its pages show (in.pdf.txt).
. "$(dirname "$0")/../lib/tap.sh"

# pack FOLDER FILE: a folder whose name ends in .zip or .docx is an archive in it, too.
cat >"$scratch/pack.py" <<'P'
import io, os, sys, unicodedata, zipfile
def packed(folder):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as z:
        def add(where, inside):
            for name in sorted(os.listdir(where)):
                path = os.path.join(where, name)
                if os.path.isfile(path):
                    data = open(path, 'rb').read()
                elif name.endswith(('.zip', '.docx')):
                    data = packed(path)
                else:
                    add(path, inside + name + '/')
                    continue
                z.writestr(zipfile.ZipInfo(inside + name, (2026, 11, 20, 8, 0, 0)), data, zipfile.ZIP_STORED)
        add(folder, '')
    return out.getvalue()
open(sys.argv[2], 'wb').write(packed(sys.argv[1]))
P
for input in "$top"/tests/golden/decode/*/in.*; do
	folder=$(dirname "$input")
	file=$input
	if [ -d "$input" ]; then
		file=$scratch/$(basename "$input")
		python3 "$scratch/pack.py" "$input" "$file"
	elif [ "${input%.pdf.txt}" != "$input" ]; then
		file=$scratch/in.pdf
		python3 "$top/tests/lib/paper.py" <"$input" >"$file"
	fi
	"$vanthu" decode --tree --no-ocr "$file" >"$scratch/tree" 2>"$scratch/said"
	golden "$(basename "$folder")" "$scratch/tree" "$folder/out.tree"
done

is "an unknown service" "$(status "$BUILD/vanthu-decode" no-such)" 1
is "usage" "$(status "$BUILD/vanthu-decode")" 2
done_testing
