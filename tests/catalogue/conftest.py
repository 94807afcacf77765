"""The office that publishes, and a draft to publish."""

from __future__ import annotations

from datetime import datetime

from duban.catalogue.editions import Draft
from duban.core.rights import Actor, Role
from duban.core.zone import SHANGHAI

NOW = datetime(2013, 12, 9, 8, 0, tzinfo=SHANGHAI)
OFFICE = Actor("staff:1", frozenset({Role.OFFICE}), unit="ducha")
NOT_THE_OFFICE = [role for role in Role if role is not Role.OFFICE]


def stranger(role: Role) -> Actor:
    """Someone who is not the office."""
    return Actor("staff:2", frozenset({role}), unit="zhaiyang")


def draft(code: str = "zhaiyang-yinshui", **changed: object) -> Draft:
    """农村饮水设施小修, five workdays."""
    fields: dict[str, object] = {
        "code": code,
        "unit_code": "zhaiyang",
        "kind": "hardship",
        "title": "农村饮水设施小修",
        "steps": ("现场查看", "采购水管和配件", "抢修"),
        "limit_workdays": 5,
        "fee": "不收费",
        "basis": "《湖南省农村饮水安全工程管理办法》",
    }
    return Draft(**{**fields, **changed})  # type: ignore[arg-type]
