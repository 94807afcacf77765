"""Publication."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .marking import _

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "publication_not_allowed": _("诉求人没有同意公示这件事。"),
        "publication_too_early": _("办结以后才能公示。"),
        "publication_exists": _("这件事已经公示。"),
        "publication_none": _("这件事没有在公示。"),
        "personal_data_left": _("还有疑似个人信息：%(found)s。请隐去后再公示。"),
    }
)
