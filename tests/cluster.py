"""A PostgreSQL server that lives as long as a test run: Debian's own binaries, a Unix socket, nothing durable."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

OLDEST = 15
_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",  # it would count tables whose rows a test has not committed, and find them empty
    "listen_addresses": "''",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "log_min_messages": "fatal",
}


@contextmanager
def cluster(settings: Mapping[str, str] = _FAST) -> Iterator[str]:
    """The URL of a server to make test databases on: TEST_DATABASE_URL if set, else a throwaway of our own.

    `settings` are the server's; the benchmark brings durable ones.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    tools = binaries()
    home = Path(tempfile.mkdtemp(prefix="duban-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(home, "postgres")
        _as_server(tools / "initdb", "-D", home / "data", "-U", "duban", "--auth=trust", "--encoding=UTF8",
                   "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        _as_server(tools / "pg_ctl", "-D", home / "data", "-l", home / "log", "-w", "-t", "30",
                   "-o", f"{options} -c unix_socket_directories={home}", "start")  # fmt: skip
        try:
            yield f"postgres://duban@/postgres?host={home}"
        finally:
            _as_server(tools / "pg_ctl", "-D", home / "data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def binaries() -> Path:
    """The folder with initdb and pg_ctl, installed when they are missing."""
    found = _found()
    if found is None:
        install("postgresql")
        found = _found()
    if found is None:
        sys.exit(f"PostgreSQL {OLDEST} or newer is needed: install it, or set TEST_DATABASE_URL to a server.")
    return found


def chromium() -> str:
    """The browser's path, installed when it is missing."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        install("chromium")
        found = shutil.which("chromium")
    if found is None:
        sys.exit("Chromium is needed for the browser stories: install the package `chromium`.")
    return found


def install(package: str) -> None:
    """Install a Debian package as root or with sudo, else say in one sentence what is missing."""
    prefix: list[str] = []
    if os.geteuid() != 0:
        prefix = ["sudo", "-n"]
        if (
            shutil.which("sudo") is None
            or subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode
        ):
            sys.exit(f"The tests need the package `{package}`. Install it: apt-get install {package}")
    if shutil.which("apt-get") is None:
        sys.exit(f"The tests need `{package}`, and there is no apt-get here to install it with.")
    print(f"Installing {package} for the tests", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*prefix, "apt-get", "update", "-q"], env=environment, check=False, **quiet)
    done = subprocess.run(
        [*prefix, "apt-get", "install", "-y", "-q", package], env=environment, check=False, **quiet
    )
    if done.returncode:
        sys.exit(f"Installing `{package}` failed; see the lines above.")


def _found() -> Path | None:
    """The newest installed server that is new enough: Debian's folders first, then PATH."""
    versions = [
        (int(folder.parent.name), folder)
        for folder in Path("/usr/lib/postgresql").glob("*/bin")
        if folder.parent.name.isdecimal() and (folder / "initdb").exists()
    ]
    fitting = [one for one in versions if one[0] >= OLDEST]
    if fitting:
        return max(fitting)[1]
    in_path = shutil.which("initdb")
    return Path(in_path).parent if in_path else None


def _as_server(program: Path, *words: object) -> None:
    """Run one of the server's tools; a server does not run as root, so root becomes `postgres`."""
    command = [str(program), *map(str, words)]
    if os.geteuid() == 0:
        command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--", *command]
    with tempfile.TemporaryFile() as said:
        # A file and not a pipe: the server inherits it and would hold a pipe open for ever.
        code = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/").returncode
        if code:
            said.seek(0)
            sys.exit(f"{program.name} failed:\n{said.read().decode(errors='replace')}")
