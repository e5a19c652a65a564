-- Grain: one row per base figure and period with the number of reporters that have begun but not delivered it.
-- A reporter owes a base figure from the first period that it delivered; `duty_table` lists who delivers today.
create or replace macro owed(moment, duty_table) as table
with valid as (
    select distinct slice.base_figure, slice.reporter, slice.period
    from valid_slice(moment) as state
    join slice on slice.id = state.slice
    join query_table(duty_table) using (base_figure, reporter)
),
begun as (
    select base_figure, reporter, min(period) as first_period
    from valid
    group by base_figure, reporter
),
arrived as (
    select base_figure, period, count(*) as reporters
    from valid
    group by base_figure, period
)
select arrived.base_figure, arrived.period, count(*) - any_value(arrived.reporters) as missing
from arrived
join begun on begun.base_figure = arrived.base_figure and begun.first_period <= arrived.period
group by arrived.base_figure, arrived.period
having count(*) > any_value(arrived.reporters);

-- Grain: one row per base figure, breakdown and period, as known at the moment: the sum over its reporters.
-- "Exactly nothing" (-) counts as zero. Any other sign of a reporter makes the whole sum unknown, and a
-- reporter that has not delivered yet makes it "later" (...).
create or replace macro base_value(moment, duty_table) as table
with wanted as (
    select series.id as series, series.base_figure, series.breakdown
    from series
    where series.base_figure in (select base_figure from query_table(duty_table))
),
delivered as (
    select
        wanted.base_figure,
        wanted.breakdown,
        observation.period,
        coalesce(observation.value, case when observation.sign = '-' then 0.0 end) as number,
        observation.sign,
        observation.flags,
        observation.delivery
    from valid_observation(moment) as observation
    join wanted using (series)
),
summed as (
    select
        base_figure,
        breakdown,
        period,
        case when count(number) = count(*) then sum(number) end as number,
        case
            when count(number) < count(*) then max(sign) filter (where number is null)
            when count(sign) = count(*) then max(sign)
            else max(sign) filter (where sign = '()')
        end as sign,
        string_agg(flags, '') as flags,
        max(delivery) as delivery
    from delivered
    group by base_figure, breakdown, period
)
select
    summed.base_figure,
    summed.breakdown,
    summed.period,
    case when owed.missing is null then summed.number end as number,
    case when owed.missing is null then summed.sign else '...' end as sign,
    summed.flags,
    summed.delivery
from summed
left join owed(moment, duty_table) as owed using (base_figure, period);
