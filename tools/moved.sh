#!/bin/sh
# Whether the programs in .venv are of another place: of the folder that this checkout was moved
# or copied from. They would not start, or install into the other place.
set -eu
cd "$(dirname "$0")/.."
[ -e .venv/bin/pip ] || exit 1
here=$(cd .venv && pwd -P)
! head -n 2 .venv/bin/pip | grep -qF "$here/bin/"
