"""How each kind of event is told: a heading and a sentence. Kinds without a teller are not told."""

from __future__ import annotations

from collections.abc import Mapping

from duban.core.events import Kind

from . import ballots, handling, meeting, orders, together
from .saying import Teller

TELLERS: Mapping[Kind, Teller] = {
    **handling.TELLERS,
    **together.TELLERS,
    **ballots.TELLERS,
    **orders.TELLERS,
    **meeting.TELLERS,
}
