#!/bin/sh
# Usage, help and manual all come from the command table; wrong words are answered with what was meant.
. "$(dirname "$0")/../lib/tap.sh"

help=$($vanthu help)
for command in init run list show confirm register task 'task approve' 'task issue' draft search trace verify verify-certificate decode \
	extract fill doctor 'rules check' 'rules test' 'rules diff' 'rules words' 'rules schema' 'flow check' dump man; do
	like "help lists '$command'" "$help" "vanthu $command( |\$)"
	# shellcheck disable=SC2086
	like "'$command --help' shows its usage" "$($vanthu $command --help)" "usage: vanthu $command"
done
like "help speaks Vietnamese" "$(VANTHU_LANG=vi $vanthu help)" "bàn văn thư"
is "help is fine" "$(status $vanthu help)" 0
is "no command is a usage error" "$(status $vanthu)" 2
is "an unknown command is a usage error" "$(status $vanthu dance)" 2
like "and names what was meant" "$($vanthu extrakt 2>&1)" "did you mean 'extract'"
like "of two words too" "$($vanthu rules tset 2>&1)" "did you mean 'rules test'"
is "a word that begins several commands lists them" "$($vanthu rules --help | grep -c '^  vanthu rules ')" 5
is "and no others" "$($vanthu rules --help | grep -c '^  vanthu ')" 5
is "an unknown option is a usage error" "$(status $vanthu decode --tre x)" 2
like "and names what was meant" "$($vanthu decode --tre x 2>&1)" "did you mean '--tree'"
is "too few arguments are a usage error" "$(status $vanthu decode)" 2
is "a file that is not there is refused" "$(status $vanthu decode "$scratch/none.pdf")" 3
like "and named" "$($vanthu decode "$scratch/none.pdf" 2>&1)" "none.pdf"
like "the manual has every command" "$($vanthu man)" 'vanthu rules check'
done_testing
