-- The variables figures, reporters, groups and quarters give the size. Everything else follows from hashes, so that
-- every run has the same figures.

-- Grain: one row per delivery: reporter and quarter, a tenth of them (revision = 1) a second time.
create temp table delivered as
select
    row_number() over (order by quarter, revision, reporter)::int as id,
    reporter,
    quarter,
    revision,
    ((2027 - getvariable('quarters') // 4 + quarter // 4) * 100000 + [331, 630, 930, 1231][quarter % 4 + 1] * 10 + 3)::int as period
from range(getvariable('reporters')) as r (reporter)
cross join range(getvariable('quarters')) as q (quarter)
cross join range(2) as v (revision)
where revision = 0 or hash(reporter, quarter) % 10 = 0;

insert into series
select
    (((figure * getvariable('reporters')) + reporter) * getvariable('groups') + member + 1)::int,
    'figure_' || figure,
    'reporter_' || reporter,
    case when member = 0 then '' else 'gruppe=g' || member end
from range(getvariable('figures')) as f (figure)
cross join range(getvariable('reporters')) as r (reporter)
cross join range(getvariable('groups')) as g (member);

insert into slice
select
    ((quarter * getvariable('reporters') + reporter) * getvariable('figures') + figure + 1)::int,
    'figure_' || figure,
    'reporter_' || reporter,
    period
from delivered
cross join range(getvariable('figures')) as f (figure)
where revision = 0;

insert into delivery
select id, 'figures', 'reporter_' || reporter, period, 'sha', 'f.xlsx', 'bench', timestamp '2016-01-01' + to_days(id), 1,
    getvariable('figures') * getvariable('groups')
from delivered;

-- Each fiftieth delivery was withdrawn and every second of those restored before the moment of the benchmark; some
-- are withdrawn after it.
insert into event
select row_number() over (order by happened_at, delivery)::int, *
from (
    select id as delivery, 'commit', timestamp '2016-01-01' + to_hours(id) as happened_at, 'bench', '' from delivered
    union all
    select id, 'withdraw', timestamp '2027-03-01', 'bench', 'wrong' from delivered where id % 50 = 0
    union all
    select id, 'restore', timestamp '2027-04-01', 'bench', 'right' from delivered where id % 100 = 0
    union all
    select id, 'withdraw', timestamp '2027-09-01', 'bench', 'late' from delivered where id % 50 = 7
);

insert into coverage
select
    row_number() over (order by id, figure)::int,
    id,
    ((quarter * getvariable('reporters') + reporter) * getvariable('figures') + figure + 1)::int
from delivered
cross join range(getvariable('figures')) as f (figure)
order by 1;

insert into observation
select
    ((delivered.id - 1) * getvariable('figures') + figure + 1)::int,
    (((figure * getvariable('reporters')) + reporter) * getvariable('groups') + member + 1)::int,
    delivered.period,
    case when hash(figure, member, quarter) % 200 > 0
        then (20 + hash(figure, member, reporter) % 50 + quarter // 4
            + hash(quarter, member, figure, revision) % 1000 / 100)::double end,
    case when hash(figure, member, quarter) % 200 = 0 then '.' end,
    '',
    'Blatt',
    'B' || member
from delivered
cross join range(getvariable('figures')) as f (figure)
cross join range(getvariable('groups')) as g (member)
order by delivered.id, 2;

drop table delivered;
