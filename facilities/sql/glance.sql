-- All that has to be known before someone who was seen before is shown a kept page: one row, or
-- none as soon as the session or the user is not what they were.
-- in   %(session)s, %(content)s  the key of the session, and what was stored under it
--      %(user)s                  whose session it was found to be
--      %(now)s, %(today)s
-- out  (username, first_name, last_name, is_superuser, fingerprint of the password,
--       places, roles: the posts held today, pairwise,
--       "district:number": how often the numbers have changed)
-- Arrays of a query and not aggregates: to set those up takes longer than to read the few rows.
-- OFFSET 0: the posts are looked up once, and not at each mention.
SELECT account.username, account.first_name, account.last_name, account.is_superuser,
       sha256(convert_to(account.password, 'UTF8')), held.places, held.roles,
       ARRAY(
           SELECT district_id::text || ':' || number
           FROM facilities_dataversion
           WHERE account.is_superuser
              OR district_id IN (
                  SELECT ancestor_id FROM facilities_ancestry
                  WHERE descendant_id = ANY(held.places)
              )
              OR district_id IN (
                  SELECT descendant_id FROM facilities_ancestry
                  WHERE ancestor_id = ANY(held.places)
              )
           ORDER BY district_id
       )
FROM django_session AS session
JOIN core_user AS account ON account.id = %(user)s::bigint
CROSS JOIN LATERAL (
    SELECT ARRAY(
               SELECT facility_id FROM facilities_assignment
               WHERE user_id = account.id AND NOT account.is_superuser
                 AND starts_on <= %(today)s::date
                 AND (ends_on IS NULL OR ends_on > %(today)s::date)
               ORDER BY id
           ) AS places,
           ARRAY(
               SELECT role FROM facilities_assignment
               WHERE user_id = account.id AND NOT account.is_superuser
                 AND starts_on <= %(today)s::date
                 AND (ends_on IS NULL OR ends_on > %(today)s::date)
               ORDER BY id
           ) AS roles
    OFFSET 0
) AS held
WHERE session.session_key = %(session)s::varchar
  AND session.session_data = %(content)s::text
  AND session.expire_date > %(now)s::timestamptz
  AND account.is_active AND NOT account.must_change_password;
