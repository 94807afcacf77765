"""Sealing: what was sealed opens only unaltered, in its own column, under its own key (domain rule 17)."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from duban.people.models import Citizen
from duban.people.sealing import Tampered, blind_index, seal, unseal

from .conftest import NOW


@given(st.text(max_size=80).filter(lambda text: text.isprintable()))
def test_opens_to_what_was_sealed(text: str) -> None:
    assert unseal(seal(text, purpose="a"), purpose="a") == text


def test_sealing_twice_differs() -> None:
    assert seal("罗家祥", purpose="a") != seal("罗家祥", purpose="a")


def test_nothing_readable_is_left() -> None:
    assert "罗家祥".encode() not in seal("罗家祥", purpose="a")


def test_another_purpose_does_not_open() -> None:
    with pytest.raises(Tampered):
        unseal(seal("罗家祥", purpose="citizen.name"), purpose="citizen.mobile")


def test_another_master_key_does_not_open(settings) -> None:  # type: ignore[no-untyped-def]
    sealed = seal("罗家祥", purpose="a")
    settings.SECRET_KEY = "another key altogether, long enough"
    with pytest.raises(Tampered):
        unseal(sealed, purpose="a")


@pytest.mark.parametrize("cipher", ["aes-256-gcm", "sm4-gcm"])
def test_every_altered_byte_is_noticed(settings, cipher: str) -> None:  # type: ignore[no-untyped-def]
    settings.DUBAN_CIPHER = cipher
    sealed = seal("433101", purpose="a")
    for place in range(len(sealed)):
        altered = bytearray(sealed)
        altered[place] ^= 1
        with pytest.raises(Tampered):
            unseal(bytes(altered), purpose="a")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + bytes(20), b"\xff" + bytes(60), "明文".encode()])
def test_what_was_never_sealed_is_refused(sealed: bytes) -> None:
    with pytest.raises(Tampered):
        unseal(sealed, purpose="a")


def test_values_open_after_the_cipher_was_changed(settings) -> None:  # type: ignore[no-untyped-def]
    settings.DUBAN_CIPHER = "sm4-gcm"
    sm4 = seal("罗家祥", purpose="a")
    settings.DUBAN_CIPHER = "aes-256-gcm"
    assert unseal(sm4, purpose="a") == "罗家祥"
    assert sm4[:1] != seal("罗家祥", purpose="a")[:1]


def test_an_unknown_cipher_is_a_clear_error(settings) -> None:  # type: ignore[no-untyped-def]
    settings.DUBAN_CIPHER = "rot13"
    with pytest.raises(ImproperlyConfigured, match="rot13"):
        seal("罗家祥", purpose="a")


def test_an_openssl_without_sm4_is_a_clear_error(settings, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("duban.people.sealing._has_sm4", lambda: False)
    settings.DUBAN_CIPHER = "sm4-gcm"
    with pytest.raises(ImproperlyConfigured, match="SM4"):
        seal("罗家祥", purpose="a")


def test_blind_index_is_keyed_and_of_one_purpose(settings) -> None:  # type: ignore[no-untyped-def]
    index = blind_index("433101", purpose="a")
    assert index == blind_index("433101", purpose="a")
    assert len(index) == 64
    assert index != blind_index("433101", purpose="b")
    settings.SECRET_KEY = "another key altogether, long enough"
    assert index != blind_index("433101", purpose="a")


@pytest.mark.django_db
def test_the_database_holds_no_plain_text() -> None:
    citizen = Citizen.objects.create(name="罗家祥", id_number="433101", mobile="13800000000", created_at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, id_number, mobile FROM people_citizen WHERE id = %s", [citizen.pk])
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    for plain in ("罗家祥", "433101", "13800000000"):
        assert plain.encode() not in stored


@pytest.mark.django_db
def test_a_value_moved_between_columns_does_not_open() -> None:
    citizen = Citizen.objects.create(name="罗家祥", id_number="433101", mobile="13800000000", created_at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_citizen SET name = mobile WHERE id = %s", [citizen.pk])
    with pytest.raises(Tampered, match=r"citizen\.name"):
        Citizen.objects.get(pk=citizen.pk)


@pytest.mark.django_db
def test_searching_a_sealed_column_is_refused() -> None:
    with pytest.raises(TypeError, match="blind index"):
        Citizen.objects.filter(name="罗家祥").exists()
