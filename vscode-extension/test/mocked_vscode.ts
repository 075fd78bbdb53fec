/** A stand-in for the `vscode` module with the one class that the mocked tests need. The real module is used in tests/editor. */

export class Uri {
  private constructor(
    readonly scheme: string,
    readonly path: string,
    readonly query: string,
  ) {}

  static from(parts: { scheme: string; path?: string; query?: string }): Uri {
    return new Uri(parts.scheme, parts.path ?? '', parts.query ?? '');
  }

  static parse(text: string): Uri {
    const [head = '', query = ''] = text.split('?', 2);
    const [scheme = '', rest = ''] = head.split(/:(.*)/s, 2);
    return new Uri(scheme, rest.replace(/^\/\//, ''), query);
  }

  toString(): string {
    const place = this.scheme === 'file' ? `file://${this.path}` : `${this.scheme}:${this.path}`;
    return this.query === '' ? place : `${place}?${this.query}`;
  }
}
