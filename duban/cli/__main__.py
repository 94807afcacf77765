"""`python -m duban.cli` is `duban`."""

from __future__ import annotations

import sys

from . import main

sys.exit(main())
