#!/bin/sh
# Write the hashes and the lower part of the requirements files, in an environment that goes again.
# What is pinned stays, unless --upgrade is said.
#   tools/lock.sh [--upgrade] requirements.txt tests/requirements.txt
set -eu
here=$(dirname "$0")
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
python3 -m venv "$fresh"
"$fresh/bin/pip" install --quiet --disable-pip-version-check --require-hashes \
    -r "$here/requirements.txt"
PATH="$fresh/bin:$PATH" "$fresh/bin/python" "$here/lock.py" "$@"
