"""Who writes into a month holds it in the statement that asks whether it is locked.

In a function each statement sees what was committed before it began, so what is read after waiting
for the lock is what the holder left. Making a function touches no table.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION clusters_month_held(place bigint, first_day date) RETURNS timestamptz
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(
        7204, (extract(year FROM first_day) * 12 + extract(month FROM first_day))::int
    );
    RETURN (
        SELECT min(kept.locked_at)
        FROM clusters_lockedmonth AS kept
        JOIN facilities_ancestry AS link ON link.ancestor_id = kept.district_id
        WHERE kept.month = first_day AND link.descendant_id = place AND link.valid @> first_day
    );
END
$$
"""


class Migration(migrations.Migration):

    dependencies = [("clusters", "0013_milestone_beside")]

    operations = [
        migrations.RunSQL(MAKE, "DROP FUNCTION clusters_month_held(bigint, date)"),
    ]
