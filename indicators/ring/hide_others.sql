-- Grain: one row per value that is hidden beside another city's secret one. Each city knows its own number, so three
-- must be hidden: of two each would tell the other, as soon as somebody publishes the sum over all. Whoever is chosen
-- hides every breakdown in which somebody is secret, since one alone would follow from the city's other breakdowns.
-- Chosen are the smallest by what is shown, and never by what is secret. Once hidden, a value stays so.
insert into ring_hidden
with cells as (
    select
        given.member,
        given.indicator,
        held.breakdown,
        held.period,
        held.value,
        coalesce(held.sign in ('*', '.'), false) as secret,
        coalesce(held.sign in ('*', '.'), false) or gone.member is not null as hidden
    from ring_contributions(timestamp '9999-12-31') as given
    join ring_value as held using (contribution)
    left join (select distinct member, indicator, breakdown, period from ring_hidden) as gone
        on gone.member = given.member and gone.indicator = given.indicator
        and gone.breakdown = held.breakdown and gone.period = held.period
    where given.additive and given.withheld = ''
        and (len($indicators::varchar[]) = 0 or list_contains($indicators::varchar[], given.indicator))
),
concerned as (
    select indicator, breakdown, period, count(*) filter (where hidden) as hidden
    from cells
    group by all
    having bool_or(secret)
),
missing as (
    select indicator, period, 3 - min(hidden) as places
    from concerned
    group by all
    having min(hidden) < 3
),
candidates as (
    select
        cells.member,
        cells.indicator,
        cells.period,
        row_number() over (
            partition by cells.indicator, cells.period
            order by bool_or(cells.hidden), coalesce(sum(cells.value), 0) = 0, sum(cells.value), cells.member
        ) as place
    from cells
    join concerned using (indicator, breakdown, period)
    join missing using (indicator, period)
    group by cells.member, cells.indicator, cells.period
    having count(*) filter (where not cells.hidden and cells.value is not null) > 0
)
select cells.member, cells.indicator, cells.breakdown, cells.period, $at
from candidates
join missing using (indicator, period)
join concerned using (indicator, period)
join cells
    on cells.member = candidates.member and cells.indicator = candidates.indicator
    and cells.breakdown = concerned.breakdown and cells.period = candidates.period
where candidates.place <= missing.places and not cells.hidden and cells.value is not null;
