-- Grain: one row per base figure and period with the number of reporters that have begun but not delivered it.
-- A reporter owes a base figure from the first period that it delivered until its last day, and what its heir has
-- delivered it owes no more; `duty_table` lists who delivers today (see duty_table in observations.py).
create or replace macro owed(moment, duty_table) as table
with valid as (
    select distinct duty.base_figure, slice.reporter, slice.period, duty.until
    from valid_slice(moment) as state
    join figure_slice as slice on slice.id = state.slice
    join query_table(duty_table) as duty
        on duty.code = slice.base_figure and duty.reporter = slice.reporter and duty.heir is null
),
begun as (
    select base_figure, reporter, min(period) as first_period, max(until) as until
    from valid
    group by base_figure, reporter
),
done as (
    select base_figure, reporter, period
    from valid
    union
    select heir.base_figure, heir.reporter, valid.period
    from query_table(duty_table) as heir
    join valid on valid.base_figure = heir.base_figure and valid.reporter = heir.heir
)
select arrived.base_figure, arrived.period, count(*) as missing
from (select distinct base_figure, period from valid) as arrived
join begun on begun.base_figure = arrived.base_figure and begun.first_period <= arrived.period
    and (begun.until is null or arrived.period // 10 <= begun.until)
anti join done on done.base_figure = arrived.base_figure and done.reporter = begun.reporter
    and done.period = arrived.period
group by arrived.base_figure, arrived.period;

-- Grain: one row per stored code, reporter and period that no longer counts, because it has been delivered for the same
-- period by who took over from the reporter, or by the same reporter under the base figure's code of now (under the one
-- of before that it used last, where it is delivered under none of now). Both together are never summed.
create or replace macro overtaken(moment, duty_table) as table
with names as (
    select distinct base_figure, code from query_table(duty_table)
),
valid as (
    select names.base_figure, names.code, slice.reporter, slice.period, state.coverage
    from valid_slice(moment) as state
    join figure_slice as slice on slice.id = state.slice
    join names on names.code = slice.base_figure
),
heirs as (
    select distinct base_figure, reporter, heir from query_table(duty_table) where heir is not null
),
only_one as (
    select base_figure, any_value(reporter) as reporter
    from query_table(duty_table)
    where alone and heir is null
    group by base_figure
)
select earlier.code, earlier.reporter, earlier.period
from valid as earlier
join heirs using (base_figure, reporter)
join valid as now on now.base_figure = earlier.base_figure and now.reporter = heirs.heir and now.period = earlier.period
union
select earlier.code, earlier.reporter, earlier.period
from valid as earlier
join only_one using (base_figure)
join valid as now on now.base_figure = earlier.base_figure and now.reporter = only_one.reporter
    and now.period = earlier.period
where earlier.reporter <> only_one.reporter
union
select earlier.code, earlier.reporter, earlier.period
from valid as earlier
join valid as now using (base_figure, reporter, period)
where earlier.code <> earlier.base_figure and (now.code = now.base_figure or now.coverage > earlier.coverage);

-- Grain: one row per base figure, breakdown and period, as known at the moment: the sum over its reporters.
-- "Exactly nothing" (-) counts as zero. Any other sign of a reporter makes the whole sum unknown, and a
-- reporter that has not delivered yet makes it "later" (...).
create or replace macro base_value(moment, duty_table) as table
with wanted as (
    select series.id as series, names.base_figure, names.code, series.reporter, series.breakdown
    from series
    join (select distinct base_figure, code from query_table(duty_table)) as names on names.code = series.base_figure
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
    anti join overtaken(moment, duty_table) as earlier
        on earlier.code = wanted.code and earlier.reporter = wanted.reporter and earlier.period = observation.period
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
