-- Grain: one row per base figure that a single reporter delivers, as known at the moment.
create or replace macro sole_reporter(moment) as table
select slice.base_figure, any_value(slice.reporter) as reporter
from valid_slice(moment) as state
join slice on slice.id = state.slice
group by slice.base_figure
having count(distinct slice.reporter) = 1;

-- Grain: one row per base figure, breakdown, period and reporter with that reporter's number, as known at the moment;
-- only of base figures that several reporters deliver.
create or replace macro contribution(moment) as table
with shared as (
    select series.id as series, series.base_figure, series.breakdown, series.reporter
    from series
    where series.base_figure not in (select base_figure from sole_reporter(moment))
)
select
    shared.base_figure,
    shared.breakdown,
    observation.period,
    shared.reporter,
    coalesce(observation.value, case when observation.sign = '-' then 0.0 end) as number
from valid_observation(moment) as observation
join shared using (series)
where observation.value is not null or observation.sign = '-';
