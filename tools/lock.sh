#!/bin/sh
# Pin again what each requirements file brings along: install its upper part (written by hand,
# with reasons) into an empty environment, then let pip write down everything that came.
# A later file leaves out what an earlier one already pins.
#   tools/lock.sh requirements.txt tests/requirements.txt
set -eu
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
python3 -m venv "$fresh/venv"
echo '# pinned by the files before' >"$fresh/pinned"
for file in "$@"; do
    sed '/^## The following/,$d' "$file" >"$fresh/upper"
    "$fresh/venv/bin/pip" install --quiet --disable-pip-version-check -r "$fresh/upper"
    "$fresh/venv/bin/pip" freeze --all --exclude pip -r "$fresh/upper" |
        awk 'NR == FNR { pinned[$0]; next } !(/==/ && $0 in pinned)' "$fresh/pinned" - >"$fresh/lock"
    cp "$fresh/lock" "$file"
    cat "$file" >>"$fresh/pinned"
done
