"""The entries of the staff bar: what an account may open, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from duban.core.rights import Verb, may


@dataclass(frozen=True, slots=True)
class Entry:
    """One link. `name` is what a page sets as `here`."""

    name: str
    href: str
    label: str


# name, address, label, and the verbs of which an account needs one (none: every account)
ENTRIES: tuple[tuple[str, str, str, tuple[Verb, ...]], ...] = (
    ("desk", "/desk", _("工作台"), (Verb.ACCEPT,)),
    ("counter", "/desk/register", _("登记"), (Verb.REGISTER,)),
    ("office", "/office", _("全城"), (Verb.SEE_CITY,)),
    ("cockpit", "/office/cockpit", _("驾驶舱"), (Verb.SEE_COCKPIT,)),
    ("orders", "/desk/orders", _("督办件"), (Verb.SEE_ORDER,)),
    ("meeting", "/office/meeting", _("联席会议"), (Verb.SEE_MEETING,)),
    ("checks", "/office/checks", _("五查"), (Verb.SEE_CHECKS,)),
    ("ledgers", "/office/ledgers", _("绩效账"), (Verb.SEE_CITY,)),
    ("referrals", "/inspection/referrals", _("移交线索"), (Verb.SEE_REFERRALS,)),
    ("ballots", "/desk/ballots", _("测评"), (Verb.OPEN_BALLOT, Verb.ENTER_PAPER)),
    ("ledger", "/desk/ledger", _("我的账"), (Verb.ANSWER_ENTRY,)),
    ("publications", "/office/publications", _("公示"), (Verb.PUBLISH,)),
    ("catalogue", "/catalogue", _("事项清单"), ()),
    ("settings", "/settings", _("设置"), ()),
)


def workbar(user: Any) -> list[Entry]:
    """The entries for the account that looks at the page; none before sign-in."""
    if not getattr(user, "is_authenticated", False):
        return []
    actor = user.actor
    return [
        Entry(name, href, gettext(label))
        for name, href, label, verbs in ENTRIES
        if not verbs or any(may(actor, verb) for verb in verbs)
    ]
