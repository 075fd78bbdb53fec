/** The read-only documents that show the Rust, kept in step with their Python files. */

import * as path from 'node:path';
import * as vscode from 'vscode';

import type { PreviewResult } from '../protocol';
import { previewScheme, previewAddress, sourceOf } from './address';
import { renderFailure, renderPreview } from './text';
import { SourceMap } from './source_map';

/** Asks the server; the token is cancelled when a newer text is on its way. */
export type AskForRust = (source: vscode.Uri, token: vscode.CancellationToken) => Promise<PreviewResult>;

interface Shown {
  text: string;
  map: SourceMap;
  lastGood: PreviewResult | undefined;
  asking: vscode.CancellationTokenSource | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** A pause in typing: shorter asks for the Rust of half a word, longer feels slow. */
const pauseMilliseconds = 250;

export class PreviewDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly updated = new vscode.EventEmitter<vscode.Uri>();
  private readonly shown = new Map<string, Shown>();
  private readonly subscriptions: vscode.Disposable[];

  readonly onDidChange = this.changed.event;
  /** Fires with the Python file's address once its map is new. */
  readonly onDidUpdate = this.updated.event;

  constructor(private readonly ask: AskForRust) {
    this.subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(previewScheme, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.refreshSoon(document.uri)),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document.uri.scheme === previewScheme) {
          this.forget(sourceOf(document.uri));
        }
      }),
    ];
  }

  async provideTextDocumentContent(preview: vscode.Uri): Promise<string> {
    const source = sourceOf(preview);
    const known = this.shown.get(source.toString());
    if (known !== undefined) {
      return known.text;
    }
    const fresh: Shown = { text: '', map: new SourceMap([]), lastGood: undefined, asking: undefined, timer: undefined };
    this.shown.set(source.toString(), fresh);
    await this.load(source, fresh);
    return fresh.text;
  }

  mapOf(source: vscode.Uri): SourceMap | undefined {
    return this.shown.get(source.toString())?.map;
  }

  /** After the settings changed or the server started anew. */
  refreshAll(): void {
    for (const source of this.shown.keys()) {
      void this.refresh(vscode.Uri.parse(source, true));
    }
  }

  private refreshSoon(source: vscode.Uri): void {
    const shown = this.shown.get(source.toString());
    if (shown !== undefined) {
      clearTimeout(shown.timer);
      shown.timer = setTimeout(() => void this.refresh(source), pauseMilliseconds);
    }
  }

  private async refresh(source: vscode.Uri): Promise<void> {
    const shown = this.shown.get(source.toString());
    if (shown !== undefined && (await this.load(source, shown))) {
      this.changed.fire(previewAddress(source));
    }
  }

  /** Returns whether an answer to the newest question was stored. */
  private async load(source: vscode.Uri, shown: Shown): Promise<boolean> {
    shown.asking?.cancel();
    const asking = new vscode.CancellationTokenSource();
    shown.asking = asking;
    const name = path.posix.basename(source.path);
    try {
      const result = await this.ask(source, asking.token);
      if (shown.asking !== asking) {
        return false;
      }
      Object.assign(shown, renderPreview(result, name, shown.lastGood));
    } catch (error) {
      if (shown.asking !== asking) {
        return false;
      }
      shown.text = renderFailure(name, error instanceof Error ? error.message : String(error));
      shown.map = new SourceMap([]);
    }
    shown.asking = undefined;
    this.updated.fire(source);
    return true;
  }

  private forget(source: vscode.Uri): void {
    const shown = this.shown.get(source.toString());
    clearTimeout(shown?.timer);
    shown?.asking?.cancel();
    this.shown.delete(source.toString());
  }

  dispose(): void {
    for (const source of [...this.shown.keys()]) {
      this.forget(vscode.Uri.parse(source, true));
    }
    vscode.Disposable.from(...this.subscriptions, this.changed, this.updated).dispose();
  }
}
