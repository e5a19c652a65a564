-- Grain: one row per event that may have changed numbers known before: a commit that covers a slice which another
-- delivery covers too, a withdrawal, a restoration. `moment` is its own, `before` that of the event before it.
create or replace view revision as
with shared as (
    select slice
    from coverage
    group by slice
    having count(*) > 1
),
revising as (
    select distinct coverage.delivery
    from coverage
    join shared using (slice)
),
ordered as (
    select
        id,
        delivery,
        kind,
        happened_at as moment,
        lag(happened_at) over (order by id) as before
    from event
)
select id as event, moment, before
from ordered
where kind <> 'commit' or delivery in (select delivery from revising);
