"""The command line: python -m calc."""

import sys

from .cli import main

sys.exit(main())
