"""`./start.py --check`: are the numbers on the page those that the command computes?"""

import csv
import io
import json
import math
import subprocess
import time
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, build_opener

from ilp.launch.commands import manage_py
from ilp.launch.instance import Instance
from ilp.launch.processes import CannotStart

DASHBOARD = "/situasi/"
VIEWER = "kepala_dinas"


class Page(HTMLParser):
    """What we read of a page: its headline figures and the fields of its form."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.figures: dict[str, str] = {}
        self.fields: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "data" and "figure" in found.get("class", "").split():
            self.figures[found.get("data-indicator", "")] = found.get("value", "")
        if tag == "input" and found.get("name"):
            self.fields[found["name"]] = found.get("value", "")


def browser() -> OpenerDirector:
    """Keeps cookies, and goes to this machine even where a proxy is set."""
    return build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))


def dashboard(address: str, account: dict[str, str]) -> Page:
    """Sign in as a person would and open the district's dashboard."""
    client = browser()
    with client.open(urljoin(address, DASHBOARD), timeout=60) as response:
        login, where = Page(response.read().decode()), response.url
    answers = {"username": account["username"], "password": account["password"]}
    body = urlencode(login.fields | answers).encode()
    with client.open(where, body, timeout=60):
        pass
    with client.open(urljoin(address, DASHBOARD), timeout=60) as response:
        if not response.url.startswith(urljoin(address, DASHBOARD)):
            raise CannotStart(f"Masuk sebagai {account['username']} ditolak.")
        return Page(response.read().decode())


def viewer(instance: Instance) -> dict[str, str]:
    """The demo account of the head of the Dinas, who sees the whole district."""
    accounts = json.loads(instance.accounts.read_text())
    for account in accounts:
        if account["role"].lower().replace(" ", "_") == VIEWER:
            return account
    raise CannotStart(f"Tidak ada akun Kepala Dinas di {instance.accounts}.")


def output_of(words: list[str], env: dict[str, str]) -> str:
    done = subprocess.run(manage_py(*words), env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotStart(f"manage.py {' '.join(words)} gagal:\n{done.stderr[-2000:]}")
    return done.stdout


def computed(env: dict[str, str]) -> dict[str, str]:
    """indicator -> unrounded value (empty: not known), as `manage.py indicators` prints them."""
    facts = json.loads(output_of(["demo_facts"], env))
    words = ["indicators", "--place", facts["district"], "--month", facts["month"]]
    rows = csv.DictReader(io.StringIO(output_of(words, env)))
    return {row["indicator"]: row["value"] for row in rows if row["place"] == facts["district"]}


def equal(shown: str, expected: str | None) -> bool:
    """The same number, however it is written; unknown equals only unknown."""
    if not shown or not expected:
        return shown == (expected or "")
    return math.isclose(float(shown), float(expected), rel_tol=1e-9)


def differences(shown: dict[str, str], expected: dict[str, str]) -> list[str]:
    """One line for each figure that the command does not confirm."""
    return [
        f"{code}: halaman {value or 'kosong'}, perintah {expected.get(code, 'tidak ada')}"
        for code, value in shown.items()
        if code not in expected or not equal(value, expected[code])
    ]


def check(instance: Instance, *, address: str, env: dict[str, str], patience: float = 90) -> str:
    """The compared numbers, one line each; CannotStart says what is missing or differs."""
    account, end = viewer(instance), time.monotonic() + patience
    while True:
        try:
            shown = dashboard(address, account).figures
            expected = computed(env)
            wrong = differences(shown, expected)
        except HTTPError as error:  # an answer, and the wrong one: waiting will not mend it
            raise CannotStart(
                f"{error.url} menjawab {error.code}; lihat {instance.logs}"
            ) from error
        except OSError as error:
            shown, wrong = {}, [f"{DASHBOARD}: {error}"]
        if any(shown.values()) and not wrong:
            return "\n".join(f"{code}\t{value or '-'}" for code, value in shown.items())
        if time.monotonic() > end:
            wrong = wrong or [f"{DASHBOARD} terbuka tetapi tanpa angka."]
            raise CannotStart("Angka di dasbor tidak cocok:\n" + "\n".join(wrong))
        time.sleep(2)
