"""Personal data at rest: sealed with AES-GCM, found again through a keyed hash."""

import hashlib
import hmac
import os
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12  # bytes


@cache
def _key(purpose: bytes) -> bytes:
    """32 bytes for one purpose, derived from NIK_KEY, so that no key serves two ends."""
    return hmac.new(settings.NIK_KEY.encode(), purpose, hashlib.sha256).digest()


@cache
def _cipher() -> AESGCM:
    return AESGCM(_key(b"seal"))


def seal(content: bytes) -> bytes:
    """The content encrypted: 12 random bytes, then the ciphertext with its tag."""
    return next(seal_each([content]))


def seal_each(contents: Collection[bytes]) -> Iterator[bytes]:
    """Each sealed by itself; the random bytes of all are drawn at once, the dearest part of it."""
    encrypt = _cipher().encrypt
    drawn = os.urandom(NONCE * len(contents))
    for at, content in enumerate(contents):
        nonce = drawn[at * NONCE : at * NONCE + NONCE]
        yield nonce + encrypt(nonce, content, None)


def unseal(sealed: bytes) -> bytes:
    """What was sealed; cryptography.exceptions.InvalidTag when key or content differ."""
    return _cipher().decrypt(sealed[:NONCE], sealed[NONCE:], None)


@cache
def _begun() -> tuple[Any, Any]:
    """Both halves of an HMAC-SHA256 (RFC 2104) with the key already taken in."""
    key = _key(b"index").ljust(64, b"\0")
    inner, outer = (hashlib.sha256(bytes(b ^ pad for b in key)) for pad in (0x36, 0x5C))
    return inner, outer


def blind_index(text: str) -> bytes:
    """32 bytes that are equal for equal texts and tell nothing without the key.

    An HMAC-SHA256 that takes the key in once, not once a text: three times as fast.
    """
    begun, ending = _begun()
    inner, outer = begun.copy(), ending.copy()
    inner.update(text.encode())
    outer.update(inner.digest())
    return outer.digest()  # type: ignore[no-any-return]


def masked_nik(nik: str) -> str:
    """`520201••••••0003`: enough to tell apart, too little to use."""
    return f"{nik[:6]}••••••{nik[-4:]}" if len(nik) == 16 else "••••••"
