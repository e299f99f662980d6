#!/bin/sh
# Install what `make audit` judges with: Java and real engines where they are missing, the judges
# from npm, and the oldest Chromium that is promised to work.
set -eu
cd "$(dirname "$0")/.."

need() {  # PROGRAM PACKAGE WHAT-FOR
    if ! command -v "$1" >/dev/null && ! tools/apt.sh "$2"; then
        echo "error: $3 needs $1; run: apt-get install $2" >&2
        exit 1
    fi
}
need java default-jre-headless EPUBCheck
need firefox-esr firefox-esr "the test of real engines"
need WebKitWebDriver webkit2gtk-driver "the test of real engines"
need Xvfb xvfb "WebKit, in that test,"

PATH="$PWD/.venv/bin:$PATH"
for folder in tests/audit tests/audit/chromium; do
    npm ci --silent --ignore-scripts --no-audit --no-fund --prefix "$folder"
done
cd tests/audit/chromium/node_modules
node -e '
    const packed = fs.readFileSync("chrome-aws-lambda/bin/chromium.br");
    fs.writeFileSync("chromium-88", zlib.brotliDecompressSync(packed), { mode: 0o755 });
'
