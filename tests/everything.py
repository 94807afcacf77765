"""What `make test` runs: one pytest run with two processes, the whole suite on SQLite and on PostgreSQL.

    python -m tests.everything [anything pytest takes]

Style, types and import rules are tests too (tests/house). The two processes each collect and run everything, but
what need not run on both engines is shared out between them (see `ONLY_ON` in conftest), so that both end together.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.cluster import chromium, cluster

ENGINES = ("sqlite", "postgresql")


def main(words: list[str]) -> int:
    """Run everything and return pytest's exit code; its closing line is the last thing printed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    browser = chromium()
    with cluster() as url:
        each = [f"--tx=popen//id={engine}//env:TEST_ENGINE={engine}" for engine in ENGINES]
        command = [sys.executable, "-m", "pytest", "--dist=each", *each, "-q", "--durations=10", *words]
        environment = os.environ | {"TEST_DATABASE_URL": url, "TEST_CHROMIUM": browser}
        try:
            return subprocess.run(command, env=environment, cwd=Path(__file__).parent.parent).returncode
        except KeyboardInterrupt:
            return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
