"""The pages of the five checks, walked through by the office and looked at by the others."""

from __future__ import annotations

import re
from typing import Any

import pytest

from duban.matters.verbs.registering import Registered
from duban.supervision.models import CheckEvidence, CheckItem, CheckRun, Finding
from tests.web.conftest import As, page, photo

pytestmark = pytest.mark.django_db
WANTED = {
    "checklist": "acceptance",
    "rule": "all_open",
    "size": "5",
    "inspectors": ["office"],
    "due_on": "2014-01-14",
    "seed": "abc-1",
}
BAD = {"answer_0": "no", "answer_1": "yes", "answer_2": "yes", "answer_3": "na", "result": "problem"}


def start(signed_in: As, **changes: Any) -> CheckItem:
    """A check with the one open matter in it."""
    assert signed_in("office").post("/office/checks/new", WANTED | changes).status_code == 302
    return CheckItem.objects.select_related("run").get()


def item_path(item: CheckItem) -> str:
    return f"/office/checks/{item.run_id}/items/{item.pk}"


def test_before_the_first_check_the_pages_say_what_to_do(signed_in: As, city: Any) -> None:
    text = page(signed_in("office").get("/office/checks"))
    assert all(title in text for title in ("查受理", "查承诺", "查进展", "查办结", "查作风"))
    assert "还没有检查过" in text
    assert "开始一次检查" in text
    assert "开始一次检查" not in page(signed_in("leader").get("/office/checks"))
    assert "/office/checks" in page(signed_in("office").get("/office"))


def test_the_form_counts_before_it_draws(signed_in: As, registered: Registered) -> None:
    browser = signed_in("office")
    assert "全部未销号的，1 件" in page(browser.get("/office/checks/new?list=progress"))
    looked = browser.post("/office/checks/new", WANTED | {"kind": "permit", "look": "1"})
    assert looked.status_code == 200
    assert "全部未销号的，0 件" in page(looked)
    assert 'value="abc-1"' in page(looked)
    assert not CheckRun.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence", "status"),
    [
        ({"size": "很多"}, "整数", 422),
        ({"size": "101"}, "1 至 100", 422),
        ({"inspectors": []}, "至少选一位", 422),
        ({"due_on": "明天"}, "年-月-日", 422),
        ({"due_on": "2014-01-06"}, "不能早于今天", 422),
        ({"rule": "red"}, "没有可抽的事项", 409),
    ],
)
def test_a_form_to_mend_keeps_what_was_typed(
    signed_in: As, registered: Registered, changes: dict[str, Any], sentence: str, status: int
) -> None:
    answer = signed_in("office").post("/office/checks/new", WANTED | changes)
    assert answer.status_code == status
    assert sentence in page(answer)
    assert 'value="abc-1"' in page(answer)
    assert not CheckRun.objects.exists()


def test_a_double_click_starts_one_check(signed_in: As, registered: Registered) -> None:
    browser = signed_in("office")
    slip = re.search(r'name="once" value="([^"]+)"', page(browser.get("/office/checks/new")))
    assert slip
    for _click in range(2):
        assert browser.post("/office/checks/new", WANTED | {"once": slip[1]}).status_code == 302
    assert CheckRun.objects.count() == 1


def test_from_the_sample_to_the_report(signed_in: As, registered: Registered) -> None:
    browser, item = signed_in("office"), start(signed_in)
    assert "待查" in page(browser.get(f"/office/checks/{item.run_id}"))
    assert "五查抽中" not in page(signed_in("handler").get(f"/desk/matters/{registered.matter.number}"))

    short = browser.post(item_path(item), {"answer_0": "no", "result": "problem", "photos": [photo()]})
    assert short.status_code == 422
    assert "每个问题都要回答" in page(short)
    waiting = re.search(r'name="waiting" value="([^"]+)"', page(short))
    assert waiting
    silent = browser.post(item_path(item), BAD | {"waiting": waiting[1]})
    assert silent.status_code == 422
    assert "发现问题须写明" in page(silent)
    rosy = browser.post(item_path(item), BAD | {"result": "ok"})
    assert rosy.status_code == 409
    assert "答了“否”" in page(rosy)
    done = browser.post(item_path(item), BAD | {"note": "没有人联系过他。", "waiting": waiting[1]})
    assert done.status_code == 302

    evidence = CheckEvidence.objects.get()
    shown = page(browser.get(item_path(item)))
    assert f"/office/checks/evidence/{evidence.token}" in shown
    assert "没有人联系过他。" in shown
    second = browser.post(item_path(item), BAD | {"note": "又来"})  # a colleague was first
    assert second.status_code == 409
    assert "又来</textarea>" in page(second)
    assert "又来" not in page(browser.get(item_path(item)))
    assert browser.post(f"{item_path(item)}/note", {"text": ""}).status_code == 422
    assert browser.post(f"{item_path(item)}/note", {"text": "门牌是 12 号。"}).status_code == 302
    assert "门牌是 12 号。" in page(browser.get(item_path(item)))
    told = page(signed_in("handler").get(f"/desk/matters/{registered.matter.number}"))
    assert "五查抽中" in told
    assert "看检查记录" not in told

    assert browser.post(f"/office/checks/{item.run_id}", {"report": ""}).status_code == 422
    closed = browser.post(f"/office/checks/{item.run_id}", {"report": "一件，没有联系。"})
    assert closed.headers["Location"] == f"/office/checks/{item.run_id}/report"
    sheet = page(signed_in("member").get(closed.headers["Location"]))
    for part in ("abc-1", "重算抽样：一致", "没有人联系过他。", "一件，没有联系。", "门牌是 12 号。"):
        assert part in sheet
    assert "罗家祥" not in sheet


def test_a_tampered_run_says_so_on_its_report(signed_in: As, registered: Registered) -> None:
    item = start(signed_in)
    CheckRun.objects.update(candidates=[1, 2])
    assert "重算抽样：不一致" in page(signed_in("office").get(f"/office/checks/{item.run_id}/report"))


def test_evidence_is_for_those_who_see_checks(signed_in: As, registered: Registered) -> None:
    item = start(signed_in)
    browser = signed_in("office")
    sent = BAD | {"note": "没有人联系过他。", "photos": [photo()]}
    assert browser.post(item_path(item), sent).status_code == 302
    path = f"/office/checks/evidence/{CheckEvidence.objects.get().token}"
    answer = signed_in("leader").get(path)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert signed_in("handler").get(path).status_code == 404


def test_an_order_follows_from_the_page(signed_in: As, registered: Registered) -> None:
    item, browser = start(signed_in), signed_in("office")
    sent = {"colour": "yellow", "demand": "补联系。", "reply_by": "2014-01-10"}
    early = browser.post(f"{item_path(item)}/order", sent)
    assert early.status_code == 409
    browser.post(item_path(item), BAD | {"note": "没有人联系过他。"})
    assert browser.post(f"{item_path(item)}/order", sent | {"reply_by": "2014-01-01"}).status_code == 422
    assert browser.post(f"{item_path(item)}/order", sent).status_code == 302
    assert "督黄〔2014〕1号" in page(browser.get(item_path(item)))
    assert "督黄〔2014〕1号" in page(browser.get(f"/office/checks/{item.run_id}/report"))
    assert "补联系。" in page(signed_in("handler").get("/orders/2014-yellow-1"))


def test_amending_a_checklist(signed_in: As, city: Any) -> None:
    browser, sent = signed_in("office"), {"title": "查受理", "purpose": "看联系。", "items": "问一\n\n问二"}
    wrong = browser.post("/office/checklists/acceptance", sent | {"items": ""})
    assert wrong.status_code == 422
    assert "至少要有一个问题" in page(wrong)
    assert browser.post("/office/checklists/acceptance", sent).status_code == 302
    shown = page(browser.get("/office/checklists/acceptance"))
    assert "第 2 版" in shown
    assert "以前的版本" in shown
    assert browser.post("/office/checklists/acceptance", sent).status_code == 409
    assert "保存为新的一版" not in page(signed_in("member").get("/office/checklists/acceptance"))


def test_pages_take_a_constant_number_of_statements(
    signed_in: As, registered: Registered, django_assert_max_num_queries: Any
) -> None:
    item = start(signed_in)
    browser = signed_in("office")
    for path, most in (
        ("/office/checks", 7),
        (f"/office/checks/{item.run_id}", 8),
        (f"/office/checks/{item.run_id}/report", 9),
        (item_path(item), 9),
    ):
        with django_assert_max_num_queries(most):
            assert browser.get(path).status_code == 200
    assert not Finding.objects.exists()
