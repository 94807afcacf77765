"""How many statements a request costs, counted inside the process: `python -m bench.statements` prints JSON."""

from __future__ import annotations

import json
import os
import time
from typing import Any

import django

from bench.forms import acceptance, registration

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duban.settings")
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


def count() -> dict[str, dict[str, float]]:
    """Statements without transaction control, and the whole request's milliseconds, by request; the third of each."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from duban.core.rights import SYSTEM
    from duban.people import tokens

    client = Client(SERVER_NAME="127.0.0.1")
    office = tokens.issue(username="office", actor=SYSTEM, now=timezone.now())
    handler = tokens.issue(username="handler", actor=SYSTEM, now=timezone.now())
    catalogue = client.get("/api/v1/catalogue?unit=zhaiyang&limit=1").json()["items"][0]["id"]
    registered: list[str] = []

    def register() -> Any:
        body = registration(int(time.time_ns()) % 10**9)
        answer = client.post("/api/v1/matters", body, content_type="application/json")
        registered.append(answer.json()["number"])
        return answer

    def accept() -> Any:
        return client.post(
            f"/api/v1/desk/matters/{registered.pop()}/acceptance", acceptance(catalogue),
            content_type="application/json", headers={"Authorization": f"Bearer {handler}"},
        )  # fmt: skip

    def work_list() -> Any:
        return client.get("/api/v1/desk/matters?limit=50", headers={"Authorization": f"Bearer {office}"})

    def six() -> Any:
        return client.get("/api/v1/census")

    found = {}
    for name, ask in (("register", register), ("list", work_list), ("accept", accept), ("census", six)):
        for _ in range(3):
            began = time.perf_counter()
            with CaptureQueriesContext(connection) as captured:
                answer = ask()
            took = (time.perf_counter() - began) * 1000
        if answer.status_code >= 300:
            raise RuntimeError(f"{name}: {answer.status_code} {answer.content[:500]!r}")
        work = [one["sql"] for one in captured.captured_queries if not one["sql"].startswith(CONTROL)]
        found[name] = {"statements": len(work), "in_process_ms": round(took, 2)}
        if os.environ.get("BENCH_SHOW"):
            print(name, *(f"\n   {one[:200]}" for one in work))
    return found


if __name__ == "__main__":
    django.setup()
    print(json.dumps(count()))
