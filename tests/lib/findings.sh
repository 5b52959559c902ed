#!/bin/sh
# docs/findings.md from engine/document/findings.def: every built-in finding, in both languages.
# Reads the macro calls as C does: adjacent strings are one, comments are no text.
cat <<'END'
# Findings

What Vanthu may say about a document by itself. An `error` stops it, a `warning` asks a person, a `note` tells.
Findings of the law and of the house come from the checks in `rules/`, each with its source. `%s` is a detail.

*Written by `make docs` from `engine/document/findings.def`; do not edit.*

| Id | Mức | Tiếng Việt | English |
|---|---|---|---|
END
awk '
	function cell(text) { gsub(/\\"/, "\"", text); gsub(/\|/, "\\|", text); return text }
	{ text = text $0 "\n" }
	END {
		while (match(text, /\/\*([^*]|\*+[^*\/])*\*+\//))
			text = substr(text, 1, RSTART - 1) substr(text, RSTART + RLENGTH)
		while (match(text, /FINDING\(/)) {
			text = substr(text, RSTART + RLENGTH)
			n = 1; depth = 1
			split("", arg)
			while (depth > 0 && length(text)) {
				if (match(text, /^"(\\.|[^"\\])*"/)) {
					arg[n] = arg[n] substr(text, 2, RLENGTH - 2)
					text = substr(text, RLENGTH + 1)
					continue
				}
				c = substr(text, 1, 1)
				text = substr(text, 2)
				if (c == "(") depth++
				else if (c == ")") depth--
				else if (c == "," && depth == 1) n++
				else if (c !~ /[ \t\n]/) arg[n] = arg[n] c
			}
			severity = tolower(arg[3]); sub(/^severity_/, "", severity)
			print "| `" arg[2] "` | " severity " | " cell(arg[4]) " | " cell(arg[5]) " |"
		}
	}' "$(dirname "$0")/../../engine/document/findings.def"
