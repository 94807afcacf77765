"""What each command answers, and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import transaction

from duban.cli import main
from duban.core.events import Consumer, Kind
from duban.core.rights import SYSTEM
from duban.journal.models import Event, Outbox
from duban.journal.recording import Entry, record
from duban.people.models import Staff
from duban.people.tokens import staff_of
from tests.city import Cast, at
from tests.emptying import unguarded

CONTRACT = (
    "serve",
    "web",
    "worker",
    "migrate",
    "demo",
    "simulate",
    "tick",
    "token",
    "password",
    "retire",
    "recount",
    "verify",
    "revive",
)


def test_help_names_every_command_and_every_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    said = capsys.readouterr().out
    assert [word for word in CONTRACT if f"    {word} " not in said] == []
    assert "exit codes:" in said


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["tick", "--now", "yesterday"], "'yesterday' is not a moment"),
        (["tick", "--now", "2014-02-30"], "'2014-02-30' is not a moment"),
        (["verify", "/nowhere/receipt.json"], "/nowhere/receipt.json cannot be read"),
        (["verify", "/"], "cannot be read"),
    ],
)
def test_a_mistake_is_one_sentence(words: list[str], named: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("duban: ")
    assert named in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["web", "--port", "0"],
        ["web", "--port", "65536"],
        ["web", "--workers", "0"],
        ["simulate"],
        ["simulate", "--matters", "0"],
        ["simulate", "--matters", "many"],
        ["token"],
        ["password"],
        ["retire"],
    ],
)
def test_a_wrong_option_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "named"),
    [(b"\xff\xfe", "not text"), (b"{", "not JSON"), (b"[1]", "no object")],
)
def test_what_is_no_receipt(
    content: bytes, named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "receipt.json"
    path.write_bytes(content)
    assert main(["verify", str(path)]) == 2
    assert named in capsys.readouterr().err


def _history() -> tuple[Event, ...]:
    with transaction.atomic():
        return record(
            "calendar",
            Entry(Kind.CALENDAR_AMENDED, {"day": "2014-01-26"}),
            Entry(Kind.CALENDAR_AMENDED, {"day": "2014-02-08"}),
            actor=SYSTEM,
            at=at("2014-01-07 09:00"),
        ).events


@pytest.mark.django_db
def test_verify_proves_the_journal_and_finds_a_changed_event(capsys: pytest.CaptureFixture[str]) -> None:
    first, _second = _history()
    assert main(["verify"]) == 0
    assert "The journal holds" in capsys.readouterr().out
    with unguarded():
        Event.objects.filter(pk=first.pk).update(facts={"day": "2014-01-27"})
    assert main(["verify"]) == 1
    assert "calendar #1: was changed after it was written" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize("wrapped", [False, True], ids=["receipt", "answer that carries one"])
def test_verify_proves_a_receipt(wrapped: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, _second = _history()
    receipt: dict[str, object] = {"stream": first.stream, "seq": first.seq, "hash": first.hash}
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps({"number": "…", "receipt": receipt} if wrapped else receipt))
    assert main(["verify", str(path)]) == 0
    path.write_text(json.dumps(receipt | {"hash": "0" * 64}))
    assert main(["verify", str(path)]) == 1
    assert "changed" in capsys.readouterr().out


@pytest.mark.django_db
def test_recount_agrees_on_an_empty_city(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recount"]) == 0
    assert "agree" in capsys.readouterr().out


@pytest.mark.django_db
def test_recount_says_what_waits_for_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    with transaction.atomic():
        record("order:1", Entry(Kind.ORDER_ISSUED), actor=SYSTEM, at=at("2014-01-07 09:00"))
    dead = {"dead_at": at("2014-01-08 09:00"), "attempts": 12, "error": "KeyError: 'unit'"}
    Outbox.objects.filter(consumer=Consumer.NOTICES.value).update(**dead)
    assert main(["recount"]) == 0
    assert "wait" not in capsys.readouterr().out
    Outbox.objects.filter(consumer=Consumer.LEDGERS.value).update(**dead)
    assert main(["recount"]) == 0
    said, verdict = capsys.readouterr().out.splitlines()
    assert said.startswith("1 event waits for a person, not entered yet and no difference (ledgers 1);")
    assert "agree" in verdict


@pytest.mark.django_db
def test_what_failed_for_good_is_listed_and_tried_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["revive"]) == 0
    assert "No delivery waits" in capsys.readouterr().out
    with transaction.atomic():
        record("matter:1", Entry(Kind.MATTER_ACCEPTED), actor=SYSTEM, at=at("2014-01-07 09:00"))
    row = Outbox.objects.get(consumer=Consumer.NOTICES.value)
    assert main(["revive", str(row.pk)]) == 2
    assert f"do not wait for a person: {row.pk}" in capsys.readouterr().err
    Outbox.objects.filter(pk=row.pk).update(
        dead_at=at("2014-01-08 09:00"), attempts=12, error="ConnectionError"
    )
    assert main(["revive"]) == 0
    said = capsys.readouterr().out
    assert f"{row.pk}  notices  matter:1 #1 matter.accepted  ConnectionError" in said
    assert main(["revive", "--all"]) == 0
    row.refresh_from_db()
    assert (row.dead_at, row.attempts, row.error) == (None, 0, "")


@pytest.mark.django_db
def test_a_token_speaks_for_its_account(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["token", "handler"]) == 0
    assert staff_of(capsys.readouterr().out.strip()) == cast.handler
    assert main(["token", "nobody"]) == 2
    assert capsys.readouterr().err.startswith("duban: ")


@pytest.mark.django_db
def test_a_password_is_set_on_the_server_for_whoever_nobody_may_help(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["password", "auditor"]) == 0
    new = capsys.readouterr().out.strip()
    assert Staff.objects.get(username="auditor").check_password(new)
    event = Event.objects.get(kind="account.changed")
    assert (event.stream, event.actor, event.facts) == (
        f"account:{cast.auditor.pk}",
        "system",
        {"password": True},
    )
    assert main(["password", "nobody"]) == 2
    assert capsys.readouterr().err.startswith("duban: ")


@pytest.mark.django_db
def test_who_watches_the_others_is_ended_on_the_server(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["retire", "auditor"]) == 0
    assert "auditor is ended" in capsys.readouterr().out
    assert not Staff.objects.get(username="auditor").is_active
    event = Event.objects.get(kind="account.changed")
    assert (event.actor, event.facts) == ("system", {"active": False})
    assert main(["retire", "nobody"]) == 2
    assert capsys.readouterr().err.startswith("duban: ")


@pytest.mark.django_db
def test_the_demo_wants_an_empty_city(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 2
    assert "already holds a city" in capsys.readouterr().err


@pytest.mark.django_db
def test_any_other_word_is_djangos(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["showmigrations", "journal"]) == 0
    assert "0002_guards" in capsys.readouterr().out
