-- Persons, visits and what follows from them, of a span of months; the same ones each time.
-- in   bench_posyandu (n, home_id, facility_id)   numbered from 0
--      %(posyandu)s            how many there are
--      %(first)s, %(last)s     months counted from 2021-01, both included
--      %(children)s, %(adults)s, %(pregnancies)s   seen, seen, beginning in a month
-- out  clusters_person, the four tables of visits, clusters_growthmonth, clusters_milestone
-- A child is seen every month until it is five, an adult once a year, a pregnancy six times.
CREATE TEMP TABLE span ON COMMIT DROP AS
SELECT m, (date '2021-01-01' + m * interval '1 month')::date AS first_day
FROM generate_series(%(first)s::int, %(last)s::int) AS m;

CREATE TEMP TABLE child ON COMMIT DROP AS
SELECT i, m, (i %% 60 + m) %% 60 AS age,
       10000000 * (1 + (i %% 60 + m) / 60) + i AS person_id,
       (first_day - (i %% 60 + m) %% 60 * interval '1 month')::date AS born_on,
       first_day + (i * 7 + m * 3) %% 28 AS seen_on, p.home_id, p.home_id AS facility_id,
       CASE WHEN hashint4(i) & 1 = 0 THEN 'L' ELSE 'P' END AS sex,
       hashint8(i * 977::bigint + m) & 1023 AS h
FROM span CROSS JOIN generate_series(0, %(children)s::int - 1) AS i
JOIN bench_posyandu AS p ON p.n = i %% %(posyandu)s;

CREATE TEMP TABLE grown ON COMMIT DROP AS
SELECT 500000000 + j * 12 + m %% 12 AS person_id, j, m, first_day + (j * 5 + m) %% 28 AS seen_on,
       date '1950-01-15' + (hashint4(j * 12 + m %% 12) & 16383) AS born_on,
       p.home_id, p.facility_id,
       CASE WHEN hashint4(j * 12 + m %% 12) & 1 = 0 THEN 'L' ELSE 'P' END AS sex,
       hashint8(j * 991::bigint + m) & 1023 AS h
FROM span CROSS JOIN generate_series(0, %(adults)s::int - 1) AS j
JOIN bench_posyandu AS p ON p.n = (j * 12 + m %% 12) %% %(posyandu)s;

CREATE TEMP TABLE mother ON COMMIT DROP AS
SELECT 900000000 + (m - nth) * 10000 + k AS person_id, nth, first_day + k %% 28 AS seen_on,
       (first_day - (nth * 32 + 50) * interval '1 day')::date AS lmp, p.home_id, p.facility_id,
       date '1995-05-20' + k %% 3000 AS born_on, hashint8(k * 983::bigint + m) & 1023 AS h
FROM span CROSS JOIN generate_series(0, 5) AS nth
CROSS JOIN generate_series(0, %(pregnancies)s::int - 1) AS k
JOIN bench_posyandu AS p ON p.n = k %% %(posyandu)s;

INSERT INTO clusters_person
    (id, identity, nik_sealed, is_temporary, name, mother_name, sex, born_on, home_id, home_since,
     registered_at)
SELECT person_id, sha256(person_id::text::bytea), sha512(person_id::text::bytea), false,
       'Orang ' || person_id, '', sex, born_on, home_id, born_on, now()
FROM (
    SELECT DISTINCT ON (person_id) person_id, sex, born_on, home_id FROM child
    UNION ALL SELECT DISTINCT ON (person_id) person_id, sex, born_on, home_id FROM grown
    UNION ALL SELECT DISTINCT ON (person_id) person_id, 'P', born_on, home_id FROM mother
) AS everyone
ON CONFLICT DO NOTHING;

INSERT INTO clusters_growth
    (person_id, facility_id, home_id, seen_on, sex, age_days, age_months, sheet, "row", weight,
     height, measured, exclusive_milk, complementary_food, vitamin_a, kia_book, education, waz, haz,
     whz, bmiz, waz_class, haz_class, whz_class, implausible)
SELECT person_id, facility_id, home_id, seen_on, sex, seen_on - born_on, age, 'Data', i,
       3 + age / 5.0,
       50 + age, 'l', CASE WHEN age < 6 THEN h & 1 = 0 END,
       CASE WHEN age BETWEEN 6 AND 23 THEN h & 1 = 0 END,
       (ARRAY['tidak', 'biru', 'merah'])[1 + h %% 3], h & 2 = 0, h & 4 = 0, -1.2, -1.4, -0.6, -0.4,
       (ARRAY['sangat_kurang', 'kurang', 'normal', 'normal', 'normal', 'risiko_lebih'])[1 + h %% 6],
       (ARRAY['sangat_pendek', 'pendek', 'normal', 'normal', 'normal', 'tinggi'])[1 + h %% 6],
       (ARRAY['gizi_buruk', 'gizi_kurang', 'gizi_baik', 'gizi_baik', 'gizi_lebih',
              'obesitas'])[1 + h %% 6],
       false
FROM child ORDER BY seen_on;

INSERT INTO clusters_growthmonth
    (person_id, month, facility_id, home_id, sex, age_months, label, twice_t, below_red_line,
     waz_class, haz_class, whz_class, newly_stunted, visit_id)
SELECT person_id, date_trunc('month', seen_on)::date, facility_id, home_id, sex, age_months,
       (ARRAY['N', 'N', 'N', 'T', 'O', 'B'])[1 + person_id %% 6],
       person_id %% 30 = 3, person_id %% 40 = 0,
       waz_class, haz_class, whz_class, person_id %% 50 = 0, id
FROM clusters_growth JOIN span ON first_day = date_trunc('month', seen_on)::date;

INSERT INTO clusters_immunisation
    (person_id, facility_id, home_id, seen_on, sex, age_days, age_months, sheet, "row", antigens)
SELECT person_id, facility_id, home_id, seen_on, sex, seen_on - born_on, age, 'Data', i,
       ARRAY['OPV1', 'DPT1']
FROM child WHERE age IN (0, 1, 2, 3, 4, 9, 12, 18) AND h < 900 ORDER BY seen_on;

INSERT INTO clusters_adult
    (person_id, facility_id, home_id, seen_on, sex, age_days, age_months, sheet, "row", weight,
     height, waist, systole, diastole, glucose, smoker, inactive, sugar, salt, fat, education, bmi,
     bmi_class, bp_class, glucose_class, central_obesity)
SELECT person_id, facility_id, home_id, seen_on, sex, seen_on - born_on,
       least((seen_on - born_on) / 30, 1400), 'Data', j, 60, 160, 80, 110 + h %% 60,
       70 + h %% 30, 90 + h / 8,
       h & 1 = 0, h & 2 = 0, h & 4 = 0, h & 8 = 0, h & 16 = 0, h & 32 = 0, 23.4, 'N',
       CASE WHEN h %% 60 >= 30 THEN 'T' ELSE 'N' END,
       CASE WHEN h > 880 THEN 'T' ELSE 'N' END, h & 64 = 0
FROM grown ORDER BY seen_on;

INSERT INTO clusters_antenatal
    (person_id, facility_id, home_id, seen_on, sex, age_days, age_months, sheet, "row", lmp_on,
     weeks, weight, muac, systole, diastole, hb, tablets, gestation, trimester, lmp_estimate_on,
     pregnancy_on, tablets_so_far, kek, anaemia)
SELECT person_id, facility_id, home_id, seen_on, 'P', seen_on - born_on, (seen_on - born_on) / 30,
       'Data', nth, lmp, 7 + nth * 5, 52, 24, 110, 70, 11, 30, 7 + nth * 5, 1 + nth / 2, lmp,
       lmp, 30 * (nth + 1),
       h < 150, CASE WHEN h < 300 THEN 'ringan' ELSE 'tidak' END
FROM mother ORDER BY seen_on;

INSERT INTO clusters_milestone
    (person_id, service, code, scope, "on", facility_id, home_id, sex, visit_id)
SELECT person_id, 'adult', code, date_trunc('year', seen_on)::date, seen_on, facility_id, home_id,
       sex, id
FROM clusters_adult JOIN span ON first_day = date_trunc('month', seen_on)::date
CROSS JOIN unnest(%(adult)s::text[]) AS code
WHERE hashint8(person_id + hashtext(code)) & 7 < 3
UNION ALL
SELECT person_id, 'antenatal', code, pregnancy_on, seen_on, facility_id, home_id, 'P', id
FROM clusters_antenatal JOIN span ON first_day = date_trunc('month', seen_on)::date
CROSS JOIN unnest(%(antenatal)s::text[]) AS code
WHERE abs(hashtext(code)) %% 6 + 1 = tablets_so_far / 30
  AND hashint8(person_id + hashtext(code)) & 7 < 5
UNION ALL
SELECT person_id, 'immunisation', code, (seen_on - age_days), seen_on, facility_id, home_id, sex, id
FROM clusters_immunisation JOIN span ON first_day = date_trunc('month', seen_on)::date
CROSS JOIN unnest(%(immunisation)s::text[]) AS code
WHERE (ARRAY[0, 1, 2, 3, 4, 9, 12, 18])[abs(hashtext(code)) %% 8 + 1] = age_months
UNION ALL
SELECT person_id, 'growth', code, date_trunc('year', seen_on)::date, seen_on, facility_id, home_id,
       sex, id
FROM clusters_growth JOIN span ON first_day = date_trunc('month', seen_on)::date
CROSS JOIN unnest(%(growth)s::text[]) AS code
WHERE abs(hashtext(code) + person_id) %% 12 = extract(month FROM seen_on) - 1;
