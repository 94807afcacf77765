"""Clients that cost little: one process, raw sockets kept alive, requests prepared beforehand."""

from __future__ import annotations

import json
import selectors
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median, quantiles


@dataclass
class Figures:
    """What came of one scenario. Times in milliseconds, the rate in answers a second."""

    clients: int
    seconds: float = 0.0
    processor: float = 0.0  # seconds of processor time the web processes used
    times: list[float] = field(default_factory=list)
    wrong: int = 0
    first_wrong: str = ""
    answers: list[bytes] = field(default_factory=list)

    def summary(self) -> dict[str, float | int | str]:
        """Median, 95th percentile, rate."""
        times = self.times or [0.0]
        told: dict[str, float | int | str] = {
            "clients": self.clients,
            "requests": len(self.times),
            "median_ms": round(median(times), 2),
            "p95_ms": round(quantiles(times, n=20)[-1] if len(times) > 1 else times[0], 2),
            "per_second": round(len(self.times) / self.seconds, 1) if self.seconds else 0,
            "web_cpu_ms": round(self.processor * 1000 / len(times), 2),
            "wrong": self.wrong,
        }
        return told | ({"first_wrong": self.first_wrong} if self.wrong else {})


def request(
    method: str, path: str, *, body: object = None, token: str = "", host: str = "127.0.0.1"
) -> bytes:
    """An HTTP/1.1 request, ready to be sent."""
    payload = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Accept: application/json"]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    if payload:
        lines += ["Content-Type: application/json", f"Content-Length: {len(payload)}"]
    return "\r\n".join([*lines, "", ""]).encode() + payload


class _Client:
    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.sent_at = 0.0

    def send(self, prepared: bytes) -> None:
        self.buffer, self.sent_at = b"", time.perf_counter()
        self.socket.sendall(prepared)

    def receive(self) -> tuple[int, bytes] | None:
        """The status and body once the answer is whole."""
        piece = self.socket.recv(262_144)
        if not piece:
            raise ConnectionError("the server hung up")
        self.buffer += piece
        head, end, body = self.buffer.partition(b"\r\n\r\n")
        if not end:
            return None
        lower = head.lower()
        at = lower.find(b"content-length:")
        if at >= 0:
            length = int(lower[at + 15 :].split(b"\r\n", 1)[0])
            whole = len(body) >= length
        else:
            whole = body.endswith(b"0\r\n\r\n")
        return (int(head[9:12]), body) if whole else None


def drive(
    port: int, requests: Iterator[bytes], *, clients: int, seconds: float, keep: bool = False,
    good: Callable[[int], bool] = lambda status: 200 <= status < 300,
) -> Figures:  # fmt: skip
    """Keep so many clients asking for so many seconds, or until the requests run out."""
    figures = Figures(clients)
    selector = selectors.DefaultSelector()
    busy = 0
    began = time.perf_counter()
    for _ in range(clients):
        client = _Client(port)
        prepared = next(requests, None)
        if prepared is None:
            break
        selector.register(client.socket, selectors.EVENT_READ, client)
        client.send(prepared)
        busy += 1
    while busy:
        for key, _mask in selector.select():
            client = key.data
            answer = client.receive()
            if answer is None:
                continue
            now = time.perf_counter()
            status, body = answer
            if good(status):
                figures.times.append((now - client.sent_at) * 1000)
                if keep:
                    figures.answers.append(body)
            else:
                figures.wrong += 1
                figures.first_wrong = figures.first_wrong or f"{status} {body[:300]!r}"
            prepared = next(requests, None) if now - began < seconds else None
            if prepared is None:
                selector.unregister(client.socket)
                client.socket.close()
                busy -= 1
            else:
                client.send(prepared)
    figures.seconds = time.perf_counter() - began
    return figures
