"""The desk, read: the account, its work list, one matter with the verbs allowed next, the office's trays."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router
from pydantic import BeforeValidator

from duban.core.kinds import Channel
from duban.core.refusal import Unknown
from duban.core.rights import Role, Verb, require
from duban.evaluation.permitted import allowed
from duban.matters.assists import only_assists, seen_among
from duban.matters.linking import previous_of
from duban.matters.listing import listed, listed_in_tray
from duban.matters.models import Extension, Matter, ReturnRequest
from duban.matters.narrowing import Narrowing
from duban.matters.queries import (
    TRAYS,
    MatterFile,
    counts,
    file_of,
    lights_by_unit,
    petitioner_name,
    staff_matter,
    trays,
)
from duban.matters.timeline import Audience, timeline
from duban.matters.unnaming import unnamed_file, unnamed_matter, unnamed_story
from duban.people.models import Staff

from .answers import Json, answer, day, moment
from .bodies import with_photos
from .desk_shapes import City, DeskMatter, Lights, Me, Trays, Worklist
from .document import takes
from .drawing import described, filed, row_of, told, unit_of
from .forms import DeskRegistrationForm, Text, as_day
from .keys import Bearer, StaffRequest
from .registering import registered
from .retries import key_of
from .shapes import Registered
from .together_drawing import together_of

router = Router(tags=["desk"], auth=Bearer())
Limit = Annotated[int, Query(ge=1, le=200)]
Day = Annotated[date | None, BeforeValidator(as_day)]


@router.get("/me", response=Me, summary="Who am I")
def me(request: StaffRequest) -> HttpResponse:
    """The account the token speaks for."""
    staff = request.auth
    return answer(
        {
            "id": staff.pk,
            "username": staff.username,
            "display_name": staff.display_name,
            "roles": sorted(staff.roles),
            "unit": unit_of(staff.unit),
        }
    )


@router.get("/matters", response=Worklist, summary="The work list")
def list_matters(
    request: StaffRequest,
    status: Text = "",
    light: Text = "",
    unit: Text = "",
    kind: Text = "",
    state: Text = "",
    age: Text = "",
    township: Text = "",
    place: Text = "",
    standard: Text = "",
    since: Day = None,
    until: Day = None,
    after: Text = "",
    limit: Limit = 50,
) -> HttpResponse:
    """What the account may see, by what turns red next; `status` and `light` narrow it, `unit` for who sees the city.

    `kind`, `state`, `age` (`0-3`, `4-7`, `8-15`, `16-30`, `31` days since registration), the `township` its place
    belongs to (`-`: it names none), a text in the `place`, the title of a promised `standard` narrow it further.
    `since` and `until` are days of registration; with them, and with no status or light, the list is of every status,
    newest first.
    """
    now = timezone.now()
    narrowed = Narrowing(kind, state, age, place.strip(), standard.strip(), since, until, township.strip())
    page = listed(
        request.auth.actor,
        now,
        status=status,
        light=light,
        unit=unit,
        narrowed=narrowed,
        after=after,
        limit=limit,
    )
    return answer({"items": [row_of(row, now) for row in page.items], "next": page.next})


@router.post(
    "/matters",
    response={201: Registered},
    summary="Register on someone's behalf, or a directive",
    **takes(DeskRegistrationForm, photos=True),
)
def register_at_desk(request: StaffRequest) -> HttpResponse:
    """A terminal clerk registers for who walks in or calls; a leader registers a directive, without a petitioner."""
    form, sent = with_photos(request, DeskRegistrationForm)
    staff, key = request.auth, key_of(request)
    channel = Channel.TERMINAL if staff.actor.has(Role.CLERK) else Channel.API
    key = key and f"staff:{staff.pk}\n{key}"
    return registered(form, sent.photos, channel=channel, actor=staff.actor, key=key)


@router.get("/matters/{number}", response=DeskMatter, summary="One matter")
def see_matter(request: StaffRequest, number: str) -> HttpResponse:
    """Everything the account may see of it, and `allowed`: the verbs it could do next."""
    staff, now = request.auth, timezone.now()
    matter = staff_matter(number, staff.actor)
    file = file_of(matter, staff.actor)
    story = timeline(matter, audience=Audience.STAFF)
    if only_assists(matter, staff.actor):
        matter, file = unnamed_matter(matter), unnamed_file(file, matter)
        story = unnamed_story(story, matter)
    body = described(matter, now) | filed(matter, file, now) | _inside(matter, file, staff)
    body |= together_of(matter, staff.actor, now)
    seen = seen_among(file.later, staff.actor)
    body["later"] = [
        {"number": one.number, "title": one.title if one.pk in seen else ""} for one in file.later
    ]
    body["timeline"] = told(story)
    body["allowed"] = [verb.value for verb in allowed(matter, staff.actor, now)]
    return answer(body)


@router.get("/lights", response=Lights, summary="Running matters by light")
def count_lights(request: StaffRequest, unit: Text = "") -> HttpResponse:
    """Of all the matters the account sees."""
    found = counts(request.auth.actor, timezone.now(), unit=unit)
    return answer({light.value: number for light, number in found.items()})


@router.get("/units", response=City, summary="The city by unit and light")
def see_city(request: StaffRequest) -> HttpResponse:
    """Every unit's running matters, most red first. For the office, joint meeting members and leaders."""
    require(request.auth.actor, Verb.SEE_CITY)
    items = [
        {
            "unit": {"code": one.code, "name": one.name},
            "green": one.green,
            "yellow": one.yellow,
            "red": one.red,
        }
        for one in lights_by_unit(timezone.now())
    ]
    return answer({"items": items, "next": None})


@router.get("/trays", response=Trays, summary="The office's trays")
def count_trays(request: StaffRequest) -> HttpResponse:
    """How many matters wait in each."""
    require(request.auth.actor, Verb.SEE_CITY)
    return answer(dict(trays(timezone.now())))


@router.get("/trays/{name}", response=Worklist, summary="One tray")
def see_tray(request: StaffRequest, name: str, after: Text = "", limit: Limit = 50) -> HttpResponse:
    """`to_assign`, `returns`, `extensions`, `completed` or `silent`."""
    require(request.auth.actor, Verb.SEE_CITY)
    if name not in TRAYS:
        raise Unknown("not_found")
    now = timezone.now()
    page = listed_in_tray(name, now, after=after, limit=limit)
    return answer({"items": [row_of(row, now) for row in page.items], "next": page.next})


def _inside(matter: Matter, file: MatterFile, staff: Staff) -> dict[str, object]:
    """What only staff see."""
    name, person = petitioner_name(matter, staff.actor), matter.petitioner
    masked = (
        {"name": name, "id_number": person.masked_id, "mobile": person.masked_mobile}
        if name and person
        else None
    )
    earlier = previous_of(matter, staff.actor)
    return {
        "petitioner": masked,
        "previous": earlier.number if earlier else None,
        "issuer": matter.issuer.display_name if matter.issuer else None,
        "handler": matter.handler.display_name if matter.handler else None,
        "waits_for_ruling": matter.asks or None,
        "assignments": matter.assignments,
        "returns_granted": matter.returns_granted,
        "return_requests": [
            _asked(one) | {"unit": unit_of(one.unit), "suggested_unit": unit_of(one.suggested)}
            for one in file.return_requests
        ],
        "extensions": [
            _asked(one) | {"original_due_at": moment(one.original_due_at), "due_on": day(one.wanted_due_on)}
            for one in file.extensions
        ],
    }


def _asked(one: ReturnRequest | Extension) -> dict[str, object]:
    drawn: Json = {
        "requested_at": moment(one.requested_at),
        "requested_by": one.requested_by.display_name,
        "reason": one.reason,
        "signed_at": moment(one.signed_at),
        "ruling": one.ruling,
        "ruled_at": moment(one.ruled_at),
        "note": one.ruling_note,
    }
    return dict(drawn)
