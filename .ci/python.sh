#!/usr/bin/env bash
# Makes the virtual environment; on a fresh Debian the module for it comes in a package of its own.
set -euo pipefail
python=$1 venv=$2

command -v "$python" >/dev/null || python=python3
packages=(python3 python3-venv)

can_make_one() {
    command -v "$python" >/dev/null && "$python" -c 'import ensurepip, venv' 2>/dev/null
}

if ! can_make_one; then
    if [[ $(id -u) != 0 ]]; then
        echo "Python's venv is missing. Run, then start me again:" >&2
        echo "    sudo apt-get install --yes ${packages[*]}" >&2
        exit 1
    fi
    apt-get update
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${packages[@]}"
fi
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "xladdin needs Python 3.11 or newer; $python is older." >&2
    exit 1
}
"$python" -m venv "$venv"
