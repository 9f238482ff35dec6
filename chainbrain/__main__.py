"""``python -m chainbrain``: the command line alone, without a window."""

import sys

from chainbrain.cli import main

if __name__ == "__main__":
    sys.exit(main())
