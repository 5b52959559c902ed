#!/bin/sh
# Hostile files, a folder at a time dropped into an office: each is answered with a document or a reason, within time and memory,
# nothing is written elsewhere, and the letter behind them is taken. Prints a table of the answers.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/office.sh"
[ -d "${VANTHU_CORPUS:-}" ] || skip_all "VANTHU_CORPUS is not set"

MEMORY_MIB=896 # 768 for a helper's child, and what it shares: libraries, the file itself
seconds_a_file=100

# The most memory that any process below a command had, in MiB, into $scratch/peak; its output into $scratch/log.
measure() {
	python3 -c 'import resource, subprocess, sys
status = subprocess.run(sys.argv[2:]).returncode
open(sys.argv[1], "w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10))
sys.exit(status)' "$scratch/peak" "$@" >"$scratch/log" 2>&1
}
query() { sqlite3 "$office/vanthu.db" "$1"; }

# What was taken, by whether the reader warned of anything; what was given back, by reason.
answers() {
	query "WITH warned AS (SELECT DISTINCT dossier FROM finding WHERE severity <> 'note'
			AND (id LIKE 'decode/%' OR id LIKE 'signature/%'))
		SELECT CASE WHEN id IN warned THEN 'decoded, with warnings' ELSE 'decoded' END, count(*) FROM dossier GROUP BY 1
		UNION ALL SELECT 'refused: ' || finding, count(*) FROM returned GROUP BY 1 ORDER BY 1"
}
# How often a reader ended so, of a file or of one inside of it.
ended() { query "SELECT (SELECT count(*) FROM returned WHERE finding = 'decode/$1') + (SELECT count(*) FROM finding WHERE id = 'decode/$1')"; }

for folder in hostile-docx hostile-pdf hostile-xml pdf-signatures; do
	office=$scratch/$folder
	make_office "$office" || { flunk "init"; continue; }
	mkdir "$office.home" "$office.tmp" "$office.cwd"
	for file in "$VANTHU_CORPUS/$folder"/*; do
		case $file in *.tsv | *.md) ;; *) cp "$file" "$office/inbox/" ;; esac
	done
	make_letter "$office/inbox/zzz.docx" 7001 'sau cùng'
	files=$(ls "$office/inbox" | wc -l)
	before=$(ls -A "$office")
	(cd "$office.cwd" && HOME=$office.home TMPDIR=$office.tmp VANTHU_OFFICE=$office \
		measure timeout $((files * seconds_a_file)) "$vanthu" run --once)
	is "$folder: every file is answered in time" "$?:$(ls -A "$office/inbox")" "0:.vanthu"
	answers | sed "s/^/# $folder: /; s/|/: /"
	for end in crashed killed timed-out; do
		echo "# $folder: $end: $(ended $end)"
		is "$folder: no reader $end" "$(ended $end)" 0
	done
	echo "# $folder: most memory: $(cat "$scratch/peak") MiB"
	ok "$folder: memory stays within its limit" test "$(cat "$scratch/peak")" -le $MEMORY_MIB
	is "$folder: nothing is counted twice or lost" "$(query 'SELECT (SELECT count(*) FROM dossier) + (SELECT count(*) FROM returned)')" "$files"
	is "$folder: signatures are checked to their end" "$(query "SELECT count(*) FROM finding WHERE id = 'signature/unchecked'")" 0
	is "$folder: nothing is written elsewhere" "$(ls -A "$office.home" "$office.tmp" "$office.cwd" | grep -v ':$' | grep .)$(ls -A "$office")" "$before"
	like "$folder: the letter behind them is taken" "$("$vanthu" list --office "$office")" '7001/UBND'
	ok "$folder: the archive is whole" "$vanthu" verify --office "$office"
done
done_testing
