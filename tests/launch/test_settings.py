"""Production refuses to start half-configured; each case in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "ILP_MODE": "production",
    "SECRET_KEY": "s" * 32,
    "NIK_KEY": "n" * 32,
    "ALLOWED_HOSTS": "ilp.example",
    "DATABASE_URL": "postgresql://ilp:a%40b@db:5433/ilp",
    "REDIS_URL": "redis://valkey:6379/0",
}


def read_settings(code: str, **changes: str) -> subprocess.CompletedProcess:
    """Run `code` with `settings` imported; a change to '' takes the variable away."""
    env = {name: value for name, value in (COMPLETE | changes).items() if value}
    return subprocess.run(
        [sys.executable, "-c", f"from ilp import settings\n{code}"],
        cwd=ROOT,
        env=env | {"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"DEBUG": "1"}, "DEBUG must be off"),
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"NIK_KEY": ""}, "NIK_KEY is not set"),
        ({"SECRET_KEY": "s" * 31}, "SECRET_KEY must have at least 32"),
        ({"NIK_KEY": "n" * 31}, "NIK_KEY must have at least 32"),
        ({"ALLOWED_HOSTS": "*"}, "without '*'"),
        ({"ALLOWED_HOSTS": "ilp.example, *"}, "without '*'"),
        ({"ALLOWED_HOSTS": ""}, "must name this server's hosts"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set"),
        ({"REDIS_URL": ""}, "REDIS_URL is not set"),
        ({"EMAIL_HOST": "mail.example"}, "EMAIL_HOST needs EMAIL_FROM and SITE_URL"),
        ({"ILP_MODE": "", "SECRET_KEY": ""}, "SECRET_KEY is not set"),
    ],
    ids=str,
)
def test_production_refuses(changes: dict[str, str], reason: str) -> None:
    done = read_settings("", **changes)

    assert done.returncode != 0
    assert reason in done.stderr


def test_production_is_safe_when_complete() -> None:
    code = (
        "print(settings.DEBUG, settings.SESSION_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT,"
        " settings.SECURE_HSTS_SECONDS > 0, settings.DEMO)"
    )
    done = read_settings(code)

    assert done.stdout.split() == ["False", "True", "True", "True", "False"], done.stderr


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from-a-file-" + "f" * 32 + "\n")
    done = read_settings("print(settings.SECRET_KEY)", SECRET_KEY="", SECRET_KEY_FILE=str(secret))

    assert done.stdout.strip() == secret.read_text().strip(), done.stderr


def test_the_database_address_is_taken_apart() -> None:
    code = "d = settings.DATABASES['default']; print(d['HOST'], d['PORT'], d['PASSWORD'])"
    by_network = read_settings(code)
    by_socket = read_settings(code, DATABASE_URL="postgresql://app@/ilp?host=/var/run/a%20b")

    assert by_network.stdout.split() == ["db", "5433", "a@b"], by_network.stderr
    assert by_socket.stdout.strip() == "/var/run/a b", by_socket.stderr
