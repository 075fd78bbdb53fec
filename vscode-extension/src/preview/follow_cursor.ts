/** Marks, in the preview, the Rust of the Python under the cursor, and the other way round. */

import * as vscode from 'vscode';

import { previewAddress, previewScheme, sourceOf } from './address';
import type { PreviewDocuments } from './documents';

export class CursorFollower implements vscode.Disposable {
  private readonly mark = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.rangeHighlightForeground'),
    borderColor: new vscode.ThemeColor('focusBorder'),
    borderStyle: 'solid',
    borderWidth: '0 0 0 2px',
  });
  private readonly subscriptions: { dispose(): unknown }[];

  constructor(private readonly documents: PreviewDocuments) {
    this.subscriptions = [
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.follow(textEditor)),
      // A click where the cursor stood already changes the editor and not the selection.
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.follow(editor)),
      documents.onDidUpdate((source) => {
        const editor = vscode.window.visibleTextEditors.find((it) => it.document.uri.toString() === source.toString());
        if (editor !== undefined) {
          // The editor shows the new text a moment after the map is new.
          setTimeout(() => this.follow(editor), 50);
        }
      }),
      this.mark,
    ];
  }

  /** Only marks and scrolls the other side: moving its cursor would bring the event back here. */
  private follow(editor: vscode.TextEditor): void {
    const document = editor.document.uri;
    if (document.scheme === previewScheme) {
      const source = sourceOf(document);
      const python = this.documents.mapOf(source)?.pythonOf(editor.selection.active.line);
      this.show(source, python === undefined ? [] : [toRange(python)]);
      editor.setDecorations(this.mark, []);
      return;
    }
    const map = this.documents.mapOf(document);
    if (map !== undefined) {
      const lines = map.rustLinesOf(editor.selection.active);
      this.show(
        previewAddress(document),
        lines.map((line) => new vscode.Range(line, 0, line, 0)),
      );
      editor.setDecorations(this.mark, []);
    }
  }

  private show(document: vscode.Uri, ranges: readonly vscode.Range[]): void {
    const [first] = ranges;
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document.uri.toString() === document.toString()) {
        editor.setDecorations(this.mark, ranges);
        if (first !== undefined) {
          editor.revealRange(first, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
        }
      }
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }
}

function toRange(range: { start: { line: number; character: number }; end: { line: number; character: number } }): vscode.Range {
  return new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
}
