"""What is new, out of CHANGELOG.md: the one place where it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from markupsafe import Markup, escape

BOLD, CODE = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"`(.+?)`")


@dataclass(frozen=True)
class Version:
    """A version with its changes, each as text with what is bold in it."""

    title: str
    changes: tuple[Markup, ...]


@cache
def versions() -> tuple[Version, ...]:
    """The newest first, as the file has them."""
    return tuple(read((settings.BASE_DIR / "CHANGELOG.md").read_text(encoding="utf-8")))


def read(text: str) -> list[Version]:
    """Headings with two signs, points with a star; lines that are indented go on."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("## "):
            found.append((line[3:].strip(), []))
        elif found and line.startswith("* "):
            found[-1][1].append(line[2:].strip())
        elif found and found[-1][1] and line.startswith("  "):
            found[-1][1][-1] += f" {line.strip()}"
    return [Version(title, tuple(map(marked, points))) for title, points in found]


def marked(text: str) -> Markup:
    safe = BOLD.sub(r"<strong>\1</strong>", str(escape(text)))
    return Markup(CODE.sub(r"<code>\1</code>", safe))  # noqa: S704 escaped above
