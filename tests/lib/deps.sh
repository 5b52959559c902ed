#!/bin/sh
# Installs the Debian packages named as arguments that are missing. Without the right to do so it prints
# the one line that somebody with it has to run, and stops.
missing=
for package in "$@"; do
	dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed ||
		missing="$missing $package"
done
[ -z "$missing" ] && exit 0

install="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" = 0 ]; then
	as=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
	as=sudo
else
	echo "Packages are missing. Run this once (as root), then make again:" >&2
	echo "    apt-get update && $install" >&2
	exit 1
fi
echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive
$as apt-get -qq update && $as env DEBIAN_FRONTEND=noninteractive $install >/dev/null && exit 0
echo "That did not work. Run by hand: apt-get update && $install" >&2
exit 1
