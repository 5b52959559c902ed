#!/bin/sh
# vanthu doctor: what is missing is told, and nothing else; every kind of trouble is made, then looked for.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/office.sh"
unset VANTHU_OFFICE
office=$scratch/office
make_office "$office"
ls -lA --time-style=full-iso "$office" >"$scratch/before"

# verdict REPORT CHECK: "good", "warning", "missing" and what is said.
verdict() { printf '%s' "$1" | python3 -c "import json, sys; c = {c['check']: c for c in json.load(sys.stdin)['checks']}['$2']; print(c['verdict'], c['text'], c['advice'] or '')"; }

# the programs that take longest are started where they matter only
mkdir "$scratch/bin" "$scratch/draw"
for program in vanthu vanthu-decode vanthu-signatures; do cp "$BUILD/$program" "$scratch/bin/"; done
for program in vanthu vanthu-decode vanthu-draw; do cp "$BUILD/$program" "$scratch/draw/"; done
ln -s "$BUILD/locale" "$scratch/bin/locale"
quick=$scratch/bin/vanthu

report=$("$vanthu" doctor --json --office "$office")
is "warnings are no failure" $? 0
for check in vanthu-decode vanthu-decode-pdf vanthu-draw vanthu-signatures; do
	like "$check works behind its walls" "$(verdict "$report" $check)" '^good it works; its walls hold'
done
like "fonts of certificates" "$(verdict "$report" fonts)" '^good Tinos, with every Vietnamese letter'
for check in rights sync space time vanthu.conf office.xml rules workflows templates roles vanthu.db; do
	[ $check = vanthu.db ] && check=database
	like "an office that is new: $check" "$(verdict "$report" $check)" '^good'
done
like "nobody is trusted yet" "$(verdict "$report" trust)" '^warning none'
is "it leaves nothing behind" "$(ls -lA --time-style=full-iso "$office" | grep -v 'vanthu.db-\|^total\| \.$')" "$(grep -v '^total' "$scratch/before")"
like "in Vietnamese" "$(VANTHU_LANG=vi "$quick" doctor --office "$office")" 'tốt +nhân +Linux'
like "without an office the machine alone" "$(cd / && "$quick" doctor)" 'No office was looked at'
is "an office that is none is refused" "$(status "$quick" doctor --office "$scratch")" 3

# the files of the office
openssl req -x509 -newkey rsa:2048 -nodes -keyout /dev/null -subj '/CN=An Phu CA' -not_before 20200101000000Z -not_after 20210101000000Z \
	-out "$office/trust/old.pem" 2>/dev/null || { # OpenSSL before 3.4 signs by days only
	openssl req -newkey rsa:2048 -nodes -keyout "$scratch/key" -subj '/CN=An Phu CA' -out "$scratch/csr" 2>/dev/null
	: >"$scratch/index" && echo 01 >"$scratch/serial"
	printf '[ca]\ndefault_ca=a\n[a]\ndatabase=%s/index\nserial=%s/serial\nnew_certs_dir=%s\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n' \
		"$scratch" "$scratch" "$scratch" >"$scratch/ca.conf"
	openssl ca -batch -selfsign -config "$scratch/ca.conf" -keyfile "$scratch/key" -in "$scratch/csr" -startdate 20200101000000Z \
		-enddate 20210101000000Z -out "$office/trust/old.pem" 2>/dev/null
}
echo 'not a certificate' >"$office/trust/letter.crt"
chmod 755 "$office"
rmdir "$office/returned"
sed -i 's/<organ-name>/<organ-nam>/' "$office/office.xml"
mkdir -p "$office/rules" && echo '<rules><nonsense/></rules>' >"$office/rules/own.xml"
touch -d '+2 days' "$office/vanthu.db"
report=$("$quick" doctor --json --office "$office")
is "something is missing: status" $? 1
like "a certificate that ended" "$(verdict "$report" trust)" "old.pem: 'An Phu CA' ended on 2021-01-01"
like "a file that is none" "$(verdict "$report" trust)" '^missing.*letter.crt: no certificate'
like "a folder that others may look into" "$(verdict "$report" privacy)" '^warning.*mode 755.*chmod 700'
like "a folder that is gone" "$(verdict "$report" rights)" '^missing returned: No such file'
like "a mistake in office.xml, with its line" "$(verdict "$report" office.xml)" '^missing.*office.xml:[0-9]+: '
like "a mistake in the office's rules" "$(verdict "$report" rules)" '^missing.*own.xml:1: '
like "roles have to wait" "$(verdict "$report" roles)" '^warning'
like "a clock that stands before the last change" "$(verdict "$report" time)" '^missing the clock stands before'

if [ "$(stat -f -c %T /dev/shm 2>/dev/null)" = tmpfs ] && [ -w /dev/shm ]; then
	memory=/dev/shm/vanthu-doctor-$$
	"$vanthu" init "$memory" >/dev/null
	like "an office in memory" "$(verdict "$("$quick" doctor --json --office "$memory")" file-system)" '^warning tmpfs: in memory'
	rm -rf "$memory"
fi

# programs and fonts that are not there
report=$("$quick" doctor --json)
like "no vanthu-draw" "$(verdict "$report" vanthu-draw)" '^missing no program .*vanthu-draw.*install vanthu anew'
like "no vanthu-ocr" "$(verdict "$report" vanthu-ocr)" '^warning.*install vanthu anew'
like "no vanthu-convert" "$(verdict "$report" vanthu-convert)" '^warning'
mkdir "$scratch/fonts"
printf '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>%s/fonts</dir></fontconfig>' "$scratch" >"$scratch/fonts.conf"
like "no fonts at all" "$(verdict "$(FONTCONFIG_FILE=$scratch/fonts.conf "$scratch/draw/vanthu" doctor --json)" fonts)" \
	"^missing 'Tinos' is drawn as .*lacks [0-9]+ .*fonts-croscore"

# kernels that lack something
without() { "$BUILD/unit/test_walls" --without "$1" "$2" doctor --json; }
report=$(without landlock "$quick")
like "no landlock" "$(verdict "$report" landlock)" '^warning not there'
like "no landlock: what is open" "$(verdict "$report" vanthu-decode)" 'walls that stand open: read, read-process'
report=$(without namespaces "$vanthu")
like "no namespaces" "$(verdict "$report" namespaces)" '^warning refused: user'
like "no namespaces: no conversion" "$(verdict "$report" vanthu-convert)" '^warning (namespaces or the program are missing|LibreOffice is not installed)'
if ! nm "$BUILD/vanthu" 2>/dev/null | grep -q __asan_init; then
	like "no landlock is a warning" "$(verdict "$(without landlock "$quick")" vanthu-decode)" '^warning'
	report=$(without seccomp "$quick")
	like "no seccomp" "$(verdict "$report" seccomp)" '^missing not there'
	like "no seccomp: what is open" "$(verdict "$report" vanthu-decode)" '^missing.*walls that stand open: network'
fi
done_testing
