"""The petitioner's own matter: the four answers, the verdict, additions, taking it back, private photos."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from duban.matters.models import Attachment, Matter, Remark
from duban.matters.verbs.registering import Registered
from tests import city as planting

from .conftest import As, hidden, open_as_petitioner, page, photo, register_matter


def test_without_the_code_one_is_asked_for_it(client: Client, registered: Registered) -> None:
    number = registered.matter.number
    for path in ("", "/additions", "/withdrawal"):
        response = client.get(f"/matters/{number}{path}")
        assert response.headers["Location"] == f"/track?no={number}"
    assert client.post(f"/matters/{number}/verdict", {"grade": 5}).status_code == 302
    assert client.get(f"/matters/{number}/verdict").headers["Location"] == f"/matters/{number}#verdict"
    assert Matter.objects.get().state == "assigned"


def test_an_unknown_number_looks_the_same(client: Client, city: object) -> None:
    assert client.get("/matters/20140107-0001-1").headers["Location"] == "/track?no=20140107-0001-1"


def test_the_four_answers_of_an_assigned_matter(client: Client, registered: Registered) -> None:
    text = page(client.get(f"/matters/{open_as_petitioner(client, registered).number}"))
    assert "寨阳乡人民政府" in text
    assert "还没有承诺" in text
    assert "<dd>1月7日 周二</dd>" in text  # this year: without the year
    assert "临期" in text
    assert "罗**" in text
    assert "罗家祥" not in text


def test_the_promise_and_its_deadline_day_by_day(client: Client, handled: Registered) -> None:
    text = page(client.get(f"/matters/{open_as_petitioner(client, handled).number}"))
    assert "3 个工作日内办结" in text
    assert "为什么是1月9日" in text
    assert "作出承诺，当天不算" in text
    assert "第 3 天" in text
    assert "算到 23:59:59" in text
    assert "还剩 2 个工作日" in text


def test_a_matter_nobody_holds_waits_for_the_office(
    client: Client, city: object, luo: planting.Person
) -> None:
    registered = register_matter(luo, planting.at("2014-01-07 08:00"), place="", title="别的事")
    text = page(client.get(f"/matters/{open_as_petitioner(client, registered).number}"))
    assert "督查室" in text
    assert "正在确定由哪个单位办" in text


def test_a_good_verdict_closes(client: Client, completed: Registered) -> None:
    number = open_as_petitioner(client, completed).number
    text = page(client.get(f"/matters/{number}"))
    assert "这件事办好了吗" in text
    assert "提前 2 个工作日" in text
    response = client.post(f"/matters/{number}/verdict", {"grade": "4", "comment": "谢谢"}, follow=True)
    assert "谢谢您的评价" in page(response)
    assert Matter.objects.get().state == "closed"
    assert "这件事办好了吗" not in page(response)
    assert "补充情况" not in page(response)


def test_a_bad_verdict_sends_it_back(client: Client, completed: Registered) -> None:
    number = open_as_petitioner(client, completed).number
    response = client.post(f"/matters/{number}/verdict", {"grade": "2", "comment": "还是没水"}, follow=True)
    text = page(response)
    assert "已退回重办" in text
    assert "第 2 次办理" in text
    assert "退回重办，当天不算" in text
    assert Matter.objects.get().round == 2


def test_a_verdict_without_a_grade_keeps_the_words(client: Client, completed: Registered) -> None:
    number = open_as_petitioner(client, completed).number
    response = client.post(f"/matters/{number}/verdict", {"comment": "水压还是低"})
    assert response.status_code == 422
    assert "请在五个等级里选一个" in page(response)
    assert "水压还是低" in page(response)
    assert client.post(f"/matters/{number}/verdict", {"grade": "6"}).status_code == 422
    assert Matter.objects.get().state == "completed"


def test_a_second_verdict_is_told_so(client: Client, completed: Registered) -> None:
    number = open_as_petitioner(client, completed).number
    client.post(f"/matters/{number}/verdict", {"grade": "5"})
    response = client.post(f"/matters/{number}/verdict", {"grade": "1"})
    assert response.status_code == 409
    assert "<h2>您已经评价过" in page(response)
    assert "改好就能提交" not in page(response)
    assert re.search(r'<div class="errors"[^>]* id="errors" autofocus', page(response))
    assert Matter.objects.get().state == "closed"


def test_a_collective_matter_waits_for_its_ballot(
    client: Client, city: planting.Cast, luo: planting.Person, standards: dict[str, object]
) -> None:
    registered = register_matter(luo, planting.at("2014-01-06 15:00"), collective=True)
    from duban.matters.verbs.accepting import accept
    from duban.matters.verbs.handling import complete

    number, actor = registered.matter.number, city.handler.actor
    accept(
        matter=number,
        contact_method="phone",
        contact_note="电话联系。",
        standard=standards["water"].pk,  # type: ignore[attr-defined]
        actor=actor,
        now=planting.at("2014-01-06 16:00"),
    )
    complete(
        matter=number,
        outcome="solved",
        statement="修好了。",
        actor=actor,
        now=planting.at("2014-01-07 08:00"),
    )
    open_as_petitioner(client, registered)
    text = page(client.get(f"/matters/{number}"))
    assert "等群众测评" in text
    assert "提交评价" not in text
    assert "撤回这件事" not in text


def test_something_is_added_with_photos(client: Client, handled: Registered) -> None:
    number = open_as_petitioner(client, handled).number
    sent = {"text": "高处还有两户没水", "photos": [photo("一.jpg"), photo("二.jpg", (50, 50))]}
    response = client.post(f"/matters/{number}/additions", sent, follow=True)
    assert "补充已经交给承办单位" in page(response)
    assert "高处还有两户没水" in page(response)
    assert Attachment.objects.filter(part="addition").count() == 2


def test_photos_wait_while_the_text_is_mended(client: Client, handled: Registered) -> None:
    number = open_as_petitioner(client, handled).number
    response = client.post(f"/matters/{number}/additions", {"text": "", "photos": photo("水.jpg")})
    text = page(response)
    assert response.status_code == 422
    assert "请写明内容" in text
    assert "水.jpg" in text
    waiting = text.split('name="waiting" value="')[1].split('"')[0]
    client.post(f"/matters/{number}/additions", {"text": "补一张", "waiting": waiting})
    assert Attachment.objects.filter(part="addition").count() == 1


def test_a_bad_photo_does_not_lose_the_text(client: Client, handled: Registered) -> None:
    number = open_as_petitioner(client, handled).number
    bad = photo("假.jpg")
    bad.file.seek(0)
    bad.file.truncate(20)
    response = client.post(f"/matters/{number}/additions", {"text": "写了很多", "photos": bad})
    assert response.status_code == 422
    assert "写了很多" in page(response)
    assert not Remark.objects.exists()


def test_taking_back_is_asked_twice(client: Client, handled: Registered) -> None:
    number = open_as_petitioner(client, handled).number
    assert "不能恢复" in page(client.get(f"/matters/{number}/withdrawal"))
    response = client.post(f"/matters/{number}/withdrawal", {"reason": "自己修好了"})
    assert response.status_code == 422
    assert "请先勾选确认" in page(response)
    assert "自己修好了" in page(response)
    sent = {"reason": "自己修好了", "sure": "on"}
    response = client.post(f"/matters/{number}/withdrawal", sent, follow=True)
    assert "撤回并销号" in page(response)
    assert Matter.objects.get().basis == "withdrawn"
    assert client.post(f"/matters/{number}/withdrawal", sent).status_code == 409


def test_photos_are_for_the_petitioner_and_the_unit_alone(
    client: Client, city: planting.Cast, luo: planting.Person, handled: Registered
) -> None:
    number = open_as_petitioner(client, handled).number
    client.post(f"/matters/{number}/additions", {"text": "看照片", "photos": photo()})
    token = Attachment.objects.get().token
    mine = client.get(f"/attachments/{token}")
    assert mine.status_code == 200
    assert mine.headers["Content-Type"] == "image/jpeg"
    assert mine.headers["Cache-Control"] == "private, no-store"  # a terminal is shared
    assert mine.getvalue()[:2] == b"\xff\xd8"
    assert Client().get(f"/attachments/{token}").status_code == 404
    assert client.get("/attachments/nosuch").status_code == 404
    staff = Client()
    staff.force_login(city.handler)
    theirs = staff.get(f"/attachments/{token}")
    assert theirs.status_code == 200
    assert theirs.headers["Cache-Control"] == "private, no-store"
    assert theirs.getvalue()[:2] == b"\xff\xd8"
    elsewhere = Client()
    elsewhere.force_login(city.handler2)
    assert elsewhere.get(f"/attachments/{token}").status_code == 404


def test_the_page_asks_a_constant_number_of_statements(
    client: Client, completed: Registered, django_assert_max_num_queries: object
) -> None:
    number = open_as_petitioner(client, completed).number
    client.get(f"/matters/{number}")
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        client.get(f"/matters/{number}")


def test_what_was_typed_waits_until_the_matter_is_opened_again(client: Client, completed: Registered) -> None:
    number = completed.matter.number
    sent = {"grade": "2", "comment": "写了很久：还是没水"}
    location = client.post(f"/matters/{number}/verdict", sent).headers["Location"]
    text = page(client.get(location))
    assert "您刚才填的内容已经存好" in text
    kept = text.split('name="kept" value="')[1].split('"')[0]
    opened = client.post("/track", {"no": number, "code": completed.query_code, "kept": kept})
    assert "写了很久：还是没水" in page(opened)
    assert f'action="/matters/{number}/verdict"' in page(opened)
    assert client.post(f"/matters/{number}/verdict", sent).status_code == 302
    assert Matter.objects.get().round == 2


def test_an_addition_with_a_sign_no_database_holds_is_to_be_mended(
    client: Client, registered: Registered
) -> None:
    number = open_as_petitioner(client, registered).number
    assert client.post(f"/matters/{number}/additions", {"text": "还是停水\0"}).status_code == 422


def test_an_official_with_the_code_is_still_an_official(
    client: Client, city: planting.Cast, completed: Registered
) -> None:
    client.force_login(city.clerk, backend="django.contrib.auth.backends.ModelBackend")
    number = open_as_petitioner(client, completed).number
    response = client.post(f"/matters/{number}/verdict", {"grade": "5"})
    assert response.status_code == 403
    assert "工作人员不能代评" in page(response)
    assert Matter.objects.get(number=number).state == "completed"


@pytest.mark.parametrize("username", ["handler", "clerk", "office", "leader"])
def test_staff_do_nothing_in_the_petitioners_place(
    signed_in: As, completed: Registered, username: str
) -> None:
    browser = signed_in(username)
    number = open_as_petitioner(browser, completed).number
    for step, sent in (
        ("verdict", {"grade": "5"}),
        ("additions", {"text": "已经满意"}),
        ("withdrawal", {"sure": "on"}),
    ):
        refused = browser.post(f"/matters/{number}/{step}", sent)
        assert (step, refused.status_code) == (step, 403)
        if step != "verdict":
            assert browser.get(f"/matters/{number}/{step}").status_code == 403
    assert Matter.objects.get().state == "completed"
    assert not Remark.objects.filter(text="已经满意").exists()
    text = page(browser.get(f"/matters/{number}"))
    assert "这一页只能看" in text
    for path in ("verdict", "additions", "withdrawal"):
        assert f"/matters/{number}/{path}" not in text


def test_staff_invite_nobody_in_the_petitioners_place(
    signed_in: As, city: object, luo: planting.Person
) -> None:
    registered = register_matter(luo, planting.at("2014-01-06 15:00"), collective=True)
    browser = signed_in("office")
    number = open_as_petitioner(browser, registered).number
    assert browser.post(f"/matters/{number}/invitation").status_code == 403
    assert not hasattr(Matter.objects.get(), "invitation")


def test_the_terminal_says_what_the_opened_page_is_for(signed_in: As) -> None:
    text = page(signed_in("clerk").get("/desk/register"))
    assert "您登录着只能看" in text


def test_an_addition_sent_twice_is_entered_once(client: Client, handled: Registered) -> None:
    number = open_as_petitioner(client, handled).number
    path = f"/matters/{number}/additions"
    sent = {**hidden(page(client.get(path))), "text": "高处还有两户没水"}
    for said in ("补充已经交给承办单位", "这一份已经提交过"):
        assert said in page(client.post(path, sent, follow=True))
    assert Remark.objects.filter(text="高处还有两户没水").count() == 1


def test_a_refused_step_is_said_as_it_is(client: Client, completed: Registered) -> None:
    number = open_as_petitioner(client, completed).number
    client.post(f"/matters/{number}/verdict", {"grade": "5"})
    for step, sent in (("additions", {"text": "还有"}), ("withdrawal", {"sure": "on"})):
        response = client.post(f"/matters/{number}/{step}", sent)
        assert (step, response.status_code) == (step, 409)
        assert "改好就能提交" not in page(response)
