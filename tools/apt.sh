#!/bin/sh
# Install Debian packages, as root or through a sudo that asks nothing; fail where neither can.
#   tools/apt.sh chromium
set -eu
command -v apt-get >/dev/null || exit 1
as_root=
if [ "$(id -u)" != 0 ]; then
    sudo -n true 2>/dev/null || exit 1
    as_root="sudo -n"
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
$as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null
