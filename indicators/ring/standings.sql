-- Grain: one row per indicator with the member's own last period, its value there, and the cities that have one too.
with wanted as (
    select unnest($indicators::varchar[]) as indicator, unnest($breakdowns::varchar[]) as breakdown
),
cells as materialized (
    select cell.member, cell.indicator, cell.period, cell.value
    from ring_cells($moment) as cell
    join wanted using (indicator, breakdown)
    where cell.main_group and cell.value is not null
),
own as (
    select indicator, max(period) as period, arg_max(value, period) as value
    from cells
    where member = $member
    group by indicator
)
select
    own.indicator,
    own.period,
    own.value,
    count(*) as cities,
    count(*) filter (where cells.value < own.value) as below,
    count(*) filter (where cells.value = own.value) as same,
    median(cells.value) as median
from own
join cells using (indicator, period)
group by own.indicator, own.period, own.value
order by own.indicator;
