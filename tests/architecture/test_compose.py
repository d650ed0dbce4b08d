"""docker-compose.yml, .env.example and the settings speak of the same variables."""

import ast
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(COMPOSE_TEXT)
EXAMPLE = (ROOT / ".env.example").read_text()
READERS = {"env", "env_bool", "env_list"}
NEEDED = {"SECRET_KEY", "NIK_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"}
OTHERS = {  # read by the images' own programs or by a command line in the compose file
    "POSTGRES_DB",
    "POSTGRES_USER",
    "POSTGRES_PASSWORD",
    "POSTGRES_INITDB_ARGS",
    "WEB_CONCURRENCY",
    "QUEUE",
    "CONCURRENCY",
}
OURS = [name for name in COMPOSE["services"] if name not in {"postgres", "valkey"}]


def read_by_settings() -> set[str]:
    tree = ast.parse((ROOT / "ilp" / "settings.py").read_text())
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id in READERS
        and call.args
        and isinstance(call.args[0], ast.Constant)
    ]
    return set(named)


def in_example() -> set[str]:
    return set(re.findall(r"^#?([A-Z][A-Z_]+)=", EXAMPLE, re.MULTILINE))


def substituted() -> set[str]:
    return set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", COMPOSE_TEXT))


def test_every_setting_is_explained_in_the_example() -> None:
    assert read_by_settings() >= NEEDED
    assert not read_by_settings() - in_example()


def test_the_example_names_nothing_unknown() -> None:
    assert not in_example() - read_by_settings() - substituted()


def test_the_example_holds_no_secret() -> None:
    filled = re.findall(r"^[A-Z_]+=(.+)$", EXAMPLE, re.MULTILINE)

    assert filled == []


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_compose_names_only_known_variables(name: str) -> None:
    environment = COMPOSE["services"][name].get("environment", {})

    assert not set(environment) - read_by_settings() - OTHERS


@pytest.mark.parametrize("name", OURS)
def test_each_of_our_services_gets_what_production_needs(name: str) -> None:
    environment = COMPOSE["services"][name]["environment"]

    assert set(environment) >= NEEDED
    assert environment["ILP_MODE"] == "production"


def test_compose_takes_only_explained_variables() -> None:
    assert not substituted() - in_example()


@pytest.mark.parametrize("name", ["SECRET_KEY", "NIK_KEY", "ALLOWED_HOSTS", "POSTGRES_PASSWORD"])
def test_what_must_be_secret_or_chosen_has_no_default(name: str) -> None:
    ways = re.findall(rf"\$\{{{name}([^}}]*)\}}", COMPOSE_TEXT)

    assert ways
    assert all(way.startswith(":?") for way in ways)


@pytest.mark.parametrize("name", COMPOSE["services"])
def test_every_service_is_restarted_and_watched(name: str) -> None:
    service = COMPOSE["services"][name]
    watched = "healthcheck" in service or name == "web"  # web: by the image's own

    assert service["restart"] == ("no" if name == "migrate" else "unless-stopped")
    assert watched
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()


def test_a_worker_serves_each_queue() -> None:
    served = {s["environment"].get("QUEUE") for n, s in COMPOSE["services"].items() if n in OURS}

    assert served - {None} == {"ingest", "rollup", "default"}


def test_data_lies_in_named_volumes() -> None:
    used = [volume for s in COMPOSE["services"].values() for volume in s.get("volumes", [])]

    assert {volume.split(":")[0] for volume in used} == set(COMPOSE["volumes"])
