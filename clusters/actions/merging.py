"""Saying that two records are one person, that they are not, and taking the first back.

Only a person says so: nothing is ever merged by itself. ADR 0016.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.actions.contradictions import seen_after_death
from clusters.actions.locks import check_unlocked
from clusters.actions.moving import move_visits, return_visits, visits_in
from clusters.actions.spacing import too_close
from clusters.models import Merge, Person, ToldApart
from clusters.selectors.people import people_of
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.errors import DomainError, Forbidden
from ilp.core.models import User

FIELDS = {"name": ("name",), "mother_name": ("mother_name",), "home": ("home_id", "home_since")}


class DifferentBirth(DomainError):
    code = "different-birth"
    text = _(
        "Tanggal lahir atau jenis kelaminnya berbeda, jadi data ini tidak dapat digabung. "
        "Perbaiki dahulu data yang salah dengan mengunggah baris yang benar."
    )


class SeenAfterDeath(DomainError):
    code = "merge-seen-after-death"
    text = _(
        "Salah satu data ini tercatat meninggal, tetapi data lainnya dilayani sesudah tanggal itu. "
        "Buka kedua kartunya dan batalkan kematian atau kunjungan yang keliru, lalu gabungkan "
        "lagi. Bila semuanya benar, keduanya bukan orang yang sama."
    )


class BirthsTooClose(DomainError):
    code = "merge-births-too-close"
    text = _(
        "Kedua data ini mencatat dua persalinan yang terlalu dekat untuk satu ibu. Buka kedua "
        "kartunya dan batalkan persalinan yang keliru, lalu gabungkan lagi. Bila semuanya benar, "
        "keduanya bukan orang yang sama."
    )


class KeepTheNik(DomainError):
    code = "keep-the-nik"
    text = _("Pertahankan data yang ber-NIK, bukan yang tanpa NIK.")


class AlreadyMerged(DomainError):
    code = "already-merged"
    text = _("Salah satu data ini sudah digabung. Muat ulang halaman untuk melihat keadaannya.")


class AlreadyUndone(DomainError):
    code = "already-undone"
    text = _("Penggabungan ini sudah dibatalkan. Muat ulang halaman.")


class NewerFirst(DomainError):
    code = "newer-first"
    text = _("Ada penggabungan yang lebih baru pada orang ini. Batalkan yang terbaru dahulu.")


@transaction.atomic
def merge_persons(
    *, kept: Person, gone: Person, by: User | None, take: Collection[str] = ()
) -> Merge:
    """Both are one person: visits, and whatever comes in under `gone`, belong to `kept` from now.

    `take` names what the kept record takes over from the other: name, mother_name, home.
    """
    kept, gone = _both(kept, gone, by)
    if kept.merged_into_id or gone.merged_into_id:
        raise AlreadyMerged
    if (kept.born_on, kept.sex) != (gone.born_on, gone.sex):
        raise DifferentBirth
    if kept.is_temporary and not gone.is_temporary:
        raise KeepTheNik
    if seen_after_death([kept.pk, gone.pk]):
        raise SeenAfterDeath
    if too_close([kept.pk, gone.pk]):
        raise BirthsTooClose
    merge = Merge.objects.create(kept=kept, gone=gone, made_by=by)
    check_unlocked(visits_in(merge))
    _take_over(merge, kept, gone, take)
    merge.followers = list(gone.aliases.values_list("pk", flat=True))
    Person.objects.filter(pk__in=merge.followers).update(merged_into=kept)
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)
    merge.save(update_fields=["before", "after", "followers"])
    number = move_visits(merge)
    audit.record("persons.merged", by=by, subject=kept, other=gone.pk, number=number)
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, by: User | None) -> None:
    """Everything is again as it was before the merge; what was recorded since stays recorded."""
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    kept, gone = _both(merge.kept, merge.gone, by)
    if merge.undone_at is not None:
        raise AlreadyUndone
    newer = Merge.objects.filter(undone_at=None, pk__gt=merge.pk)
    if newer.filter(kept=kept).exists() or kept.merged_into_id is not None:
        raise NewerFirst
    check_unlocked(visits_in(merge))
    Person.objects.filter(pk=gone.pk).update(merged_into=None)
    Person.objects.filter(pk__in=merge.followers).update(merged_into=gone)
    return_visits(merge)
    _give_back(merge, kept)
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    audit.record("persons.merge-undone", by=by, subject=kept, other=gone.pk)


@transaction.atomic
def tell_apart(*, one: Person, other: Person, by: User | None) -> ToldApart:
    """These are two persons; the pair is never offered again."""
    first, second = sorted(_both(one, other, by), key=lambda person: person.pk)
    said, is_new = ToldApart.objects.get_or_create(
        first=first, second=second, defaults={"said_by": by}
    )
    if is_new:
        audit.record("persons.told-apart", by=by, subject=first, other=second.pk)
    return said


def _both(one: Person, other: Person, by: User | None) -> tuple[Person, Person]:
    """The two records, locked; Forbidden unless both are of places where the user may merge."""
    asked = Person.objects.filter(pk__in=[one.pk, other.pk])
    found = {p.pk: p for p in asked.select_for_update(of=("self",)).order_by("pk")}
    if by is not None and people_of(by, Permission.MERGE_PEOPLE).filter(pk__in=found).count() < 2:
        raise Forbidden("only records of one's own places may be merged")
    return found[one.pk], found[other.pk]


def _take_over(merge: Merge, kept: Person, gone: Person, take: Collection[str]) -> None:
    """Fill the kept record from the other: what was chosen, and a home where it had none."""
    chosen = set(take) | ({"home"} if kept.home_id is None and gone.home_id else set())
    names = [name for field in sorted(chosen) for name in FIELDS[field]]
    merge.before, merge.after = _as_json(kept, names), _as_json(gone, names)
    for name in names:
        setattr(kept, name, getattr(gone, name))
    kept.save(update_fields=names)


def _give_back(merge: Merge, kept: Person) -> None:
    """Put back what the merge changed, save what was changed again since."""
    held = _as_json(kept, list(merge.after))
    home = FIELDS["home"]
    moved = any(held.get(name) != merge.after.get(name) for name in home)
    names = [
        name
        for name in merge.before
        if held[name] == merge.after[name] and not (moved and name in home)
    ]
    for name in names:
        value = merge.before[name]
        is_day = value is not None and name == "home_since"
        setattr(kept, name, date.fromisoformat(value) if is_day else value)
    kept.save(update_fields=names)


def _as_json(person: Person, names: Collection[str]) -> dict[str, object]:
    values = {name: getattr(person, name) for name in names}
    return {n: v.isoformat() if hasattr(v, "isoformat") else v for n, v in values.items()}
