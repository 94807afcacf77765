"""The web server and the worker, apart or together."""

from __future__ import annotations

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Mapping
from types import FrameType

from . import installing, setup
from .mistakes import Mistake, NotReady

MOST_WORKERS = 4  # without --workers; more is for those who have measured
THREADS = 4  # per web process: Python runs one at a time, the others wait for the database
PATIENCE = 30.0  # seconds the server may take to come up, and anything to go down


def add(commands: setup.Commands) -> None:
    """The subcommands of this subject."""
    both = setup.command(
        commands,
        "serve",
        _serve,
        "run the web server and the worker",
        "Run the web server with the worker beside it. When one of them dies the other is stopped.",
    )
    web_options(both)
    web_options(setup.command(commands, "web", _web, "run the web server alone"))
    setup.command(
        commands, "worker", _worker, "run the worker alone: sweep, deliver, fold; any number may run"
    )


def web_options(parser: ArgumentParser) -> None:
    """--port, --host and --workers."""
    parser.add_argument("--port", type=_port, default=None, metavar="N", help="default: PORT, else 8000")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument(
        "--workers",
        type=_count,
        default=max(1, min(MOST_WORKERS, os.cpu_count() or 1)),
        metavar="N",
        help="web processes (default: one per processor, at most 4)",
    )


def serve(arguments: Namespace, *, up: Callable[[str], None]) -> int:
    """Run web and worker as children until a signal, or until one dies (exit code 3).

    `up` is called once with the address when the server answers. Raises NotReady when the port is taken.
    """
    port = port_of(arguments)
    _free(arguments.host, port)
    stopping = threading.Event()
    _on_signals(stopping)
    children = {"web": _child(_granian(arguments, port))}
    try:
        answers = _answers(arguments.host, port, children["web"], stopping)
        # The worker second: whoever waits for the first page should not wait for two programs to load.
        children["worker"] = _child([sys.executable, "-m", "duban.cli", "worker"])
        if answers:
            up(address(arguments.host, port))
        while not stopping.wait(0.3):
            for name, child in children.items():
                if child.poll() is not None:
                    print(f"duban: the {name} process ended ({child.returncode}); stopping.", file=sys.stderr)
                    return NotReady.exit_code
        return 0
    finally:
        _stop(children)


def port_of(arguments: Namespace) -> int:
    """The port asked for: --port, else PORT, else 8000. Raises Mistake."""
    if arguments.port is not None:
        return int(arguments.port)
    try:
        return _port(os.environ.get("PORT") or "8000")
    except ArgumentTypeError as wrong:
        raise Mistake(f"PORT: {wrong}") from wrong


def address(host: str, port: int) -> str:
    """Where a browser on this machine finds the server."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _serve(arguments: Namespace) -> int:
    _ready_for_pages()
    return serve(arguments, up=lambda where: print(f"Serving on {where}", flush=True))


def _web(arguments: Namespace) -> int:
    _ready_for_pages()
    port = port_of(arguments)
    _free(arguments.host, port)
    command = _granian(arguments, port)
    os.execv(command[0], command)  # noqa: S606 - our own interpreter; the server gets the signals itself


def _ready_for_pages() -> None:
    """Check the installation; gather what pages are made of where it is older than its sources."""
    setup.serviceable()
    installing.compile_messages()
    installing.collect()


def _worker(_arguments: Namespace) -> int:
    setup.serviceable()
    from duban.clockwork import worker

    stopping = threading.Event()
    _on_signals(stopping)
    worker.run(stopping)
    return 0


def _granian(arguments: Namespace, port: int) -> list[str]:
    """The server's command line. A process takes no more requests at once than it has database connections."""
    pool = os.environ.get("DUBAN_DB_POOL", "8")
    return [
        sys.executable, "-m", "granian", "duban.wsgi:application",
        "--interface", "wsgi", "--http", "1", "--no-ws",
        "--host", arguments.host, "--port", str(port),
        "--workers", str(arguments.workers),
        "--blocking-threads", str(min(THREADS, int(pool))),
        "--backpressure", pool,
        "--workers-kill-timeout", "5",
        "--respawn-failed-workers",
        "--log-level", "warning",
    ]  # fmt: skip


def _answers(host: str, port: int, web: subprocess.Popen[bytes], stopping: threading.Event) -> bool:
    """Wait until the server answers; False when it died, took too long, or we are to stop."""
    until = time.monotonic() + PATIENCE
    target = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - compared, not bound
    while time.monotonic() < until and not stopping.wait(0.05) and web.poll() is None:
        asked = http.client.HTTPConnection(target, port, timeout=PATIENCE)
        try:
            asked.request("HEAD", "/")
            asked.getresponse()
        except (OSError, http.client.HTTPException):
            continue
        finally:
            asked.close()
        return True
    return False


def _child(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own: Ctrl-C reaches us alone, and we end it in good order.

    (The server's processes, told to stop twice at once, by the terminal and by us, may hang.) On Linux it is told to
    stop as well when we are killed.
    """
    return subprocess.Popen(  # noqa: S603 - our own interpreter
        command, process_group=0, preexec_fn=_end_with_us if sys.platform == "linux" else None
    )


def _end_with_us() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def _stop(children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Ask every child to end; one that does not in time is killed, with the processes it started."""
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + PATIENCE
    for child in children.values():
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _on_signals(stopping: threading.Event) -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def _free(host: str, port: int) -> None:
    """Raise NotReady unless we could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as wrong:
            raise NotReady(
                f"Cannot listen on {host} port {port}: {wrong.strerror or wrong}. Choose another port, e.g. PORT={port + 1}"
            ) from wrong


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ArgumentTypeError(f"a port is a number from 1 to 65535, not {text!r}")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise ArgumentTypeError(f"a number from 1 to 64, not {text!r}")
    return int(text)
