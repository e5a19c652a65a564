-- The variables figures, reporters, groups, periods and months (in a period: 1 or 3) give the size. Everything else
-- follows from hashes, so that every run has the same figures.

-- Grain: one row per delivery: reporter and period, a tenth of them (revision = 1) a second time.
create temp table delivered as
select
    row_number() over (order by step, revision, reporter)::int as id,
    reporter,
    step,
    revision,
    (strftime(
        last_day(date '2027-12-01' - to_months(((getvariable('periods') - 1 - step) * getvariable('months'))::int)),
        '%Y%m%d'
    ) || case getvariable('months') when 3 then '3' else '4' end)::int as period
from range(getvariable('reporters')) as r (reporter)
cross join range(getvariable('periods')) as q (step)
cross join range(2) as v (revision)
where revision = 0 or hash(reporter, step) % 10 = 0;

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
    ((step * getvariable('reporters') + reporter) * getvariable('figures') + figure + 1)::int,
    'figures',
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
    ((step * getvariable('reporters') + reporter) * getvariable('figures') + figure + 1)::int
from delivered
cross join range(getvariable('figures')) as f (figure)
order by 1;

insert into observation
select
    ((delivered.id - 1) * getvariable('figures') + figure + 1)::int,
    (((figure * getvariable('reporters')) + reporter) * getvariable('groups') + member + 1)::int,
    delivered.period,
    case when hash(figure, member, step) % 200 > 0
        then (20 + hash(figure, member, reporter) % 50 + step // 4
            + hash(step, member, figure, revision) % 1000 / 100)::double end,
    case when hash(figure, member, step) % 200 = 0 then '.' end,
    '',
    'Blatt',
    'B' || member
from delivered
cross join range(getvariable('figures')) as f (figure)
cross join range(getvariable('groups')) as g (member)
order by delivered.id, 2;

drop table delivered;
