#!/usr/bin/env bash
# Install the programs that kehoach calls: tesseract reads scans, LibreOffice and antiword open older Word files.
# They stay beside kehoach; without them it works, and says of each such input what to install. Chromium is for tests.
set -euo pipefail

packages=()
command -v tesseract >/dev/null && tesseract --list-langs 2>/dev/null | grep -qx vie || packages+=(tesseract-ocr tesseract-ocr-vie)
command -v soffice >/dev/null || packages+=(libreoffice-writer-nogui)
command -v antiword >/dev/null || packages+=(antiword)
fc-list 2>/dev/null | grep -q LiberationSerif || packages+=(fonts-liberation)
command -v chromium >/dev/null || packages+=(chromium)
command -v prlimit >/dev/null || packages+=(util-linux)
if [ ${#packages[@]} -eq 0 ]; then
    exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo -n)
fi
if command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null; then
    echo "Installing ${packages[*]} (scans and old Word files need them)"
    "${as_root[@]}" apt-get update -qq || true
    if DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null; then
        exit 0
    fi
fi
echo "NOTE: not installed: ${packages[*]}. Scans or old Word files will not be read; install them and run make again." >&2
