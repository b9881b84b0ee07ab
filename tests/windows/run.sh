#!/usr/bin/env bash
# Installs the setup file in Wine and tries all of it: the worksheet functions over COM and through
# xlwings' DLL in the installed Python, the entries of 发送到, repair, update and removal.
# Excel is not there; docs/windows-without-excel.md says what this shows and what it cannot show.
# Everything it needs stays in .tools/windows: remove that folder to start anew.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

place=$PWD/.tools/windows
host=${1:-.venv/bin/python}  # has pip; nothing is installed into it
longest=300  # seconds for one check: nothing may hang for ever
export WINEPREFIX=$place/prefix WINEARCH=win64 WINEDEBUG=-all DISPLAY=
export WINEDLLOVERRIDES='mscoree=;mshtml='  # else it asks for .NET and a browser

missing=()
command -v wine >/dev/null && command -v wineserver >/dev/null || missing+=(wine wine64)
command -v x86_64-w64-mingw32-ld >/dev/null || missing+=(binutils-mingw-w64-x86-64)
command -v makensis >/dev/null || missing+=(nsis)
if ((${#missing[@]})); then
    echo "This needs packages that only root can install. Run, then start me again:" >&2
    echo "    sudo apt-get update" >&2
    echo "    sudo apt-get install --yes --no-install-recommends ${missing[*]}" >&2
    exit 1
fi
[[ -x $host ]] || { echo "There is no $host: run make test first." >&2; exit 1; }

windows_path() { winepath -w "$1" | tr -d '\r'; }

# Both pipes are needed: Python in Wine gives up when its input is no pipe, and hangs on to files.
windows_python() { echo | timeout "$longest" wine "$installed/python/python.exe" -B -u "$@" 2>&1 | cat; }

# Wine 8 lacks a DLL that everything compiled by newer Rust asks for random numbers.
supply_random_numbers() {
    local system=$WINEPREFIX/drive_c/windows/system32
    [[ -e $system/bcryptprimitives.dll ]] && return
    mkdir -p "$place/download"
    local empty=$place/download/empty
    : >"$empty.s"
    echo 'LIBRARY bcryptprimitives.dll' >"$empty.def"
    echo 'EXPORTS ProcessPrng = ADVAPI32.SystemFunction036' >>"$empty.def"
    x86_64-w64-mingw32-as -o "$empty.o" "$empty.s"
    x86_64-w64-mingw32-ld -shared --entry=0 -o "$system/bcryptprimitives.dll" \
        "$empty.o" "$empty.def"
}

# The installed Python looks for modules where this file says; the tests' own are added to it.
# That is a damage, which the repair below finds and a second installation mends.
add_tests() { windows_path "$PWD" >>"$installed/python/python311._pth"; }

if [[ ! -e $place/ready ]]; then
    rm -rf "$place"
    mkdir -p "$place"
    timeout "$longest" wineboot --init >"$place/wineboot.log" 2>&1 || {
        echo "Wine does not start: see $place/wineboot.log" >&2
        exit 1
    }
    touch "$place/ready"
fi
supply_random_numbers
trap 'wineserver --kill 2>/dev/null || true' EXIT

setup=${2:-}
if [[ -z $setup ]]; then
    "$host" -m xladdin.addin.setup.make_setup . "$place/setup"
    setup=$(echo "$place"/setup/*.exe)
fi
echo "Wine: $(wine --version 2>/dev/null)"
echo "== the setup installs"
"$host" -m tests.windows.check_setup "$setup" "$WINEPREFIX" first
installed=$(echo "$WINEPREFIX"/drive_c/users/*/AppData/Local/Programs/xladdin/app)
add_tests
for check in check_server check_dll check_ribbon check_spared; do
    echo "== $check"
    windows_python -m "tests.windows.$check"
done
# The last of them has taken the add-in out.
echo "== the setup repairs, updates and removes"
"$host" -m tests.windows.check_setup "$setup" "$WINEPREFIX" rest
