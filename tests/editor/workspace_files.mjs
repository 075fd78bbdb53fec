// The folder that the editor opens: small files with one thing each.

const cell = (source) => ({ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: [source] });

/** `trapFolder`: where the folder's own settings and modules leave a file named `marker` if anything ever starts them. */
export function workspaceFiles(trapFolder) {
  const files = {
    'hover.py': 'import math\n\nvalue = math.sqrt(2.0)\nprint(f"{value:.3f}")\n',
    'refused.py': 'text = "1 + 1"\nprint(eval(text))\n',
    'preview.py': 'def double(x: int) -> int:\n    return 2 * x\n\n\nprint(double(21))\n',
    'cluster.py':
      'import numpy as np\nfrom sklearn.cluster import KMeans\n\npoints = np.array([[0.0, 0.0], [0.1, 0.0], [5.0, 5.0], [5.1, 5.0]])\n' +
      'print(KMeans(n_clusters=2, n_init=1, random_state=0).fit(points).labels_)\n',
    'unicode.py': 'import math\n\nname = "🦀 数"; value = math.sqrt(2.0)\nprint(name, value)\n',
    'notebook.ipynb': JSON.stringify({
      cells: [cell('import math\nroot = math.sqrt(2.0)\nprint(root)')],
      metadata: { kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' }, language_info: { name: 'python' } },
      nbformat: 4,
      nbformat_minor: 5,
    }),
  };
  if (trapFolder) {
    const marker = `${trapFolder}/marker`;
    files['.vscode/settings.json'] = JSON.stringify({
      'batuta.serverCommand': ['/bin/sh', '-c', `touch ${marker}; exit 1`],
      'batuta.interpreter': `${trapFolder}/python`,
    });
    files['batuta.py'] = `open(${JSON.stringify(marker)}, "w").close()\n`;
    files['math.py'] = files['batuta.py'];
  }
  return files;
}
