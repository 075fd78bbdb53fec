/** The text of the preview: the Rust, or why there is none. */

import type { PreviewResult, SourceMapEntry } from '../protocol';
import { SourceMap } from './source_map';

export interface PreviewText {
  readonly text: string;
  readonly map: SourceMap;
  /** The last result that had Rust: shown on, and marked as old, while the Python cannot be translated. */
  readonly lastGood: PreviewResult | undefined;
}

export function renderPreview(result: PreviewResult, name: string, lastGood: PreviewResult | undefined): PreviewText {
  if (result.rust !== '') {
    return { text: result.rust, map: new SourceMap(result.sourceMap), lastGood: result };
  }
  const lines = [`// ${name} does not become Rust as it stands:`];
  const entries: SourceMapEntry[] = [];
  for (const finding of result.findings) {
    const first = lines.length + 1;
    const code = finding.code === undefined ? '' : `${finding.code} `;
    lines.push(`//   line ${finding.range.start.line + 1}: ${code}${finding.message.split('\n').join('\n//     ')}`);
    const last = lines.join('\n').split('\n').length;
    for (let line = first; line <= last; line += 1) {
      entries.push([line, finding.range]);
    }
  }
  const reasons = lines.join('\n').split('\n');
  if (lastGood === undefined) {
    return { text: `${reasons.join('\n')}\n`, map: new SourceMap(entries), lastGood };
  }
  const head = [...reasons, '// Below: the Rust of an earlier text of the file.', ''];
  // The old Rust is not followed: its lines belong to Python that is no longer there.
  return { text: `${head.join('\n')}\n${lastGood.rust}`, map: new SourceMap(entries), lastGood };
}

export function renderFailure(name: string, message: string): string {
  return [`// The Rust of ${name} could not be asked for:`, ...message.split('\n').map((line) => `//   ${line}`), ''].join('\n');
}
