"""Real names (domain rule 17)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from duban.core import identity
from duban.core.identity import Unacceptable, id_check_digit, id_number, masked_id, masked_mobile, masked_name
from duban.core.refusal import SENTENCES, check

from .year_2014 import QUICK, day, odd_text

TODAY = day("2014-04-07")


def _id(birth: str, county: str = "433101", order: str = "001") -> str:
    body = f"{county}{birth}{order}"
    return body + id_check_digit(body)


def _problem(ask: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Unacceptable) as refused:
        ask(*args, **kwargs)
    check(refused.value.code, refused.value.params)  # it has a sentence, and every place in it is filled
    return refused.value.code


GOOD = "433101196503072714"
WITH_X = next(number for n in range(100, 200) if (number := _id("19650307", order=str(n)))[-1] == "X")


def test_the_examples_of_the_standard() -> None:
    assert id_check_digit("11010519491231002") == "X"  # GB 11643-1999
    assert id_check_digit("44052418800101001") == "4"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        (WITH_X, WITH_X),
        (WITH_X.lower(), WITH_X),
        (f"  {WITH_X[:6]} {WITH_X[6:14]} {WITH_X[14:]}\n", WITH_X),
        (f"{WITH_X[:6]}-{WITH_X[6:14]}–{WITH_X[14:]}", WITH_X),
        ("".join(chr(ord(char) + 0xFEE0) for char in WITH_X), WITH_X),
        ("".join(chr(ord(char) + 0xFEE0) for char in WITH_X.lower()), WITH_X),
        (f"\u202d{WITH_X}\u202c", WITH_X),
        (_id("20140407"), _id("20140407")),  # born today
        (_id("20120229"), _id("20120229")),
        (_id("18800101"), _id("18800101")),
    ],
)
def test_one_spelling_of_an_id_number(typed: str, plain: str) -> None:
    assert id_number(typed, today=TODAY) == plain


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "id_missing"),
        ("  \u3000\u200b", "id_missing"),
        ("433101650307271", "id_fifteen"),
        ("４３３１０１６５０３０７２７１", "id_fifteen"),
        (WITH_X[:17], "id_shape"),
        (WITH_X + "1", "id_shape"),
        (WITH_X[:16] + "XX", "id_shape"),
        ("0" + WITH_X[1:], "id_shape"),
        ("请看身份证", "id_shape"),
        ("٤٣٣١٠١١٩٦٥٠٣٠٧٢٧١X", "id_shape"),  # digits, but of another script
        (_id("20140230"), "id_no_such_day"),
        (_id("20130229"), "id_no_such_day"),
        (_id("19000229"), "id_no_such_day"),
        (_id("19651301"), "id_no_such_day"),
        (_id("19650100"), "id_no_such_day"),
        (_id("00000101"), "id_birth_year"),
        (_id("18491231"), "id_birth_year"),
        (_id("20140408"), "id_future_birth"),  # tomorrow
        (_id("20990101"), "id_future_birth"),
        (WITH_X[:17] + "0", "id_check_digit"),
    ],
)
def test_refused_id_numbers(typed: str, code: str) -> None:
    assert _problem(id_number, typed, today=TODAY) == code


def test_the_sentence_names_the_day_that_never_was() -> None:
    with pytest.raises(Unacceptable) as refused:
        id_number(_id("20130229"), today=TODAY)
    assert "2013年2月29日" in SENTENCES[refused.value.code] % refused.value.params


bodies = st.builds(
    lambda county, born, order: f"{county}{born:%Y%m%d}{order:03d}",
    st.sampled_from(["433101", "433122", "110105", "360426"]),
    st.dates(date(1995, 1, 1), TODAY),
    st.integers(0, 999),
)


@QUICK
@given(bodies, st.sampled_from("0123456789X"))
def test_python_stdnum_agrees(body: str, last: str) -> None:
    right = ric.calc_check_digit(body + "0")
    assert id_check_digit(body) == right
    assert id_number(body + right, today=TODAY) == ric.validate(body + right) == body + right
    if last != right:
        assert not ric.is_valid(body + last)
        assert _problem(id_number, body + last, today=TODAY) == "id_check_digit"


@QUICK
@given(bodies, st.data())
def test_a_mistyped_digit_or_two_swapped_neighbours_are_never_taken(body: str, data: st.DataObject) -> None:
    whole = body + id_check_digit(body)
    place = data.draw(st.integers(0, 16))
    digit = data.draw(st.sampled_from("0123456789"))
    swapped = whole[:place] + whole[place + 1] + whole[place] + whole[place + 2 :]
    for wrong in {whole[:place] + digit + whole[place + 1 :], swapped} - {whole}:
        with pytest.raises(Unacceptable):
            id_number(wrong, today=TODAY)


@QUICK
@given(st.integers(-40_000, 40_000))
def test_a_birth_is_refused_only_in_the_future(days: int) -> None:
    born = TODAY + timedelta(days=days)
    number = _id(f"{born:%Y%m%d}")
    if days <= 0:
        assert id_number(number, today=TODAY) == number
    else:
        assert _problem(id_number, number, today=TODAY) == "id_future_birth"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("13800000000", "13800000000"),
        ("19999999999", "19999999999"),
        ("138 0000 0000", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("+8613800000000", "13800000000"),
        ("+86 138 0000 0000", "13800000000"),
        ("(+86)138-0000-0000", "13800000000"),
        ("（＋８６）１３８００００００００", "13800000000"),
        ("008613800000000", "13800000000"),
        ("8613800000000", "13800000000"),
        ("\u202d13800000000\u202c", "13800000000"),
    ],
)
def test_one_spelling_of_a_mobile(typed: str, plain: str) -> None:
    assert identity.mobile(typed) == plain


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "mobile_missing"),
        (" - ", "mobile_missing"),
        *((f"1{second}800000000", "mobile_shape") for second in "012"),
        ("1380000000", "mobile_shape"),
        ("138000000000", "mobile_shape"),
        ("+8612800000000", "mobile_shape"),
        ("+85291234567", "mobile_shape"),
        ("0743-8222222", "mobile_shape"),
        ("138٠٠٠٠٠٠٠٠", "mobile_shape"),
        ("138 0000 000o", "mobile_shape"),
    ],
)
def test_refused_mobiles(typed: str, code: str) -> None:
    assert _problem(identity.mobile, typed) == code


@pytest.mark.parametrize("second", "3456789")
def test_every_mobile_range_from_13_to_19(second: str) -> None:
    assert identity.mobile(f"1{second}012345678") == f"1{second}012345678"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("罗家祥", "罗家祥"),
        ("  吴长生 ", "吴长生"),
        ("𠮷㛃", "𠮷㛃"),  # U+20BB7 counts as one character
        ("李㛃", "李㛃"),
        ("王〇", "王〇"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("扎西 顿珠", "扎西 顿珠"),
        ("扎西\u3000\u3000顿珠", "扎西 顿珠"),
        ("ئالىم", "ئالىم"),  # Uyghur
        ("བཀྲ་ཤིས"[:3] + "ཤིས", "བཀྲ" + "ཤིས"),  # Tibetan, with vowel signs
        ("Jean-Luc O'Brien Jr.", "Jean-Luc O'Brien Jr."),
        ("Zoe\u0308", "Zoë"),  # NFC
        ("罗\u200b家祥", "罗家祥"),
        ("欧" * 50, "欧" * 50),
    ],
)
def test_one_spelling_of_a_name(typed: str, plain: str) -> None:
    assert identity.name(typed) == plain


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "name_missing"),
        (" \u3000\u200b", "name_missing"),
        ("罗", "name_length"),
        ("𠮷", "name_length"),
        ("欧" * 51, "name_length"),
        ("罗家祥1", "name_characters"),
        ("罗家祥😀", "name_characters"),
        ("<b>罗</b>", "name_characters"),
        ("罗,家祥", "name_characters"),
        ("罗家\x00祥", "name_characters"),
        ("罗家\ud800", "name_characters"),
        ("··", "name_characters"),
        ("·罗家祥", "name_characters"),
        ("--", "name_characters"),
    ],
)
def test_refused_names(typed: str, code: str) -> None:
    assert _problem(identity.name, typed) == code


@QUICK
@given(odd_text)
def test_whatever_is_typed_gives_one_settled_spelling_or_a_sentence(text: str) -> None:
    for ask in (identity.name, identity.mobile, lambda typed: id_number(typed, today=TODAY)):
        try:
            plain = ask(text)
        except Unacceptable as refused:
            check(refused.code, refused.params)
        else:
            assert ask(plain) == plain


@pytest.mark.parametrize(
    ("mask", "plain", "shown"),
    [
        (masked_name, "罗家祥", "罗**"),
        (masked_name, "吴二", "吴**"),  # the mask does not tell the length
        (masked_name, "阿依古丽·买买提", "阿**"),
        (masked_name, "𠮷田", "𠮷**"),
        (masked_name, "", ""),
        (masked_id, GOOD, "433101************"),
        (masked_id, "", ""),
        (masked_mobile, "13812345678", "138****5678"),
        (masked_mobile, "", "****"),
        (masked_mobile, "138", "****"),
    ],
)
def test_masks(mask: object, plain: str, shown: str) -> None:
    assert mask(plain) == shown
