"""`python -m batuta.lsp --stdio`: the server without the rest of the command line."""

import os
import sys

# An editor starts us in the folder that it shows. With `-m` Python would import from there first, and a file named like one of
# our libraries would be run by opening the folder.
if not sys.flags.safe_path and sys.path and os.path.realpath(sys.path[0] or ".") == os.path.realpath("."):
    del sys.path[0]

from batuta.lsp.server import main

if __name__ == "__main__":
    sys.exit(main())
