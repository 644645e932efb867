#!/bin/sh
# Make the environment named $1 hold the locked requirements of extra $2 and this package; every file is checked by hash.
set -eu
venv=$1 extra=$2 here=$(dirname "$0")
python=${PYTHON:-python3}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Wireroom needs Python 3.11 or newer; $("$python" --version 2>&1) was found. Name another: make PYTHON=python3.12 run" >&2
  exit 2
}
if [ ! -x "$venv/bin/pip" ]; then
  echo "Making the environment in $venv"
  rm -rf "$venv"
  "$python" -m venv "$venv" || {
    echo "python3 has no venv module. On Debian and Ubuntu: apt install python3-venv" >&2
    exit 2
  }
fi

echo "Installing the locked requirements ($extra)"
# uv installs in seconds what takes pip half a minute; where it has no wheel for the platform, pip does the same work.
# Bytecode is made now, as pip does: where nothing may write it later, every command would compile its libraries anew.
if "$venv/bin/pip" install --quiet --disable-pip-version-check uv 2>/dev/null && "$venv/bin/uv" --version >/dev/null 2>&1; then
  VIRTUAL_ENV=$venv "$venv/bin/uv" pip install --quiet --compile-bytecode --require-hashes -r "$here/build.txt" -r "$here/$extra.txt"
  VIRTUAL_ENV=$venv "$venv/bin/uv" pip install --quiet --no-deps --no-build-isolation -e "$here/.."
else
  "$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r "$here/build.txt" -r "$here/$extra.txt"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e "$here/.."
fi
touch "$venv/.$extra"
if [ "$extra" = dev ]; then touch "$venv/.core"; fi
