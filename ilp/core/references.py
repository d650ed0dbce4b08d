"""References that the database checks once a statement, not once a row.

PostgreSQL looks a foreign key up row by row: of an upload of 10,000 visits that is a third of the
time. Here a trigger looks at all rows of a statement in one query. What a reference points to is
never deleted (`NEVER_DELETED`), so a reference that was right once stays right. ADR 0014.
"""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.db import models

NEVER_DELETED = pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)

# Planned anew each time: a plan kept from when the table was empty would read all of it for each
# row.
_CHECK = """
EXECUTE $check$
    SELECT EXISTS (
        SELECT
        FROM (SELECT DISTINCT {column} AS id FROM written WHERE {column} IS NOT NULL) AS asked
        WHERE NOT EXISTS (SELECT FROM {table} AS target WHERE target.id = asked.id)
    )
$check$ INTO is_orphan;
IF is_orphan THEN
    RAISE foreign_key_violation USING MESSAGE = '{column} refers to no row of {table}';
END IF;
"""


def reference(to: type[models.Model] | str, related_name: str = "+", **more: Any) -> Any:
    """A foreign key checked by the triggers of `reference_checks`; `to` must be NEVER_DELETED."""
    return models.ForeignKey(
        to, models.PROTECT, related_name=related_name, db_constraint=False, db_index=False, **more
    )


def reference_checks(**tables: str) -> list[pgtrigger.Trigger]:
    """Triggers that refuse rows whose column (the keyword) finds no `id` in the table."""
    body = "".join(_CHECK.format(column=c, table=t) for c, t in sorted(tables.items()))
    return [
        pgtrigger.Trigger(
            name=f"references_on_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(new="written"),
            declare=[("is_orphan", "boolean")],
            func=f"{body}\nRETURN NULL;",
        )
        for name, operation in (("insert", pgtrigger.Insert), ("update", pgtrigger.Update))
    ]
