"""`duban simulate`: a city of any size, written in bulk, for measuring.

Rows, journal and totals are as the verbs would have left them: the same functions move a matter and reckon its
clocks, in memory; only locking, rights and one-by-one writing are left out. `duban verify` and `duban recount`
prove the result.
"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from django.core.management.color import no_style
from django.db import connection, transaction

from duban.catalogue.book import book
from duban.catalogue.planting import plant_catalogue, plant_routes
from duban.core.events import Consumer
from duban.core.zone import SHANGHAI
from duban.evaluation.models import Verdict
from duban.journal.models import Event, Outbox
from duban.ledgers import entering, folding
from duban.matters.models import Commitment, Matter, Serial, Statement
from duban.matters.numbering import next_serial
from duban.people.citizens import id_index, mobile_index
from duban.people.models import Citizen, Staff
from duban.people.planting import plant_units
from duban.supervision.entering import enter

from .accounts import plant_accounts, troupe
from .hastening import analyse, unflushed
from .persons import full_name, person
from .replay import Progress
from .stories import Teller
from .swift import Fate, Life, Lives

BATCH = 1000
SHARES = {
    Fate.CLOSED: 0.930,
    Fate.COMPLETED: 0.030,
    Fate.HANDLING: 0.025,
    Fate.HANDLING_LATE: 0.003,
    Fate.ACCEPTING: 0.009,
    Fate.ACCEPTING_LATE: 0.003,
}
"""How the matters of a city that works stand on an ordinary day."""


def run(matters: int, seed: int, *, progress: Progress | None = None) -> None:
    """Add a city of so many matters; the same seed draws the same city. On an empty database it plants units,
    catalogue, and accounts without passwords first."""
    now = datetime.now(SHANGHAI).replace(microsecond=0)
    rng = random.Random(seed)  # noqa: S311 - a city that is the same every time, not a secret
    with unflushed():
        _found(now, rng)
        arrivals = _arrivals(now, rng, matters)
        lives = Lives(book(), troupe(), Teller(rng), rng, now)
        lives.next_commitment = _after(Commitment)
        lives.next_statement = _after(Statement)
        serial = _reserve(matters)
        for start in range(0, matters, BATCH):
            part = arrivals[start : start + BATCH]
            people = _citizens(rng, max(1, len(part) // 3), now)
            made = [
                lives.life(fate, at, serial + start + n, rng.choice(people))
                for n, (at, fate) in enumerate(part)
            ]
            _write(made)
            if progress:
                progress(start + len(part), matters)
        _reset_sequences()
        enter(now)
        analyse()


def _found(now: datetime, rng: random.Random) -> None:
    since = now - timedelta(days=4000)
    plant_units()
    plant_catalogue(now=since)
    plant_routes(now=since)
    if not Staff.objects.exists():
        plant_accounts(since, rng, password=None)


def _arrivals(now: datetime, rng: random.Random, matters: int) -> list[tuple[datetime, Fate]]:
    """When each is registered and how it stands, in order of time. About forty come a day, for up to ten years."""
    span = min(3600.0, max(120.0, matters / 40))
    days = {
        Fate.CLOSED: (25.0, span),
        Fate.COMPLETED: (4.0, 12.0),
        Fate.HANDLING: (0.2, 3.0),
        Fate.HANDLING_LATE: (16.0, 24.0),
        Fate.ACCEPTING: (0.01, 0.6),
        Fate.ACCEPTING_LATE: (4.0, 9.0),
    }
    fates = rng.choices(list(SHARES), list(SHARES.values()), k=matters)
    drawn = [(now - timedelta(seconds=round(86400 * rng.uniform(*days[fate]))), fate) for fate in fates]
    return sorted(drawn, key=lambda one: one[0])


@transaction.atomic
def _write(made: list[Life]) -> None:
    """One batch, in few statements. Foreign keys are checked at the end, so events may come first."""
    events = [event for life in made for event in life.events]
    Event.objects.bulk_create(events, batch_size=BATCH)
    for life in made:
        if life.ground is not None:
            life.matter.basis_event_id = life.ground.pk
    Matter.objects.bulk_create([life.matter for life in made], batch_size=BATCH)
    Commitment.objects.bulk_create([life.commitment for life in made if life.commitment])
    Statement.objects.bulk_create([life.statement for life in made if life.statement])
    Verdict.objects.bulk_create([life.verdict for life in made if life.verdict])
    alarms = [event for event in events if event.kind == "alarm.raised"]
    Outbox.objects.bulk_create(
        [Outbox(event=event, consumer=Consumer.ALARMS.value, next_at=event.at) for event in alarms]
    )
    folding.put([event for event in events if "now" in event.facts])
    entering.put(events)


def _citizens(rng: random.Random, number: int, now: datetime) -> list[Citizen]:
    """So many new people, each with an ID number nobody else has."""
    first = Citizen.objects.count()
    rows = []
    for n in range(first, first + number):
        born = date(1930, 1, 1) + timedelta(days=n % 25_000)
        who = person(full_name(rng), born, n // 25_000 % 1000, f"139{n % 10**8:08d}", "433127")
        rows.append(
            Citizen(
                name=who.name,
                id_number=who.id_number,
                mobile=who.mobile,
                id_index=id_index(who.id_number),
                mobile_index=mobile_index(who.mobile),
                created_at=now,
            )
        )
    return Citizen.objects.bulk_create(rows)


def _reserve(matters: int) -> int:
    """Take so many serials in a row; gives the first."""
    first = next_serial()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('matters_serial', 'id'), %s)", [first + matters - 1]
            )
    elif matters > 1:
        Serial.objects.create(pk=first + matters - 1)
    return first


def _after(model: type[Commitment] | type[Statement]) -> int:
    last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return (last or 0) + 1


def _reset_sequences() -> None:
    """Ids were given by hand; the database's own counters must go on behind them."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Commitment, Statement]):
            cursor.execute(statement)
