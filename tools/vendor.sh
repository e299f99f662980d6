#!/bin/sh
# Write the one script that the handbook takes from somebody else: what unpacks the one file's index
# where the browser cannot. It is cut out of fflate, in the version that tests/audit pins.
#   tools/vendor.sh [goal]
set -eu
cd "$(dirname "$0")/.."
goal=${1:-handbook/single/vendor/gunzip.js}
judges=tests/audit/node_modules
PATH="$PWD/.venv/bin:$PATH"
[ -x "$judges/.bin/esbuild" ] ||
    npm ci --silent --ignore-scripts --no-audit --no-fund --prefix tests/audit
version=$(node -p "require('./$judges/fflate/package.json').version")
by=$(grep Copyright "$judges/fflate/LICENSE")
banner="/*! fflate $version, gunzipSync alone (npm package fflate). MIT License. $by. make vendor */"
echo 'export { gunzipSync } from "fflate";' |
    NODE_PATH="$judges" "$judges/.bin/esbuild" --bundle --minify --format=iife --global-name=fflate \
        --target=es2017 --charset=ascii --banner:js="$banner" --log-level=warning >"$goal"
