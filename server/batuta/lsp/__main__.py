"""`python -m batuta.lsp --stdio`: the server without the rest of the command line."""

import os
import sys

# An editor starts us in the folder that it shows. With `-m`, or with a dot on its module path, Python would import from there,
# and a file named like one of our libraries would be run by opening the folder.
_HERE = os.path.realpath(".")
if not __file__.startswith(os.path.join(_HERE, "batuta", "")):
    sys.path[:] = [path for path in sys.path if os.path.realpath(path or ".") != _HERE]

from batuta.lsp.server import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
