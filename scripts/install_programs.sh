#!/usr/bin/env bash
# Install the programs that kehoach calls: tesseract reads scans, LibreOffice and antiword open older Word files.
# They stay beside kehoach; without them it works, and says of each such input what to install.
# With the argument "tests" also what only the tests need: a browser, spreadsheets, fonts. With "compiler" only what
# `make compiled` needs: gcc and, for a Python of the distribution, its headers.
set -euo pipefail

packages=()
if [ "${1:-}" = compiler ]; then
    command -v gcc >/dev/null || packages+=(gcc libc6-dev)
    .venv/bin/python -c 'import pathlib, sysconfig as s, sys; sys.exit(not pathlib.Path(s.get_path("include"), "Python.h").exists())' \
        || packages+=(python3-dev)
else
    command -v tesseract >/dev/null && tesseract --list-langs 2>/dev/null | grep -qx vie || packages+=(tesseract-ocr tesseract-ocr-vie)
    command -v soffice >/dev/null || packages+=(libreoffice-writer-nogui)
    command -v antiword >/dev/null || packages+=(antiword)
    command -v prlimit >/dev/null || packages+=(util-linux)
    if [ "${1:-}" = tests ]; then
        [ -e /usr/lib/libreoffice/program/libsclo.so ] || packages+=(libreoffice-calc-nogui)
        command -v chromium >/dev/null || packages+=(chromium)
        fc-list 2>/dev/null | grep -q LiberationSerif || packages+=(fonts-liberation)
    fi
fi
if [ ${#packages[@]} -eq 0 ]; then
    exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo -n)
fi
if command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null; then
    echo "Installing ${packages[*]}"
    "${as_root[@]}" apt-get update -qq || true
    if DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null; then
        exit 0
    fi
fi
echo "NOTE: not installed: ${packages[*]}. What needs them is told where it is missed; install them and run make again." >&2
