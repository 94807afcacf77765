"""Sealing: personal data at rest is authenticated ciphertext, found again by a keyed hash (domain rule 17).

Every purpose (a column) has its own key, derived by HKDF from the installation's master key, and its name is the
associated data, so a value moved into another column does not open. The first byte of a sealed value names the
cipher and the key version it was sealed with; a value sealed under one cipher opens after the setting changed.
"""

from __future__ import annotations

import hmac
import os
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_AES, _SM4 = b"\x01", b"\x11"  # cipher in the high nibble, key version in the low one
_CIPHERS = {"aes-256-gcm": _AES, "sm4-gcm": _SM4}
_NONCE, _TAG = 12, 16


class Tampered(Exception):
    """A sealed value does not open: altered, moved from another column, or sealed under another master key."""


def seal(text: str, *, purpose: str) -> bytes:
    """The text as authenticated ciphertext for one purpose; sealing twice gives different bytes.

    Raises ImproperlyConfigured when the chosen cipher is unknown or not in this build of OpenSSL.
    """
    version = _chosen(settings.DUBAN_CIPHER)
    nonce = os.urandom(_NONCE)
    aad = _associated(version, purpose)
    if version == _AES:
        return version + nonce + _aes(settings.SECRET_KEY, purpose).encrypt(nonce, text.encode(), aad)
    encryptor = Cipher(_sm4(settings.SECRET_KEY, purpose), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(aad)
    body = encryptor.update(text.encode()) + encryptor.finalize()
    return version + nonce + body + encryptor.tag


def unseal(sealed: bytes, *, purpose: str) -> str:
    """The text of a sealed value. Raises Tampered when it does not open under this purpose and key."""
    sealed = bytes(sealed)
    version, nonce, body = sealed[:1], sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    if version not in _CIPHERS.values() or len(body) < _TAG:
        raise Tampered(f"{purpose}: not a sealed value")
    aad = _associated(version, purpose)
    try:
        if version == _AES:
            return _aes(settings.SECRET_KEY, purpose).decrypt(nonce, body, aad).decode()
        decryptor = Cipher(_sm4(settings.SECRET_KEY, purpose), modes.GCM(nonce, body[-_TAG:])).decryptor()
        decryptor.authenticate_additional_data(aad)
        return (decryptor.update(body[:-_TAG]) + decryptor.finalize()).decode()
    except InvalidTag:
        raise Tampered(f"{purpose}: altered, or sealed under another key") from None


def blind_index(text: str, *, purpose: str) -> str:
    """A keyed hash to find a sealed value by: HMAC-SHA-256, 64 hex digits, another key for every purpose."""
    return hmac.new(_key(settings.SECRET_KEY, "index:" + purpose, 32), text.encode(), sha256).hexdigest()


def _chosen(cipher: str) -> bytes:
    try:
        version = _CIPHERS[cipher]
    except KeyError:
        raise ImproperlyConfigured(f"DUBAN_CIPHER is one of {', '.join(_CIPHERS)}, not {cipher}") from None
    if version == _SM4 and not _has_sm4():
        raise ImproperlyConfigured("DUBAN_CIPHER=sm4-gcm: this build of OpenSSL has no SM4-GCM")
    return version


@lru_cache(maxsize=1)
def _has_sm4() -> bool:
    try:
        Cipher(algorithms.SM4(bytes(16)), modes.GCM(bytes(_NONCE))).encryptor()
    except UnsupportedAlgorithm:
        return False
    return True


def _associated(version: bytes, purpose: str) -> bytes:
    return version + purpose.encode()


@lru_cache(maxsize=64)
def _aes(master: str, purpose: str) -> AESGCM:
    return AESGCM(_key(master, "seal:aes-256-gcm:" + purpose, 32))


@lru_cache(maxsize=64)
def _sm4(master: str, purpose: str) -> algorithms.SM4:
    return algorithms.SM4(_key(master, "seal:sm4-gcm:" + purpose, 16))


@lru_cache(maxsize=128)
def _key(master: str, info: str, length: int) -> bytes:
    """A key of its own for every use, from the master key (RFC 5869)."""
    return HKDF(SHA256(), length, salt=b"duban", info=info.encode()).derive(master.encode())
