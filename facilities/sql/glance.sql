-- All that has to be known before someone who was seen before is shown a kept page: one row, or
-- none as soon as the session or the user is not what they were.
-- in   %(session)s, %(content)s  the key of the session, and what was stored under it
--      %(user)s                  whose session it was found to be
--      %(now)s, %(today)s
-- out  (username, first_name, last_name, is_superuser, fingerprint of the password,
--       places, roles: the posts held today, pairwise,
--       districts, numbers: how often the numbers have changed, pairwise)
SELECT account.username, account.first_name, account.last_name, account.is_superuser,
       sha256(convert_to(account.password, 'UTF8')),
       held.places, held.roles, version.districts, version.numbers
FROM django_session AS session
JOIN core_user AS account ON account.id = %(user)s::bigint
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(facility_id ORDER BY id), '{}') AS places,
           coalesce(array_agg(role ORDER BY id), '{}') AS roles
    FROM facilities_assignment
    WHERE user_id = account.id AND NOT account.is_superuser
      AND starts_on <= %(today)s::date AND (ends_on IS NULL OR ends_on > %(today)s::date)
) AS held
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(district_id ORDER BY district_id), '{}') AS districts,
           coalesce(array_agg(number ORDER BY district_id), '{}') AS numbers
    FROM facilities_dataversion
    WHERE account.is_superuser
       OR EXISTS (
           SELECT FROM facilities_ancestry
           WHERE ancestor_id = district_id AND descendant_id = ANY(held.places)
       )
       OR EXISTS (
           SELECT FROM facilities_ancestry
           WHERE descendant_id = district_id AND ancestor_id = ANY(held.places)
       )
) AS version
WHERE session.session_key = %(session)s::varchar
  AND session.session_data = %(content)s::text
  AND session.expire_date > %(now)s::timestamptz
  AND account.is_active AND NOT account.must_change_password;
