"""Every verb's page: the form, what it does, what is refused with everything typed kept, and sending it twice."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.test import Client

from duban.catalogue.models import Standard
from duban.journal.models import Event
from duban.matters.models import Attachment, Commitment, Extension, Matter, Remark, ReturnRequest, Statement
from duban.matters.verbs.assigning import request_return
from duban.matters.verbs.registering import Registered
from duban.matters.verbs.timing import request_extension
from duban.people.models import Staff
from tests import city as planting

from ..conftest import As, page, photo, register_matter

CONTACT = {"contact_method": "phone", "contact_note": "电话联系，约好上门。"}


def here(registered: Registered, act: str = "") -> str:
    return f"/desk/matters/{registered.matter.number}{'/' if act else ''}{act}"


def now_at(registered: Registered) -> Matter:
    return Matter.objects.get(pk=registered.matter.pk)


def test_the_matter_offers_the_allowed_verbs_and_nothing_else(
    signed_in: As, registered: Registered, completed: Registered
) -> None:
    text = page(signed_in("handler").get(here(completed)))
    assert 'class="verbs"' not in text
    fresh = register_matter(planting.WU, planting.at("2014-01-07 08:00"))
    text = page(signed_in("handler").get(here(fresh)))
    verbs = re.findall(rf"{fresh.matter.number}/([a-z-]+)\"", text)
    assert verbs == ["acceptance", "return-request", "assist-request", "contact"]
    verbs = re.findall(rf"{fresh.matter.number}/([a-z-]+)\"", page(signed_in("head").get(here(fresh))))
    assert verbs == ["acceptance", "return-request", "handler", "assist-request", "contact"]
    assert 'class="verbs"' not in page(signed_in("leader").get(here(fresh)))


def test_the_matter_shows_story_facts_and_why_it_is_due(signed_in: As, handled: Registered) -> None:
    text = page(signed_in("handler").get(here(handled)))
    for words in ("受理并承诺", "农村安全饮水设施维修", "承诺", "作出承诺，当天不算", "罗**", "寨阳乡坪朗村"):
        assert words in text
    assert "罗家祥" not in text
    assert planting.LUO.mobile not in text


def test_acceptance_shows_each_standards_limit_fee_steps_and_last_day(
    signed_in: As, registered: Registered
) -> None:
    text = page(signed_in("handler").get(here(registered, "acceptance")))
    assert "农村安全饮水设施维修" in text
    assert "3 个工作日，不收费" in text
    assert "1月10日 周五到期" in text
    assert "受理登记 → 现场核实 → 办理答复" in text
    assert "占道经营清理" not in text  # another unit's


def test_accepting(signed_in: As, registered: Registered, standards: dict[str, Standard]) -> None:
    sent = {**CONTACT, "standard": standards["water"].pk}
    response = signed_in("handler").post(here(registered, "acceptance"), sent, follow=True)
    assert response.redirect_chain[-1][0] == here(registered)
    assert "已受理，承诺已经告知来件人。" in page(response)
    assert now_at(registered).state == "handling"
    assert Commitment.objects.get().promised_workdays == 3


def test_an_earlier_day_may_be_promised_in_any_spelling(
    signed_in: As, registered: Registered, standards: dict[str, Standard]
) -> None:
    sent = {**CONTACT, "standard": standards["water"].pk, "due_on": "２０１４/1/9"}
    assert signed_in("handler").post(here(registered, "acceptance"), sent).status_code == 302
    assert Commitment.objects.get().promised_workdays == 2


@pytest.mark.parametrize(("wrong", "status", "sentence"), [
    ({"due_on": "2014-01-13"}, 409, "承诺期限不能比清单宽"),
    ({"due_on": "2014-01-07"}, 409, "承诺的日期须在今天之后"),
    ({"due_on": "下周"}, 422, "日期须写成 年-月-日"),
    ({"due_on": "2014-02-30"}, 422, "日期须写成 年-月-日"),
    ({"standard": "我们自己定的"}, 409, "请从本单位的办理标准里选一项"),
    ({"standard": ""}, 409, "请从本单位的办理标准里选一项"),
    ({"standard": "999999"}, 409, "清单里没有这项办理标准"),
    ({"contact_note": " "}, 422, "受理前须先联系诉求人"),
    ({"contact_method": "pigeon"}, 422, "请选择联系方式"),
    ({"contact_note": "长" * 2001}, 422, "最多 2000 字"),
])  # fmt: skip
def test_a_bad_acceptance_says_what_to_mend_and_keeps_what_was_typed(
    signed_in: As,
    registered: Registered,
    standards: dict[str, Standard],
    wrong: dict[str, str],
    status: int,
    sentence: str,
) -> None:
    sent = {**CONTACT, "standard": str(standards["water"].pk), **wrong}
    response = signed_in("handler").post(here(registered, "acceptance"), sent)
    assert response.status_code == status
    assert sentence in page(response)
    assert sent["contact_note"].strip() in page(response)
    assert now_at(registered).state == "assigned"


def test_another_units_standard_is_refused(
    signed_in: As, registered: Registered, standards: dict[str, Standard]
) -> None:
    sent = {**CONTACT, "standard": standards["street"].pk}
    response = signed_in("handler").post(here(registered, "acceptance"), sent)
    assert response.status_code == 409
    assert "这是市城市管理局的办理标准" in page(response)


def test_a_confidential_petitioner_is_reached_through_the_system_only(
    signed_in: As, city: object, luo: planting.Person, standards: dict[str, Standard]
) -> None:
    registered = register_matter(luo, planting.at("2014-01-07 08:00"), confidential=True)
    client = signed_in("handler")
    text = page(client.get(here(registered)))
    assert "要求保密，本单位看不到" in text
    assert "罗**" not in text
    assert "/contact" not in text
    sent = {**CONTACT, "standard": standards["water"].pk}
    assert "只能通过系统联系" in page(client.post(here(registered, "acceptance"), sent))
    sent["contact_method"] = "system"
    assert client.post(here(registered, "acceptance"), sent).status_code == 302


def test_progress_with_a_photo_sent_twice_is_told_once(signed_in: As, handled: Registered) -> None:
    client = signed_in("handler")
    form = page(client.get(here(handled, "progress")))
    once = form.split('name="once" value="')[1].split('"')[0]
    for _n in range(2):
        sent = {"note": "水管已到村。", "once": once, "photos": photo()}
        assert client.post(here(handled, "progress"), sent).status_code == 302
    assert Remark.objects.get().text == "水管已到村。"
    assert Attachment.objects.get().part == "progress"


def test_a_refused_form_can_be_sent_again_with_its_slip(signed_in: As, handled: Registered) -> None:
    client = signed_in("handler")
    bad = client.post(here(handled, "progress"), {"note": "", "once": "slip-1"})
    assert bad.status_code == 422
    assert "请写明内容" in page(bad)
    assert client.post(here(handled, "progress"), {"note": "好了", "once": "slip-1"}).status_code == 302
    assert Remark.objects.count() == 1


def test_photos_wait_while_the_form_is_mended(signed_in: As, handled: Registered) -> None:
    client = signed_in("handler")
    bad = page(client.post(here(handled, "progress"), {"note": "", "photos": photo("主管.jpg")}))
    assert "主管.jpg" in bad
    waiting = bad.split('name="waiting" value="')[1].split('"')[0]
    assert client.post(here(handled, "progress"), {"note": "好了", "waiting": waiting}).status_code == 302
    assert Attachment.objects.count() == 1


def test_vague_words_are_pointed_out_before_a_completion_is_sent(signed_in: As, handled: Registered) -> None:
    client = signed_in("handler")
    sent = {"outcome": "solved", "statement": "将尽快研究研究。"}
    response = client.post(here(handled, "completion"), sent)
    assert "<mark>尽快</mark>" in page(response)
    assert "将尽快研究研究。" in page(response)
    assert not Statement.objects.exists()
    assert client.post(here(handled, "completion"), {**sent, "anyway": "1"}).status_code == 302
    assert now_at(handled).state == "completed"


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"outcome": ""}, "请选择办理结果"),
    ({"outcome": "cannot"}, "须写明原因"),
    ({"statement": ""}, "请写明做了什么"),
])  # fmt: skip
def test_a_bad_completion(signed_in: As, handled: Registered, wrong: dict[str, str], sentence: str) -> None:
    sent = {"outcome": "solved", "statement": "更换接头 4 处。", **wrong}
    response = signed_in("handler").post(here(handled, "completion"), sent)
    assert response.status_code == 422
    assert sentence in page(response)


def test_a_script_as_a_picture_is_refused_and_the_words_stay(signed_in: As, handled: Registered) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    script = SimpleUploadedFile("照片.jpg", b"<script>alert(1)</script>", "image/jpeg")
    sent = {"outcome": "solved", "statement": "更换接头 4 处。", "photos": script}
    response = signed_in("handler").post(here(handled, "completion"), sent)
    assert response.status_code == 422
    assert "不是照片" in page(response)
    assert "更换接头 4 处。" in page(response)


def test_a_return_from_request_over_signature_to_the_next_unit(signed_in: As, registered: Registered) -> None:
    handler, head, office = signed_in("handler"), signed_in("head"), signed_in("office")
    missing = handler.post(here(registered, "return-request"), {"reason": "", "suggested": ""})
    assert missing.status_code == 422
    assert "请写明应当交给哪个单位" in page(missing)
    sent = {"reason": "水厂属市城市管理局。", "suggested": "市城市管理局"}
    assert handler.post(here(registered, "return-request"), sent).status_code == 302
    assert "水厂属市城市管理局。" in page(head.get(here(registered, "return-signature")))
    assert head.post(here(registered, "return-signature")).status_code == 302
    ruling = page(office.get(here(registered, "return-ruling") + "?tray=returns"))
    assert 'value="市城市管理局"' in ruling  # suggested, filled in
    assert "吴建国" in ruling  # who signed
    sent = {"granted": "yes", "unit": "市城市管理局", "note": "", "tray": "returns"}
    response = office.post(here(registered, "return-ruling"), sent)
    assert response.headers["Location"] == "/office/trays/returns"
    assert now_at(registered).unit_id == "chengguan"


def test_a_ruling_needs_yes_or_no_and_no_needs_a_reason(
    signed_in: As, registered: Registered, city: planting.Cast
) -> None:
    request_return(
        matter=registered.matter.number, reason="不属本乡", suggested="chengguan",
        actor=city.handler.actor, now=planting.at("2014-01-06 16:00"),
    )  # fmt: skip
    office = signed_in("office")
    assert office.post(here(registered, "return-ruling"), {"note": "看过"}).status_code == 422
    response = office.post(here(registered, "return-ruling"), {"granted": "no", "unit": "chengguan"})
    assert response.status_code == 422
    assert "请写明理由" in page(response)
    assert ReturnRequest.objects.get().ruling == "pending"
    sent = {"granted": "no", "unit": "chengguan", "note": "水厂归乡里管。"}
    assert office.post(here(registered, "return-ruling"), sent).status_code == 302
    assert now_at(registered).unit_id == "zhaiyang"


def test_a_late_return_is_refused(
    signed_in: As, registered: Registered, clock: time_machine.Traveller
) -> None:
    clock.move_to(planting.at("2014-01-08 00:00"))
    client = signed_in("handler")
    assert "return-request" not in page(client.get(here(registered)))
    response = client.post(here(registered, "return-request"), {"reason": "不属", "suggested": "chengguan"})
    assert response.status_code == 409
    assert "退单须在交办后 1 个工作日内提出" in page(response)
    assert client.get(here(registered, "return-request")).headers["Location"] == here(registered)


def test_an_extension_from_request_to_ruling(signed_in: As, handled: Registered) -> None:
    handler, head, office = signed_in("handler"), signed_in("head"), signed_in("office")
    bad = handler.post(here(handled, "extension-request"), {"reason": "下雨", "due_on": "2014-01-09"})
    assert bad.status_code == 409
    assert "新的日期须晚于现在的期限" in page(bad)
    assert (
        handler.post(here(handled, "extension-request"), {"reason": "下雨", "due_on": ""}).status_code == 422
    )
    sent = {"reason": "连日下雨，13日前完成。", "due_on": "2014-01-13"}
    assert handler.post(here(handled, "extension-request"), sent).status_code == 302
    assert head.post(here(handled, "extension-signature")).status_code == 302
    assert "1月13日 周一" in page(office.get(here(handled, "extension-ruling")))
    assert office.post(here(handled, "extension-ruling"), {"granted": "yes", "note": ""}).status_code == 302
    assert Extension.objects.get().ruling == "granted"
    assert now_at(handled).clock_due_at == planting.at("2014-01-13 23:59:59")


def test_signing_what_is_signed_says_so(signed_in: As, handled: Registered, city: planting.Cast) -> None:
    request_extension(
        matter=handled.matter.number, reason="下雨", due_on=planting.at("2014-01-13 00:00").date(),
        actor=city.handler.actor, now=planting.at("2014-01-07 08:00"),
    )  # fmt: skip
    head = signed_in("head")
    assert head.post(here(handled, "extension-signature")).status_code == 302
    again = head.post(here(handled, "extension-signature"))
    assert again.status_code == 409
    assert "负责人已经签过字" in page(again)


def test_the_head_hands_over_inside_the_unit(signed_in: As, handled: Registered) -> None:
    head = signed_in("head")
    assert "现在的经办人" in page(head.get(here(handled, "handler")))
    refused = head.post(here(handled, "handler"), {"handler": "handler2"})
    assert refused.status_code == 409
    assert "经办人须是本单位的在岗人员" in page(refused)
    assert head.post(here(handled, "handler"), {"handler": "head"}).status_code == 302
    assert now_at(handled).handler == Staff.objects.get(username="head")
    assert signed_in("handler").post(here(handled, "handler"), {"handler": "head"}).status_code == 403


def test_the_office_assigns_by_a_units_name_and_goes_on_in_its_tray(
    signed_in: As, city: object, luo: planting.Person
) -> None:
    registered = register_matter(luo, planting.at("2014-01-07 08:00"), place="", title="别的事")
    office = signed_in("office")
    wrong = office.post(here(registered, "assignment"), {"unit": "没有这个局"})
    assert wrong.status_code == 409
    assert "没有这个单位" in page(wrong)
    assert "没有这个局" in page(wrong)
    sent = {"unit": "寨阳乡人民政府", "urgent": "on", "tray": "to_assign"}
    assert office.post(here(registered, "assignment"), sent).headers["Location"] == "/office/trays/to_assign"
    assert now_at(registered).unit_id == "zhaiyang"
    assert now_at(registered).urgent


def test_callback_and_closing_unrated(
    signed_in: As, completed: Registered, clock: time_machine.Traveller
) -> None:
    early = signed_in("office").post(here(completed, "callback"), {"result": "reached", "note": "打过"})
    assert early.status_code == 409
    clock.move_to(planting.at("2014-01-15 09:00"))
    office = signed_in("office")  # the session of last week has ended
    assert office.post(here(completed, "unrated-closure")).status_code == 409
    assert office.post(here(completed, "callback"), {"result": "", "note": ""}).status_code == 422
    sent = {"result": "not_reached", "note": "打了三次没人接。"}
    assert office.post(here(completed, "callback"), sent).status_code == 302
    assert office.post(here(completed, "unrated-closure")).status_code == 302
    assert now_at(completed).basis == "unrated"


def test_real_data_is_shown_once_after_a_reason_was_written_down(
    signed_in: As, registered: Registered
) -> None:
    client = signed_in("handler")
    asked = client.get(here(registered, "contact"))
    assert planting.LUO.mobile not in page(asked)
    assert client.post(here(registered, "contact"), {"reason": " "}).status_code == 422
    assert not Event.objects.filter(kind="citizen.unmasked").exists()
    shown = client.post(here(registered, "contact"), {"reason": "受理前电话联系"})
    assert planting.LUO.mobile in page(shown)
    assert "罗家祥" in page(shown)
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert Event.objects.filter(kind="citizen.unmasked").count() == 1
    assert "受理前电话联系" in page(client.get(here(registered)))  # the look stands in the staff's story


def test_an_official_has_no_way_to_give_a_verdict(signed_in: As, completed: Registered) -> None:
    for username in ("handler", "head", "office"):
        response = signed_in(username).post(here(completed, "verdict"), {"grade": "5"})
        assert response.status_code == 403
    assert now_at(completed).state == "completed"


@pytest.mark.parametrize("username", ["handler2", "clerk", "publisher", "inspector", "sysadmin", "auditor"])
@pytest.mark.parametrize("act", ["", "acceptance", "progress", "contact", "assignment"])
def test_a_matter_that_is_not_theirs_looks_like_none(
    signed_in: As, registered: Registered, username: str, act: str
) -> None:
    client = signed_in(username)
    assert client.get(here(registered, act)).status_code in (403, 404)
    if act:
        assert client.post(here(registered, act), {}).status_code in (403, 404)


def test_a_verb_nobody_has_is_not_found(signed_in: As, registered: Registered) -> None:
    assert signed_in("handler").get(here(registered, "approval")).status_code == 404
    assert signed_in("handler").get("/desk/matters/20140107-9999-9").status_code == 404


def test_a_lost_session_keeps_what_was_typed(
    client: Client, registered: Registered, standards: dict[str, Standard]
) -> None:
    sent = {**CONTACT, "standard": standards["water"].pk}
    response = client.post(here(registered, "acceptance"), sent)
    assert response.status_code == 302
    kept = response.headers["Location"]
    assert kept.startswith("/sign-in?next=")
    back = client.post(kept, {"username": "handler", "password": planting.PASSWORD})
    assert "电话联系，约好上门。" in page(back)
    assert here(registered, "acceptance") in page(back)
    assert now_at(registered).state == "assigned"
