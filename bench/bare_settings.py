"""The product's settings and server with nothing of its own: what Django and the database cost by themselves."""

from __future__ import annotations

from duban.settings import *  # noqa: F403

MIDDLEWARE = []
ROOT_URLCONF = "bench.bare"
