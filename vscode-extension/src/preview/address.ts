/** The address of a preview document: it names its Python file, so that it can be opened again from nothing else. */

import * as vscode from 'vscode';

export const previewScheme = 'batuta-rust';

/** `file:///w/iris.py` → `batuta-rust:/w/iris.rs?file:///w/iris.py`: the ending makes the editor colour it as Rust. */
export function previewAddress(source: vscode.Uri): vscode.Uri {
  const path = `${source.path.replace(/\.[^./]*$/, '')}.rs`;
  return vscode.Uri.from({ scheme: previewScheme, path, query: source.toString() });
}

export function sourceOf(preview: vscode.Uri): vscode.Uri {
  return vscode.Uri.parse(preview.query, true);
}
