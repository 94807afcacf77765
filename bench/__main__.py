"""`make bench`: register, desk list, accept and census, at 1 and 16 clients, on both engines."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import count, cycle
from pathlib import Path
from typing import Any

from bench.city import database, duban, processor_seconds, server
from bench.clients import Figures, drive, request
from bench.forms import acceptance, registration

RESULTS = Path(__file__).parent / "results"
API = "/api/v1"
SCENARIOS = ("empty view", "bare register", "register", "bare accept", "accept", "list", "census")
FLOORS = {"register": "bare register", "accept": "bare accept", "list": "empty view", "census": "empty view"}
TARGETS = {"register": 300, "list": 200}  # answers a second at 16 clients on PostgreSQL


def main() -> int:
    """Measure what is asked for; print the table and keep the JSON."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--matters", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=5.0, help="per scenario and number of clients")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 16])
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8105))
    asked = parser.parse_args()
    results: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"processors": os.cpu_count(), "python": platform.python_version()},
        "matters": asked.matters,
        "engines": {},
    }
    for engine in asked.engine or ["sqlite", "postgresql"]:
        print(f"\n{engine}, {asked.matters} matters, two web workers", flush=True)
        results["engines"][engine] = _engine(engine, asked)
    RESULTS.mkdir(exist_ok=True)
    kept = RESULTS / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    kept.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"\nKept in {kept}")
    return 0


def _engine(engine: str, asked: argparse.Namespace) -> dict[str, Any]:
    with database(engine) as environment:
        duban(environment, "migrate")
        duban(environment, "simulate", "--matters", "100")
        few = _statements(environment)
        duban(environment, "simulate", "--matters", str(asked.matters - 100), "--seed", "2")
        many = _statements(environment)
        figures: dict[str, dict[int, Figures]] = {name: {} for name in SCENARIOS}
        tokens = {name: duban(environment, "token", name) for name in ("office", "handler")}
        serial = count(1)
        waiting: list[str] = []
        done: list[str] = []
        with server(environment, asked.port, workers=2) as pid:
            standard = _standard(asked.port)
            for _name, asks in _product(tokens, standard, serial, waiting):  # both workers read their book
                drive(asked.port, asks, clients=4, seconds=0.5)
            for clients in asked.clients:
                _module(environment, "bench.folding")
                for name, asks in _product(tokens, standard, serial, waiting):
                    before = processor_seconds(pid)
                    found = drive(
                        asked.port, asks, clients=clients, seconds=asked.seconds, keep=name == "register"
                    )
                    found.processor = processor_seconds(pid) - before
                    figures[name][clients] = found
                    if name == "register":
                        waiting[:] = [json.loads(body)["number"] for body in found.answers]
                        done += waiting
        with server(environment, asked.port, bare=True, workers=2) as pid:
            accepted = cycle(done)
            for clients in asked.clients:
                for name, asks in _bare(accepted):
                    before = processor_seconds(pid)
                    found = drive(asked.port, asks, clients=clients, seconds=asked.seconds)
                    found.processor = processor_seconds(pid) - before
                    figures[name][clients] = found
    told = {
        name: {"at": [one.summary() for one in by.values()]} | _counted(name, few, many)
        for name, by in figures.items()
    }
    _table(told, engine)
    return told


def _product(
    tokens: Mapping[str, str], standard: int, serial: Iterator[int], waiting: list[str]
) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The requests of each scenario; what was registered is what is accepted."""
    yield "census", cycle([request("GET", f"{API}/census")])
    prepared = [request("POST", f"{API}/matters", body=registration(next(serial))) for _ in range(4000)]
    yield "register", iter(prepared)
    yield "list", cycle([request("GET", f"{API}/desk/matters?limit=50", token=tokens["office"])])
    body = acceptance(standard)
    yield "accept", iter([
        request("POST", f"{API}/desk/matters/{number}/acceptance", body=body, token=tokens["handler"])
        for number in waiting
    ])  # fmt: skip


def _bare(accepted: Iterator[str]) -> Iterator[tuple[str, Iterator[bytes]]]:
    yield "empty view", cycle([request("GET", "/empty")])
    yield "bare register", cycle([request("POST", "/register", body={})])
    yield "bare accept", (request("POST", f"/accept?number={number}", body={}) for number in accepted)


def _statements(environment: Mapping[str, str]) -> dict[str, dict[str, float]]:
    found = json.loads(_module(environment, "bench.statements").splitlines()[-1])
    assert isinstance(found, dict)
    return found


def _module(environment: Mapping[str, str], name: str) -> str:
    command = [sys.executable, "-m", name]
    return subprocess.run(command, env=dict(environment), check=True, capture_output=True, text=True).stdout


def _standard(port: int) -> int:
    asks = iter([request("GET", f"{API}/catalogue?unit=zhaiyang&limit=1")])
    answer = drive(port, asks, clients=1, seconds=5, keep=True).answers[0]
    return int(json.loads(answer)["items"][0]["id"])


def _counted(
    name: str, few: Mapping[str, Mapping[str, float]], many: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    if name not in many:
        return {}
    return {
        "statements_at_100": few[name]["statements"],
        "statements": many[name]["statements"],
        "in_process_ms": many[name]["in_process_ms"],
    }


def _table(told: Mapping[str, Any], engine: str) -> None:
    head = ("", "clients", "median ms", "p95 ms", "a second", "of floor", "web cpu ms", "statements", "")
    print("{:<14} {:>7} {:>10} {:>9} {:>9} {:>9} {:>10} {:>10} {}".format(*head))
    for name in SCENARIOS:
        for place, one in enumerate(told[name]["at"]):
            floor = FLOORS.get(name)
            share = ""
            if floor and told[floor]["at"][place]["per_second"]:
                share = f"{100 * one['per_second'] / told[floor]['at'][place]['per_second']:.0f} %"
            statements = ""
            if "statements" in told[name]:
                statements = f"{told[name]['statements_at_100']:.0f} / {told[name]['statements']:.0f}"
            wanted = TARGETS.get(name) if engine == "postgresql" and one["clients"] == 16 else None
            remark = (
                ""
                if wanted is None
                else f"target {wanted}/s: {'met' if one['per_second'] >= wanted else 'missed'}"
            )
            if one["wrong"]:
                remark += f"  {one['wrong']} wrong: {one['first_wrong'][:120]}"
            print(
                f"{name:<14} {one['clients']:>7} {one['median_ms']:>10} {one['p95_ms']:>9} "
                f"{one['per_second']:>9} {share:>9} {one['web_cpu_ms']:>10} {statements:>10} {remark}"
            )


if __name__ == "__main__":
    sys.exit(main())
