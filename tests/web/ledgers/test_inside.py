"""The ledgers inside: from a figure to its entries to the event; replying, appealing, ruling; points."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from duban.ledgers.entering import enter
from duban.ledgers.models import Appeal, EntryAnswer, LedgerEntry, ScoreVersion
from duban.matters.models import Matter
from duban.people.models import Staff
from duban.supervision.verbs.ordering import issue_order
from tests import city as planting
from tests.city import at
from tests.stage import Stage

As = Callable[[str], Client]


@pytest.fixture
def stage(city: planting.Cast, standards: dict[str, object]) -> Stage:
    return Stage({name: city[name] for name in planting.ACCOUNTS}, standards)  # type: ignore[arg-type]


@pytest.fixture
def late(stage: Stage, clock: time_machine.Traveller) -> LedgerEntry:
    """`handler` accepted a matter on 2014-02-07 that was due on the 30th of January."""
    stage.accept(stage.assigned(), now="2014-02-07 10:00")
    clock.move_to(at("2014-02-10 09:00"))
    while enter():
        pass
    return LedgerEntry.objects.get(item="accepted_late")


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return str(response.content.decode())


def test_from_a_unit_to_its_figure_to_the_entry_to_the_event(late: LedgerEntry, signed_in: As) -> None:
    office = signed_in("office")
    assert 'href="/office/ledgers/units/zhaiyang"' in text(office, "/office/ledgers?period=2014-02")
    unit = text(office, "/office/ledgers/units/zhaiyang")
    (figure,) = re.findall(r'href="([^"]*item=accepted_late)"', unit)
    listed = text(office, figure.replace("&amp;", "&"))
    assert f'href="/office/ledgers/entries/{late.pk}"' in listed
    page = text(office, f"/office/ledgers/entries/{late.pk}")
    assert late.event.hash in page
    assert f"{late.event.stream} #{late.event.seq}" in page
    assert late.matter is not None
    assert f'href="/desk/matters/{late.matter.number}"' in page
    assert "受理并承诺" in page


def test_an_entry_leads_to_its_matter_only_while_that_can_be_seen(late: LedgerEntry, signed_in: As) -> None:
    assert late.matter is not None
    link, handler = f'href="/desk/matters/{late.matter.number}"', signed_in("handler")
    pages = ("/desk/ledger", f"/office/ledgers/entries/{late.pk}", f"/desk/ledger/{late.pk}/answer")
    for path in pages:
        assert link in text(handler, path)
    Matter.objects.filter(pk=late.matter.pk).update(unit="chengguan")
    for path in pages:
        shown = text(handler, path)
        assert late.matter.number in shown
        assert link not in shown


def test_a_head_sees_the_units_account_and_another_does_not(late: LedgerEntry, signed_in: As) -> None:
    head = signed_in("head")
    assert 'href="/office/ledgers/units/zhaiyang"' in text(head, "/desk/ledger")
    assert "石明亮" in text(head, "/office/ledgers/units/zhaiyang")
    text(head, "/office/ledgers/units/chengguan", 404)
    text(signed_in("handler"), "/office/ledgers/units/zhaiyang", 404)


def test_an_official_answers_and_appeals_and_the_office_rules(late: LedgerEntry, signed_in: As) -> None:
    handler, office = signed_in("handler"), signed_in("office")
    assert "逾期受理" in text(handler, "/desk/ledger")
    page = text(handler, f"/office/ledgers/entries/{late.pk}")
    for saying in ("answer", "appeal"):
        assert f'href="/desk/ledger/{late.pk}/{saying}"' in page
    empty = handler.post(f"/desk/ledger/{late.pk}/appeal", {"reason": " "})
    assert empty.status_code == 422
    for _click in range(2):
        done = handler.post(f"/desk/ledger/{late.pk}/answer", {"text": "已致歉<b>。", "once": "slip1"})
        assert done.status_code == 302
        done = handler.post(f"/desk/ledger/{late.pk}/appeal", {"reason": "放假前才转来。", "once": "slip2"})
        assert done.status_code == 302
    assert (EntryAnswer.objects.count(), Appeal.objects.count()) == (1, 1)
    again = handler.post(f"/desk/ledger/{late.pk}/appeal", {"reason": "再申诉一次。", "once": "slip3"})
    assert again.status_code == 409
    assert "再申诉一次。" in again.content.decode()
    assert f'href="/office/appeals/{late.pk}"' in text(office, "/office/appeals")
    form = text(office, f"/office/appeals/{late.pk}")
    assert "放假前才转来。" in form
    assert "已致歉&lt;b&gt;。" in form
    assert office.post(f"/office/appeals/{late.pk}", {"granted": "yes"}).status_code == 422
    ruled = office.post(f"/office/appeals/{late.pk}", {"granted": "yes", "note": "情况属实。"})
    assert ruled.status_code == 302
    while enter():
        pass
    assert "<del>逾期受理</del>" in text(handler, "/desk/ledger")
    assert "申诉成立，已冲销" in text(handler, f"/office/ledgers/entries/{late.pk}")
    assert "情况属实" in text(handler, f"/office/ledgers/entries/{late.pk}")
    assert "没有待裁定的申诉" in text(office, "/office/appeals")
    assert "逾期受理" in text(office, "/office/appeals?ruled=1")


def test_the_office_previews_points_and_saves_them(
    late: LedgerEntry, signed_in: As, clock: time_machine.Traveller
) -> None:
    clock.move_to(at("2014-04-08 09:00"))
    office = signed_in("office")
    page = text(office, "/settings/scores")
    typed = dict(re.findall(r'name="([a-z_]+)" type="text" value="([^"]*)"', page))
    assert typed["order_red"] == "-10"
    draft = office.post("/settings/scores", {**typed, "accepted_late": "-50", "note": "", "preview": "1"})
    shown = draft.content.decode()
    assert draft.status_code == 200
    assert "2014 年第 1 季度按此计分会怎样" in shown
    assert re.search(r'data-label="试算得分" class="n">-53<', shown), shown
    assert "得分会变的单位 1 个，名次会变的 0 个。" in shown
    assert "名次写“—”的单位，办结不足" in shown
    assert not ScoreVersion.objects.exists()
    chosen = office.post("/settings/scores", {**typed, "note": "", "preview": "1", "quarter": "2014-Q1"})
    assert '<option value="2014-Q1" selected>' in chosen.content.decode()
    beyond = office.post("/settings/scores", {**typed, "accepted_late": "-500", "note": "", "preview": "1"})
    assert beyond.status_code == 422
    assert "按此计分会怎样" not in beyond.content.decode()
    clock.move_to(at("2014-11-08 09:00"))  # nothing in the quarter before: the last with entries is tried
    later = signed_in("office").post(
        "/settings/scores", {**typed, "accepted_late": "-50", "note": "", "preview": "1"}
    )
    assert "2014 年第 1 季度按此计分会怎样" in later.content.decode()
    clock.move_to(at("2014-04-08 09:00"))
    office = signed_in("office")
    wrong = office.post(
        "/settings/scores", {**typed, "solved": "多", "order_red": "-101", "note": "", "save": "1"}
    )
    assert wrong.status_code == 422
    saved = office.post("/settings/scores", {**typed, "accepted_late": "－5", "note": "从严", "save": "1"})
    assert saved.status_code == 302
    assert ScoreVersion.objects.get().since == "2014-05"
    assert "逾期受理：-2 → -5" in text(office, "/settings/scores")


def test_the_page_says_what_is_in_no_rate_and_why_nobody_has_a_rank(late: LedgerEntry, signed_in: As) -> None:
    page = text(signed_in("office"), "/office/ledgers?period=2014-02")
    assert re.search(r"全城此刻有：.*逾期未受理 \d+ 件", page)
    assert "名次写“—”的单位，办结不足" in page


def test_a_unit_s_page_counts_what_is_late_of_that_unit(
    late: LedgerEntry, stage: Stage, signed_in: As, clock: time_machine.Traveller
) -> None:
    for unit in ("zhaiyang", "chengguan", "chengguan"):
        stage.register("2014-02-10 09:00", title="没有受理的", unit=unit)
    clock.move_to(at("2014-02-14 09:00"))
    said = '里面，寨阳乡人民政府此刻有：<a href="{}">逾期未受理 1 件</a>'
    of_unit = "/office/matters?status=overdue_acceptance&amp;unit=zhaiyang"
    assert said.format(of_unit) in text(signed_in("office"), "/office/ledgers/units/zhaiyang")
    own = "/desk?status=overdue_acceptance"
    assert said.format(own) in text(signed_in("head"), "/office/ledgers/units/zhaiyang")
    assert "全城此刻有：" in text(signed_in("office"), "/office/ledgers")
    for username, href in (("office", of_unit.replace("&amp;", "&")), ("head", own)):
        assert text(signed_in(username), href).count('class="job"') == 1


def test_the_workbook_holds_texts_and_no_formula(late: LedgerEntry, signed_in: As) -> None:
    Staff.objects.filter(username="handler").update(display_name="=HYPERLINK(1)")
    response = signed_in("office").get("/office/ledgers/export?period=2014-02")
    assert response.status_code == 200
    assert "ledgers-2014-02.xlsx" in response.headers["Content-Disposition"]
    book = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    sheets = [
        book.read(name).decode()
        for name in sorted(book.namelist())
        if "/sheet" in name and name.endswith(".xml")
    ]
    assert len(sheets) == 3
    summary, performance, conduct = sheets
    assert "<f>" not in "".join(sheets)
    assert "=HYPERLINK(1)" in conduct
    assert late.event.hash in conduct
    assert late.event.hash not in performance
    assert "按时受理的件数 ÷ 受理的件数" in summary
    assert "寨阳乡" in summary


def test_every_figure_of_an_official_opens_its_entries(late: LedgerEntry, signed_in: As) -> None:
    """Both ledgers, with points month by month; also the official's own page leads there."""
    page = f"/office/ledgers/officials/{late.staff_id}"
    whole = text(signed_in("head"), page)
    for name in ("作风账", "得分"):
        assert f"<h2>{name}</h2>" in whole
    link = f"{page}?month={late.month}&amp;item={late.item}"
    assert link in whole
    opened = text(signed_in("head"), link.replace("&amp;", "&"))
    assert f"/office/ledgers/entries/{late.pk}" in opened
    assert opened.count("/office/ledgers/entries/") == 1
    assert page in text(signed_in("handler"), "/desk/ledger")
    assert "没有这样的账" in text(signed_in("handler"), f"{page}?month=2013-01")


def test_pages_cost_the_same_however_long_the_ledgers_are(
    late: LedgerEntry, stage: Stage, signed_in: As
) -> None:
    office = signed_in("office")
    pages = (
        "/office/ledgers?period=2014-02",
        "/office/ledgers/units/zhaiyang",
        "/office/ledgers/units/zhaiyang/entries?month=2014-02",
        f"/office/ledgers/officials/{late.staff_id}",
        "/office/appeals",
    )

    def statements() -> list[int]:
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as seen:
                text(office, page)
            found.append(
                sum("catalogue_revision" not in one["sql"] for one in seen)
            )  # looked at once a second
        return found

    statements()
    before = statements()
    for house in range(4):
        stage.accept(stage.assigned(title=f"坪朗村第{house + 1}户缺水"), now="2014-02-07 11:00")
    while enter():
        pass
    assert statements() == before


@pytest.mark.parametrize("path", ["/office/ledgers?period=x", "/office/ledgers/export?period=2014-13"])
def test_what_is_no_period_is_no_stumble(city: planting.Cast, signed_in: As, path: str) -> None:
    assert signed_in("office").get(path).status_code == 422


@pytest.mark.parametrize("query", ["month=%00", "item=nothing", "after=zzz", "month=2014-99"])
def test_odd_questions_are_no_stumble(late: LedgerEntry, signed_in: As, query: str) -> None:
    response = signed_in("office").get(f"/office/ledgers/units/zhaiyang/entries?{query}")
    assert response.status_code in (200, 422)


def test_a_head_appeals_for_the_unit_from_the_own_account(
    late: LedgerEntry, stage: Stage, signed_in: As
) -> None:
    issue_order(
        colour="yellow", demand="整改。", reply_by=None, unit="zhaiyang", actor=stage["office"],
        now=at("2014-02-10 08:00"),
    )  # fmt: skip
    while enter():
        pass
    entry = LedgerEntry.objects.get(item="order_yellow")
    head, handler = signed_in("head"), signed_in("handler")
    own = text(head, "/desk/ledger")
    assert "记在单位名下的" in own
    assert f'href="/office/ledgers/entries/{entry.pk}"' in own
    assert f'href="/office/ledgers/entries/{late.pk}"' not in own  # the handler's
    assert "记在单位名下的" not in text(handler, "/desk/ledger")
    assert f'href="/desk/ledger/{entry.pk}/appeal"' in text(head, f"/office/ledgers/entries/{entry.pk}")
    done = head.post(f"/desk/ledger/{entry.pk}/appeal", {"reason": "不是我们的路段。", "once": "slip1"})
    assert done.status_code == 302
    assert handler.post(f"/desk/ledger/{entry.pk}/appeal", {"reason": "替单位说。"}).status_code == 404
    office = signed_in("office")
    assert "黄色督办件 · 单位" in text(office, "/office/appeals")
    assert stage.staff["head"].display_name in text(office, f"/office/appeals/{entry.pk}")
    office.post(f"/office/appeals/{entry.pk}", {"granted": "yes", "note": "路段划错了。", "once": "slip2"})
    while enter():
        pass
    assert "<del>黄色督办件</del>" in text(head, "/desk/ledger")
    assert "路段划错了" in text(head, f"/office/ledgers/entries/{entry.pk}")


def test_nobody_types_what_cannot_be_said_any_more(
    late: LedgerEntry, signed_in: As, clock: time_machine.Traveller
) -> None:
    handler, head, shown = signed_in("handler"), signed_in("head"), f"/office/ledgers/entries/{late.pk}"
    answer, appeal = f"/desk/ledger/{late.pk}/answer", f"/desk/ledger/{late.pk}/appeal"
    text(head, shown)
    text(head, answer, 404)  # a colleague's, which the head reads
    assert handler.post(answer, {"text": "已致歉。"}).status_code == 302
    again = handler.get(answer)
    assert (again.status_code, again.headers["Location"]) == (302, shown)
    told = text(handler, shown)
    assert "已经答复过" in told
    assert f'href="{answer}"' not in told
    assert f'href="{appeal}"' in told
    clock.move_to(at("2014-02-24 09:00"))  # ten workdays after the 7th ended on the 21st
    handler = signed_in("handler")
    assert handler.get(appeal).headers["Location"] == shown
    told = text(handler, shown)
    assert "10 个工作日" in told
    assert f'href="{appeal}"' not in told
    typed = handler.post(appeal, {"reason": "放假前才转来。"})
    assert typed.status_code == 409
    assert "放假前才转来。" in str(typed.content.decode())
