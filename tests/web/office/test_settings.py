"""Settings: calendar, figures, routes, the catalogue, accounts, the audit log; who may open which."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from duban.catalogue.models import CalendarDay, CalendarYear, Edition, PolicyVersion, RoutingRule, Standard
from duban.matters.verbs.registering import Registered
from duban.matters.verbs.unmasking import unmask
from duban.people.models import ApiToken, Staff
from duban.people.tokens import staff_of
from tests import city as planting

from ..conftest import As, page

EVERYONE = tuple(planting.ACCOUNTS)
OPEN_TO = {
    "/settings": EVERYONE,
    "/settings/password": EVERYONE,
    "/settings/tokens": EVERYONE,
    "/settings/calendar": ("office",),
    "/settings/calendar/2014": ("office",),
    "/settings/calendar/announce": ("office",),
    "/settings/policy": ("office",),
    "/settings/routing": ("office",),
    "/settings/catalogue": ("office",),
    "/settings/catalogue/new": ("office",),
    "/settings/accounts": ("sysadmin", "secadmin"),
    "/settings/accounts/new": ("sysadmin",),
    "/settings/audit": ("auditor",),
}


@pytest.mark.parametrize("path", OPEN_TO)
def test_each_page_opens_to_its_roles_only(signed_in: As, standards: object, path: str) -> None:
    for username in EVERYONE:
        expected = 200 if username in OPEN_TO[path] else 403
        assert signed_in(username).get(path).status_code == expected, username


def test_settings_show_only_what_opens(signed_in: As) -> None:
    assert "工作日历" in page(signed_in("office").get("/settings"))
    text = page(signed_in("auditor").get("/settings"))
    assert "审计日志" in text
    assert "工作日历" not in text


# ------------------------------------------------------------------ calendar


def test_a_day_becomes_a_holiday_and_plain_again(signed_in: As) -> None:
    office = signed_in("office")
    sent = {"day": "2014-03-03", "kind": "holiday", "name": "州庆"}
    assert office.post("/settings/calendar/2014", sent).headers["Location"] == "/settings/calendar/2014"
    assert CalendarDay.objects.get(day=date(2014, 3, 3)).name == "州庆"
    assert "州庆" in page(office.get("/settings/calendar/2014"))
    again = office.post("/settings/calendar/2014", sent)
    assert again.status_code == 409
    assert "已是这样安排的" in page(again)
    assert office.post("/settings/calendar/2014", {**sent, "kind": "plain", "name": ""}).status_code == 302


@pytest.mark.parametrize(("wrong", "status", "sentence"), [
    ({"day": "2014-02-30"}, 422, "日期须写成"),
    ({"day": ""}, 422, "请填写日期"),
    ({"kind": ""}, 422, "请选择放假"),
    ({"kind": "makeup"}, 422, "本来就是工作日"),
    ({"day": "1999-03-03"}, 409, "1999 年的工作日历还没有录入"),
])  # fmt: skip
def test_a_day_that_cannot_be(signed_in: As, wrong: dict[str, str], status: int, sentence: str) -> None:
    sent = {"day": "2014-03-03", "kind": "holiday", "name": "州庆", **wrong}
    response = signed_in("office").post("/settings/calendar/2014", sent)
    assert response.status_code == status
    assert sentence in page(response)


def test_a_year_is_announced_in_lines(signed_in: As) -> None:
    office = signed_in("office")
    lines = "2027-02-05 至 2027-02-11 休 春节\n\n2027-01-30 班 春节调休"
    sent = {"year": "2027", "status": "announced", "source": "国办发明电〔2026〕1号", "days": lines}
    assert office.post("/settings/calendar/announce", sent).headers["Location"] == "/settings/calendar/2027"
    assert CalendarYear.objects.get(year=2027).status == "announced"
    assert CalendarDay.objects.filter(day__year=2027).count() == 8
    assert "2027-02-05 至 2027-02-11 休 春节" in page(office.get("/settings/calendar/announce?year=2027"))


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"days": "二月五日放假"}, "这一行看不懂：二月五日放假"),
    ({"days": "2027-02-30 休 春节"}, "这一行看不懂"),
    ({"days": ""}, "这一项必须填写"),
    ({"days": "2026-02-05 休 春节"}, "不在 2027 年"),
    ({"year": "明年"}, "请填写整数"),
    ({"source": ""}, "这一项必须填写"),
])  # fmt: skip
def test_an_announcement_that_cannot_be(signed_in: As, wrong: dict[str, str], sentence: str) -> None:
    sent = {"year": "2027", "status": "announced", "source": "通知", "days": "2027-02-05 休 春节", **wrong}
    response = signed_in("office").post("/settings/calendar/announce", sent)
    assert response.status_code == 422
    assert sentence in page(response)


# -------------------------------------------------------------------- policy


def figures(client: Client) -> dict[str, str]:
    text = page(client.get("/settings/policy"))
    names = [part.split('"')[0] for part in text.split(' name="')[1:]]
    values = {}
    for name in names:
        if f'id="id_{name}" name="{name}" type="text" value="' in text:
            values[name] = text.split(f'name="{name}" type="text" value="')[1].split('"')[0]
    return values


def test_a_new_version_of_the_figures(signed_in: As) -> None:
    office = signed_in("office")
    sent = {**figures(office), "callback_days": "10", "note": "联席会议纪要 3 号"}
    assert office.post("/settings/policy", sent).status_code == 302
    assert PolicyVersion.objects.get().figures["callback_days"] == 10
    text = page(office.get("/settings/policy"))
    assert "办结后几天回访：7 → 10" in text
    assert "向志强：联席会议纪要 3 号" in text


def test_figures_that_cannot_be(signed_in: As) -> None:
    office = signed_in("office")
    whole = figures(office)
    assert office.post("/settings/policy", whole).status_code == 409
    response = office.post("/settings/policy", {**whole, "callback_days": "七天", "note": "保留"})
    assert response.status_code == 422
    assert "请填写整数" in page(response)
    assert "七天" in page(response)
    assert "保留" in page(response)
    response = office.post("/settings/policy", {**whole, "callback_days": "500"})
    assert "须在 1 至 90 之间" in page(response)


# ------------------------------------------------------------------- routing


def test_a_rule_is_added_and_switched_off(signed_in: As, city: object) -> None:
    office = signed_in("office")
    sent = {"place": "社塘坡", "kind": "", "keyword": "", "unit": "寨阳乡人民政府", "rank": "50"}
    assert office.post("/settings/routing", sent).status_code == 302
    rule = RoutingRule.objects.get(place="社塘坡")
    assert (rule.unit_code, rule.rank) == ("zhaiyang", 50)
    assert "社塘坡" in page(office.get("/settings/routing"))
    assert office.post(f"/settings/routing/{rule.pk}/end").status_code == 302
    assert "社塘坡" not in page(office.get("/settings/routing"))
    assert office.post(f"/settings/routing/{rule.pk}/end").status_code == 404
    assert signed_in("handler").post(f"/settings/routing/{rule.pk}/end").status_code == 403


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"unit": "没有这个局"}, "没有这个单位"),
    ({"place": ""}, "规则至少要有"),
    ({"rank": "先"}, "请填写整数"),
    ({"kind": "nonsense"}, "请选择这是哪一类事情"),
])  # fmt: skip
def test_a_rule_that_cannot_be(signed_in: As, city: object, wrong: dict[str, str], sentence: str) -> None:
    sent = {"place": "社塘坡", "kind": "", "keyword": "", "unit": "zhaiyang", "rank": "50", **wrong}
    response = signed_in("office").post("/settings/routing", sent)
    assert response.status_code == 422
    assert sentence in page(response)


# ----------------------------------------------------------------- catalogue

STANDARD = {
    "unit": "寨阳乡人民政府", "title": "村道水毁修复", "kind": "", "limit_workdays": "7", "fee": "不收费",
    "basis": "公路法", "steps": "现场查勘\n组织施工\n\n验收",
}  # fmt: skip


def test_changes_are_noted_shared_and_published_as_the_next_edition(
    signed_in: As, standards: dict[str, Standard], city: object
) -> None:
    office, water, lamps = signed_in("office"), standards["water"], standards["lamps"]
    assert office.post("/settings/catalogue/new", STANDARD).headers["Location"] == "/settings/catalogue"
    office.post(f"/settings/catalogue/{water.pk}", {**STANDARD, "title": water.title, "limit_workdays": "2"})
    office.post("/settings/catalogue/notes", {"retire": lamps.code})
    text = page(signed_in("office").get("/settings/catalogue"))  # a colleague sees the same notes
    assert "村道水毁修复" in text
    assert "<del>路灯维修</del>" in text
    assert Edition.objects.count() == 1  # nothing is in force before it is published
    assert office.post("/settings/catalogue", {"note": "雨季前"}).status_code == 302
    assert Edition.objects.get(number=2).note == "雨季前"
    current = {row.title: row.limit_workdays for row in Standard.objects.filter(until=None)}
    assert current["村道水毁修复"] == 7
    assert current[water.title] == 2
    assert "路灯维修" not in current
    water.refresh_from_db()
    assert water.limit_workdays == 3  # what was promised from stays
    empty = office.post("/settings/catalogue", {"note": ""})
    assert empty.status_code == 409
    assert "没有改动" in page(empty)


def test_a_note_can_be_taken_back(signed_in: As, standards: dict[str, Standard], city: object) -> None:
    office = signed_in("office")
    office.post("/settings/catalogue/notes", {"retire": standards["lamps"].code})
    office.post("/settings/catalogue/notes", {"forget": standards["lamps"].code})
    assert "<del>" not in page(office.get("/settings/catalogue"))


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"unit": "没有这个局"}, "没有这个单位"),
    ({"title": " "}, "这一项必须填写"),
    ({"limit_workdays": "三天"}, "请填写整数"),
    ({"basis": ""}, "请写明依据"),
    ({"steps": "\n"}, "请写明办理步骤"),
])  # fmt: skip
def test_a_standard_that_cannot_be(
    signed_in: As, standards: object, city: object, wrong: dict[str, str], sentence: str
) -> None:
    response = signed_in("office").post("/settings/catalogue/new", {**STANDARD, **wrong})
    assert response.status_code == 422
    assert sentence in page(response)
    assert "不收费" in page(response)


def test_a_limit_out_of_bounds_is_refused_when_it_is_published(
    signed_in: As, standards: object, city: object
) -> None:
    office = signed_in("office")
    office.post("/settings/catalogue/new", {**STANDARD, "limit_workdays": "400"})
    response = office.post("/settings/catalogue", {"note": ""})
    assert response.status_code == 422
    assert "办理时限须是 1 至 90 个工作日" in page(response)


# ------------------------------------------------------------------ accounts

NEWCOMER = {
    "username": "long.xiu",
    "display_name": "龙秀珍",
    "unit": "寨阳乡人民政府",
    "password": "river-stone-42",
}


def test_the_system_administrator_opens_and_the_security_administrator_gives_roles(
    signed_in: As, city: object
) -> None:
    sysadmin, secadmin = signed_in("sysadmin"), signed_in("secadmin")
    for _n in range(2):  # sent twice, opened once
        assert sysadmin.post("/settings/accounts/new", {**NEWCOMER, "once": "x"}).status_code == 302
    account = Staff.objects.get(username="long.xiu")
    here = f"/settings/accounts/{account.pk}"
    assert sysadmin.post(f"{here}/roles", {"roles": ["handler"]}).status_code == 403
    assert secadmin.post(f"{here}/roles", {"roles": ["handler", "head"]}).status_code == 302
    account.refresh_from_db()
    assert account.roles == ["handler", "head"]
    assert secadmin.post(f"{here}/password", {"password": "river-stone-43"}).status_code == 403
    assert "龙秀珍" in page(sysadmin.get("/settings/accounts?q=龙秀珍"))


def test_a_second_click_is_not_said_to_have_opened_an_account(signed_in: As, city: planting.Cast) -> None:
    sysadmin, typed = signed_in("sysadmin"), {**NEWCOMER, "once": "x"}
    assert "账号已开" in page(sysadmin.post("/settings/accounts/new", typed, follow=True))
    for again in (typed, {**typed, "username": "long.er"}):
        text = page(sysadmin.post("/settings/accounts/new", again, follow=True))
        assert "这一份已经提交过，没有再办一次。" in text
        assert "账号已开" not in text
    assert not Staff.objects.filter(username="long.er").exists()


def test_an_account_ends_and_opens_again(signed_in: As, city: planting.Cast) -> None:
    sysadmin, here = signed_in("sysadmin"), f"/settings/accounts/{city.handler.pk}"
    assert sysadmin.post(f"{here}/end").status_code == 302
    assert not Staff.objects.get(pk=city.handler.pk).is_active
    assert sysadmin.post(f"{here}/open").status_code == 302
    assert sysadmin.post(f"{here}/unit", {"unit": "市城市管理局"}).status_code == 302
    assert Staff.objects.get(pk=city.handler.pk).unit.code == "chengguan"
    assert sysadmin.post(f"{here}/password", {"password": "river-stone-44"}).status_code == 302
    assert sysadmin.post(f"{here}/nonsense").status_code == 404


def test_accounts_that_cannot_be(signed_in: As, city: planting.Cast) -> None:
    sysadmin, secadmin = signed_in("sysadmin"), signed_in("secadmin")
    wrong = {"username": "Handler!", "display_name": "", "unit": "没有这个局", "password": "12345"}
    response = sysadmin.post("/settings/accounts/new", wrong)
    assert response.status_code == 422
    for sentence in ("用户名须是", "请填写姓名", "没有这个单位", "密码太简单"):
        assert sentence in page(response)
    taken = sysadmin.post("/settings/accounts/new", {**NEWCOMER, "username": "handler"})
    assert "已经有人用了" in page(taken)
    here = f"/settings/accounts/{city.handler.pk}"
    both = secadmin.post(f"{here}/roles", {"roles": ["sysadmin", "auditor"]})
    assert both.status_code == 409
    assert "一个账号不能兼任" in page(both)
    assert secadmin.post(f"{here}/roles", {"roles": ["king"]}).status_code == 422
    assert sysadmin.post(f"{here}/password", {"password": "1"}).status_code == 422
    own = secadmin.post(f"/settings/accounts/{city.secadmin.pk}/roles", {"roles": ["office"]})
    assert own.status_code == 409


def test_the_other_administrators_passwords_are_not_the_system_administrators(
    signed_in: As, city: planting.Cast
) -> None:
    sysadmin = signed_in("sysadmin")
    for other in (city.secadmin, city.auditor):
        here = f"/settings/accounts/{other.pk}"
        shown = page(sysadmin.get(here))
        assert "duban password" in shown
        assert f"{here}/password" not in shown
        refused = sysadmin.post(f"{here}/password", {"password": "river-stone-44"})
        assert refused.status_code == 409
        assert "系统管理员不能重置" in page(refused)
        assert Staff.objects.get(pk=other.pk).check_password(planting.PASSWORD)


def test_none_of_the_three_gets_rid_of_another(signed_in: As, city: planting.Cast) -> None:
    for who, others, deed, word in (
        ("sysadmin", (city.secadmin, city.auditor), "end", "系统管理员不能停用"),
        ("secadmin", (city.sysadmin, city.auditor), "roles", "安全管理员不能收回"),
    ):
        client = signed_in(who)
        for other in others:
            here = f"/settings/accounts/{other.pk}"
            shown = page(client.get(here))
            assert f"duban retire {other.username}" in shown
            assert f"{here}/{deed}" not in shown
            refused = client.post(f"{here}/{deed}", {"roles": ["office"]})
            assert refused.status_code == 409
            assert word in page(refused)
            kept = Staff.objects.get(pk=other.pk)
            assert (kept.is_active, kept.roles) == (True, other.roles)


def test_ones_own_password(signed_in: As, city: planting.Cast) -> None:
    client = signed_in("handler")
    right = {"present": planting.PASSWORD, "password": "river-stone-45", "again": "river-stone-45"}
    for wrong in ({"present": "x"}, {"again": "y"}, {"password": "1", "again": "1"}):
        assert client.post("/settings/password", {**right, **wrong}).status_code == 422
    assert client.post("/settings/password", right).status_code == 302
    assert client.get("/settings").status_code == 200  # still signed in here
    assert Staff.objects.get(username="handler").check_password("river-stone-45")


def test_a_token_is_shown_once_and_can_be_revoked(signed_in: As, city: planting.Cast) -> None:
    client = signed_in("handler")
    text = page(client.post("/settings/tokens"))
    token = text.split('<code class="token">')[1].split("<")[0]
    assert staff_of(token) == city.handler
    assert token not in page(client.get("/settings/tokens"))
    row = ApiToken.objects.get()
    signed_in("head").post("/settings/tokens", {"revoke": row.pk})  # not theirs
    assert staff_of(token) == city.handler
    client.post("/settings/tokens", {"revoke": row.pk})
    assert staff_of(token) is None


def test_the_system_administrator_revokes_somebodys_token(signed_in: As, city: planting.Cast) -> None:
    signed_in("handler").post("/settings/tokens")
    row = ApiToken.objects.get()
    sysadmin, here = signed_in("sysadmin"), f"/settings/accounts/{city.handler.pk}"
    assert f"…{row.last4}" in page(sysadmin.get(here))
    assert sysadmin.post(f"{here}/tokens/{row.pk}/end").status_code == 302
    row.refresh_from_db()
    assert row.revoked_at is not None
    log = page(signed_in("auditor").get("/settings/audit?kind=token.revoked"))
    assert f"account:{city.handler.pk}" in log
    assert sysadmin.post(f"{here}/tokens/{row.pk + 1}/end").status_code == 302


# --------------------------------------------------------------------- audit


def test_the_auditor_reads_who_did_what_and_why_real_data_was_looked_at(
    signed_in: As, handled: Registered, city: planting.Cast
) -> None:
    number, when = handled.matter.number, planting.at("2014-01-07 08:00")
    unmask(matter=number, reason="核实断水户数", actor=city.handler.actor, now=when)
    auditor = signed_in("auditor")
    text = page(auditor.get("/settings/audit"))
    for words in ("查看实名", "核实断水户数", "石明亮", number):
        assert words in text
    assert "罗家祥" not in text
    only = page(auditor.get("/settings/audit?kind=matter.accepted&who=石明亮&on=2014-01-06"))
    assert "核实断水户数" not in only
    assert "受理并承诺" in only
    about = page(auditor.get(f"/settings/audit?about={number}"))
    assert "查看实名" in about
    assert "没有符合的记录" in page(auditor.get("/settings/audit?about=20140101-0001-1"))
    assert "没有符合的记录" in page(auditor.get("/settings/audit?who=nobody"))
    assert "没有符合的记录" in page(auditor.get("/settings/audit?on=2014-01-05"))
    assert auditor.get("/settings/audit?on=yesterday").status_code == 422


def test_the_log_pages_by_keyset(signed_in: As, city: object) -> None:
    auditor = signed_in("auditor")
    for _n in range(51):
        signed_in("sysadmin").post("/settings/tokens")
    text = page(auditor.get("/settings/audit?kind=token.issued"))
    assert text.count('role="row"') == 51  # with the heading
    following = text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert page(auditor.get(following)).count('role="row"') == 2


@pytest.mark.parametrize("asked", ["on=0001-01-01", "on=9999-12-31"])
def test_the_log_of_a_day_at_the_edge_is_empty(signed_in: As, city: object, asked: str) -> None:
    assert "没有符合的记录" in page(signed_in("auditor").get(f"/settings/audit?{asked}"))


@pytest.mark.parametrize("name", ["kind", "who", "about", "on"])
def test_the_log_cannot_be_asked_with_nul(signed_in: As, city: object, name: str) -> None:
    assert signed_in("auditor").get(f"/settings/audit?{name}=%00").status_code == 422
