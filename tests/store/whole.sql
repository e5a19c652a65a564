-- Grain: one row per thing that is half there: a delivery, event, coverage, observation or entry without what belongs
-- to it.
with stored as (
    select coverage from observation
    union all
    select coverage from entry
),
counted as (
    select coverage.delivery, count(stored.coverage) as rows
    from coverage
    left join stored on stored.coverage = coverage.id
    group by coverage.delivery
),
events as (
    select delivery, count(*) filter (where kind = 'commit') as commits
    from event
    group by delivery
)
select 'delivery ' || delivery.id || ' has other rows than it says' as half
from delivery
left join counted on counted.delivery = delivery.id
where counted.rows is distinct from delivery.rows
union all
select 'delivery ' || delivery.id || ' has not one commit'
from delivery
left join events on events.delivery = delivery.id
where events.commits is distinct from 1
union all
select 'delivery ' || id || ' has no file'
from delivery
anti join file using (sha256)
union all
select 'file ' || sha256 || ' holds other bytes'
from file
where sha256(content) <> sha256
union all
select 'event ' || id || ' has no delivery'
from event
where delivery not in (select id from delivery)
union all
select 'coverage ' || id || ' has no delivery'
from coverage
where delivery not in (select id from delivery)
union all
select 'observation of coverage ' || coverage || ' has no coverage'
from observation
where coverage not in (select id from coverage)
union all
select 'entry of coverage ' || coverage || ' has no coverage'
from entry
where coverage not in (select id from coverage)
union all
select 'observation of series ' || series || ' has no series'
from observation
where series not in (select id from series)
union all
select 'number ' || id || ' was given twice'
from delivery
group by id
having count(*) > 1
union all
select 'event number ' || id || ' was given twice'
from event
group by id
having count(*) > 1;
