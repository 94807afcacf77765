"""Days go by in a story: the site's clock is moved, the worker turns, and telephones ring."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING
from unittest.mock import patch

from django.utils import timezone

from duban.clockwork import ticking
from duban.notifications.channels import CHANNELS
from tests import city

if TYPE_CHECKING:
    import time_machine

    from duban.notifications.message import Message


@dataclass
class Days:
    """The clock everybody lives by, and the messages that have reached each address, oldest first."""

    clock: time_machine.Traveller
    messages: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def at(self, text: str) -> None:
        """It is now that hour of that day, and the worker has done what fell due until then."""
        self.clock.move_to(city.at(text))
        self.turn()

    def turn(self) -> None:
        """The worker turns once; what it sends arrives here."""
        sent = partial(ticking.deliver, channels=dict.fromkeys(CHANNELS, self))
        with patch.object(ticking, "deliver", sent):
            ticking.tick(timezone.now())

    def send(self, message: Message, key: str) -> None:
        """A message arrives."""
        self.messages[message.address].append(message.text)

    def last_told(self, address: str) -> str:
        """The latest message somebody got."""
        assert self.messages[address], f"nothing was sent to {address}"
        return self.messages[address][-1]

    def code_of(self, person: city.Person) -> str:
        """The code in somebody's latest message: six digits to co-sign, twice five to vote."""
        found = re.search(r"码(?:是)? (\d{6}|\d{5} \d{5})\b", self.last_told(person.mobile))
        assert found, self.last_told(person.mobile)
        return found[1]
