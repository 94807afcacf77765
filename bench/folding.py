"""`python -m bench.folding`: fold what waits, as the worker beside a real server does all the time."""

from __future__ import annotations

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.settings")
    django.setup()
    from duban.ledgers.folding import fold

    while fold():
        pass
