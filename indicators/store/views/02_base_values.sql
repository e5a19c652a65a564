-- Grain: one row per base figure, breakdown and period, as known at the moment: the sum over its reporters.
-- "Exactly nothing" (-) counts as zero; any other sign of a reporter makes the whole sum unknown.
create or replace macro base_value(moment, codes) as table
with wanted as (
    select id as series, base_figure, breakdown
    from series
    where list_contains(codes, base_figure)
),
delivered as (
    select
        base_figure,
        breakdown,
        period,
        coalesce(value, case when sign = '-' then 0.0 end) as number,
        sign,
        flags,
        delivery
    from valid_observation(moment)
    join wanted using (series)
)
select
    base_figure,
    breakdown,
    period,
    case when count(number) = count(*) then sum(number) end as number,
    case
        when count(number) = count(*) and count(sign) < count(*) then max(sign) filter (where sign = '()')
        when count(number) = count(*) then max(sign)
        else max(sign) filter (where number is null)
    end as sign,
    string_agg(distinct flags, '') as flags,
    max(delivery) as delivery
from delivered
group by base_figure, breakdown, period;
