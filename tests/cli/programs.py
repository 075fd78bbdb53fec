"""The Python programs of these tests."""

from __future__ import annotations

HELLO = 'print("hello", 1)\n'
SQUARES = "total = 0\nfor n in range(5):\n    total += n * n\nprint(total)\n"
RAISES = 'print("before")\nraise ValueError("no")\n'
SILENT = "x = 1 + 1\n"
HELPER = "def double(n: int) -> int:\n    return 2 * n\n"
REFUSED = "import sys\n\nprint(1)\nprint(eval(sys.argv[1]))\n"
EXCEL = 'import pandas as pd\n\ntable = pd.read_excel("sales.xlsx")\nprint(table)\n'
METACLASS = "class Meta(type):\n    pass\n\n\nclass Model(metaclass=Meta):\n    pass\n\n\nprint(Model())\n"
