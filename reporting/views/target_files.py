"""A file of sasaran on its way between two pages: sealed, in the page itself, its sender's alone.

So that it can be given back with marks, or be read again once a name is learned, without a copy of
it being kept anywhere.
"""

from __future__ import annotations

import base64
import json
from binascii import Error as NoBase64
from dataclasses import asdict, dataclass, replace
from typing import Any

from cryptography.exceptions import InvalidTag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ilp.core.crypto import seal, unseal
from ilp.core.models import User

LARGEST = 1_000_000  # bytes; what is larger would make the page too heavy
AGE = 86_400  # seconds


@dataclass(frozen=True)
class Sent:
    """A file with what was said of it in the form."""

    year: int
    month: int
    basis: str
    source: str
    name: str
    content: bytes

    @property
    def fields(self) -> dict[str, Any]:
        """The form as it was filled in, without the file."""
        return {n: v for n, v in asdict(self).items() if n not in ("name", "content")}

    @property
    def files(self) -> dict[str, SimpleUploadedFile]:
        return {"file": SimpleUploadedFile(self.name, self.content)}


def wrapped(sent: Sent, user: User) -> str:
    """The file as the text of a hidden box; "" where it is too large for that."""
    if len(sent.content) > LARGEST:
        return ""
    head = asdict(replace(sent, content=b"")) | {"by": user.pk, "at": timezone.now().timestamp()}
    del head["content"]
    plain = json.dumps(head).encode() + b"\n" + sent.content
    return base64.b64encode(seal(plain)).decode()


def unwrapped(text: str, user: User) -> Sent | None:
    """The file again; None for another's, an old one, or one that somebody changed."""
    try:
        plain = unseal(base64.b64decode(text, validate=True))
    except (InvalidTag, NoBase64, ValueError):
        return None
    head, _mark, content = plain.partition(b"\n")
    said = json.loads(head)
    if said.pop("by") != user.pk or timezone.now().timestamp() - said.pop("at") > AGE:
        return None
    return Sent(**said, content=content)
