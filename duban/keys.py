"""The installation's master key: from the environment, or generated once into the data folder for a trial."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

FILE = "key"
SHORTEST = 32


def in_production(environ: Mapping[str, str]) -> bool:
    """Whether DUBAN_ENV says production. Raises SystemExit for a word nobody knows: a slip is no trial."""
    named = environ.get("DUBAN_ENV", "")
    if named not in ("", "trial", "production"):
        raise SystemExit(f"DUBAN_ENV is trial or production, not {named}.")
    return named == "production"


def secret_key(environ: Mapping[str, str], data_dir: Path, *, production: bool) -> str:
    """The master key (at least 32 characters). Raises SystemExit with a sentence when production has none.

    Outside production a missing key is generated into the data folder (mode 0600), so a restart keeps it;
    two processes starting at once agree on the first one written.
    """
    key = environ.get("DUBAN_SECRET_KEY", "")
    if key:
        if production and len(key) < SHORTEST:
            raise SystemExit(
                f"DUBAN_SECRET_KEY is too short: production needs at least {SHORTEST} characters."
            )
        return key
    if production:
        raise SystemExit("DUBAN_SECRET_KEY is missing: production does not start without its own key.")
    path = data_dir / FILE
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()
