#!/bin/sh
# Make the virtual environment .venv, or bring it up to the named requirements file.
#   tools/environment.sh requirements.txt
# On Debian, python3 comes without its venv module: it is installed where that is allowed.
# Nothing is installed but what has a hash there.
set -eu
cd "$(dirname "$0")/.."

if tools/moved.sh; then
    echo "This checkout was moved or copied; its environment .venv is made anew." >&2
    rm -rf .venv
fi
if ! [ -x .venv/bin/pip ]; then
    python=$(command -v python3.11 || command -v python3) || {
        echo "error: no python3 found; install Python 3.11 (Debian: apt-get install python3)" >&2
        exit 1
    }
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        tools/apt.sh python3-venv || {
            echo "error: Python has no venv module; run: apt-get install python3-venv" >&2
            exit 1
        }
    fi
    "$python" -m venv --clear .venv
    # Python 3.11 adds it, in a release with known faults, and nothing here needs it.
    .venv/bin/pip uninstall -qq --yes setuptools
fi
.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r "$1"
