"""The API, version 1: its endpoints put together."""

from __future__ import annotations

from . import (
    ballots,
    checks,
    cockpit,
    cosigning,
    desk,
    follow_ups,
    handling,
    ledgers,
    meeting,
    office,
    orders,
    petitioner,
    policy,
    problems,
    public,
    published,
    publishing,
    sittings,
    together,
)
from .docs import Pages
from .document import Door

DESCRIPTION = """\
Every citizen's matter gets a number, a responsible unit, a promise, a light, and an end only the citizen can grant.

Instants are RFC 3339 with offset (+08:00), days `YYYY-MM-DD`. Problems are RFC 9457 `application/problem+json` with a
`code` for programs, a `detail` for people and, for contents, `errors` by field: 422 to be mended, 409 refused by a
rule, 403 no right, 404 not found, or not yours. Lists are `{"items": […], "next": cursor|null}`; the cursor goes into
`after`. Fields nobody knows are ignored. `Accept-Language` chooses Chinese (the default) or English.

Staff send `Authorization: Bearer TOKEN` (from `duban token USERNAME`), the petitioner `X-Query-Code`. There are no
cookies. Every write takes an `Idempotency-Key` (up to 255 characters, kept for three days): a retry is not done again
and gets the first answer, with `Idempotent-Replayed: true`; a refused write is not kept and is judged anew. Where
photos are taken, the content may be `multipart/form-data` with files named `photos` and the fields beside them, a dot
going one level down (`petitioner.name`).
"""

api = Door(
    title="Duban",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs=Pages(),
)
api.add_router("/matters", petitioner.router)
api.add_router("/matters", cosigning.petitioner)
api.add_router("/matters", ballots.voter)
api.add_router("/matters", ballots.anyone)
api.add_router("/cosignatures", cosigning.anyone)
api.add_router("/desk", desk.router)
api.add_router("/desk/matters", handling.router)
api.add_router("/desk/matters", office.router)
api.add_router("/desk", publishing.router)
api.add_router("/desk", together.router)
api.add_router("/desk", ballots.router)
api.add_router("/desk", orders.router)
api.add_router("/desk", checks.router)
api.add_router("/desk", meeting.router)
api.add_router("/desk", sittings.router)
api.add_router("/desk", follow_ups.router)
api.add_router("/desk", ledgers.router)
api.add_router("/desk", policy.router)
api.add_router("/desk", cockpit.router)
api.add_router("/orders", orders.open_router)
api.add_router("/ledgers", ledgers.open_router)
api.add_router("/public/matters", published.router)
api.add_router("", public.router)
problems.install(api)
