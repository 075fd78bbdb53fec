/** What the server adds to the language server protocol: see docs/reference/protocol.md. */

import type { Diagnostic, Range } from 'vscode-languageclient';
import { NotificationType, RequestType } from 'vscode-languageclient';

export interface PreviewParams {
  readonly uri: string;
}

/** A line of the Rust, counted from 1, and the Python that it came from. */
export type SourceMapEntry = [rustLine: number, python: Range];

export interface PreviewResult {
  /** Empty when the program is refused; `findings` say why. */
  readonly rust: string;
  readonly sourceMap: readonly SourceMapEntry[];
  readonly findings: readonly Diagnostic[];
  readonly version: number | null;
}

export interface StatusParams {
  readonly diagnostics: boolean;
  readonly reason?: string;
}

/** The answer of `batuta.check`. */
export interface CheckResult {
  readonly ok: boolean;
  readonly findings: number;
}

export const previewRequest = new RequestType<PreviewParams, PreviewResult, void>('batuta/preview');
export const statusNotification = new NotificationType<StatusParams>('batuta/status');

/** The server's commands. They are sent as requests: the client library registers commands of these names by itself. */
export const serverCommands = {
  enable: 'batuta.enable',
  check: 'batuta.check',
  rewriteFile: 'batuta.rewriteFile',
} as const;
