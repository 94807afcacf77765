"""A small city with a named cast, built straight into the tables: four units, twelve accounts, one edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.contrib.auth.hashers import make_password

from duban.catalogue.models import Edition, RoutingRule, Standard
from duban.catalogue.revisions import bump
from duban.core.identity import id_check_digit
from duban.core.zone import SHANGHAI
from duban.people.models import Staff, Unit
from duban.people.planting import seed

PASSWORD = "duban-demo"
UNITS = ("zhaiyang", "chengguan", "zhujian", "ducha")
ACCOUNTS = MappingProxyType(
    {  # user name (which is the role but for handler2) → name, unit
        "clerk": ("龙秀英", "zhaiyang"),
        "handler": ("石明亮", "zhaiyang"),
        "head": ("吴建国", "zhaiyang"),
        "handler2": ("张晓城", "chengguan"),
        "office": ("向志强", "ducha"),
        "member": ("田组长", "ducha"),
        "publisher": ("彭春燕", "ducha"),
        "leader": ("杨书记", "ducha"),
        "inspector": ("麻正清", "ducha"),
        "sysadmin": ("陈系统", "ducha"),
        "secadmin": ("李安全", "ducha"),
        "auditor": ("周审计", "ducha"),
    }
)
STANDARDS = MappingProxyType(
    {  # code → unit, kind, title, limit in workdays
        "water": ("zhaiyang", "hardship", "农村安全饮水设施维修", 3),
        "relief": ("zhaiyang", "hardship", "临时救助申请", 5),
        "reply": ("zhaiyang", "", "政策咨询答复", 1),
        "street": ("chengguan", "", "占道经营清理", 2),
        "lamps": ("chengguan", "suggestion", "路灯维修", 5),
        "housing": ("zhujian", "permit", "房屋产权证办理", 20),
    }
)


def at(text: str) -> datetime:
    """The instant a clock in Shanghai shows: at("2014-01-07 09:00")."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@dataclass(frozen=True)
class Person:
    """Someone who comes with a matter; what a form is filled in with."""

    name: str
    id_number: str
    mobile: str

    def form(self) -> dict[str, str]:
        """As the registration form names it."""
        return {"name": self.name, "id_number": self.id_number, "mobile": self.mobile}


def person(name: str, born: str, running: int, mobile: str, county: str = "433101") -> Person:
    """Somebody with a valid ID number: birth day as YYYYMMDD, running number 0 to 999."""
    first = f"{county}{born}{running:03d}"
    return Person(name, first + id_check_digit(first), mobile)


LUO = person("罗家祥", "19650312", 1, "13874300001")  # 寨阳乡坪朗村
WU = person("吴长生", "19580920", 5, "13574300002")  # 社塘坡乡强虎村 保洁员
TENG = person("滕文洋", "19790405", 3, "15174300003")  # 城区


@dataclass(frozen=True)
class Cast:
    """The accounts, by user name; `cast.handler.actor` does verbs."""

    clerk: Staff
    handler: Staff
    head: Staff
    handler2: Staff
    office: Staff
    member: Staff
    publisher: Staff
    leader: Staff
    inspector: Staff
    sysadmin: Staff
    secadmin: Staff
    auditor: Staff

    def __getitem__(self, username: str) -> Staff:
        found = getattr(self, username)
        assert isinstance(found, Staff)
        return found


def plant_units() -> dict[str, Unit]:
    """The four units, by code, under the names of the product's own list."""
    there = Unit.objects.in_bulk(UNITS, field_name="code")
    missing = [
        Unit(code=one.code, name=one.name, kind=one.kind, is_office=one.is_office)
        for one in seed()
        if one.code in UNITS and one.code not in there
    ]
    return there | {unit.code: unit for unit in Unit.objects.bulk_create(missing)}


def plant_cast(units: dict[str, Unit]) -> Cast:
    """The twelve accounts, each with the role of its name."""
    password = make_password(PASSWORD)
    people = [
        Staff(
            username=username,
            display_name=name,
            unit=units[unit],
            roles=[username.removesuffix("2")],
            password=password,
        )
        for username, (name, unit) in ACCOUNTS.items()
    ]
    return Cast(**{staff.username: staff for staff in Staff.objects.bulk_create(people)})


def plant_standards() -> dict[str, Standard]:
    """Edition 1 of the catalogue, by code, and two routes: 坪朗 → 寨阳乡, 路灯 → 城市管理局."""
    edition = Edition.objects.create(
        number=1, published_at=at("2013-12-01 09:00"), published_by="system", note="第一版"
    )
    made = Standard.objects.bulk_create(
        [
            Standard(
                code=code,
                unit_code=unit,
                kind=kind,
                title=title,
                steps=["受理登记", "现场核实", "办理答复"],
                limit_workdays=limit,
                fee="不收费",
                basis="市政府公布的办事清单",
                since=edition,
            )
            for code, (unit, kind, title, limit) in STANDARDS.items()
        ]
    )
    RoutingRule.objects.bulk_create(
        [
            RoutingRule(place="坪朗", unit_code="zhaiyang"),
            RoutingRule(keyword="路灯", unit_code="chengguan"),
        ]
    )
    bump()
    return {standard.code: standard for standard in made}
