"""The product's own settings, in a folder of their own, with a fixed key and a fast password hasher.

`TEST_DATABASE_URL` makes it PostgreSQL; without it, or with TEST_ENGINE=sqlite, a SQLite file.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

folder = Path(tempfile.mkdtemp(prefix="duban-tests-"))
atexit.register(shutil.rmtree, folder, ignore_errors=True)

os.environ |= {
    "DUBAN_DATA_DIR": str(folder),
    "DUBAN_SECRET_KEY": "a key for tests, the same on every machine",
    "DUBAN_DB_POOL": "24",  # more than any test has threads
    "DATABASE_URL": f"sqlite:///{folder}/duban.sqlite3",
}
for name in (
    "DUBAN_ENV",
    "DUBAN_CITY",
    "DUBAN_CIPHER",
    "DUBAN_HOSTS",
    "DUBAN_ORIGINS",
    "DUBAN_SMTP_HOST",
    "DUBAN_REGISTRATIONS_PER_HOUR",
):
    os.environ.pop(name, None)
if os.environ.get("TEST_ENGINE") != "sqlite" and os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

from duban.settings import *  # noqa: E402, F403
from duban.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

Path(STATIC_ROOT).mkdir()
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, so that threads and the live site have connections of their own; nothing here survives a crash.
    DATABASES["default"]["TEST"] = {"NAME": str(folder / "test.sqlite3")}
    pragmas = DATABASES["default"]["OPTIONS"]
    pragmas["init_command"] = pragmas["init_command"].replace("synchronous=FULL", "synchronous=OFF")
