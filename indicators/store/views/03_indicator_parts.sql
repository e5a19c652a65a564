-- Grain: one row per indicator, breakdown and period: the values of its formula's base figures by slot, in order.
-- `part` says which base figure fills which slot; `roll` maps a base figure's period to the indicator's
-- and says how many of them make it complete (4 quarters of a flow, 1 for the last stock of a year) and whether
-- they are added or taken off (counts since January). Where a count since January falls, what came in between cannot be
-- known: it is no negative number.
create or replace macro indicator_part(moment, duty_table, part_table, roll_table) as table
with rolled as (
    select
        part.indicator,
        part.slot,
        base.breakdown,
        roll.into as period,
        case when count(base.number) = count(*) then sum(base.number * roll.factor) end as total,
        min(roll.factor) < 0 and total < 0 as falls,
        case when not falls then total end as number,
        case when falls then '.' else max(base.sign) filter (where base.number is null) end as missing_sign,
        max(base.sign) filter (where base.number is not null) as value_sign,
        string_agg(base.flags, '') as flags,
        max(base.delivery) as delivery
    from base_value(moment, duty_table) as base
    join query_table(part_table) as part using (base_figure)
    join query_table(roll_table) as roll on roll.indicator = part.indicator
        and roll.base_figure = base.base_figure and roll.period = base.period
    group by part.indicator, part.slot, base.breakdown, roll.into
    having count(*) = max(roll.needed)
)
select
    indicator,
    breakdown,
    period,
    list_transform(list_sort(list({'slot': slot, 'number': number})), lambda part: part.number) as numbers,
    list_sort(list(slot)) as slots,
    max(missing_sign) as missing_sign,
    max(value_sign) as value_sign,
    string_agg(flags, '') as flags,
    max(delivery) as delivery
from rolled
group by indicator, breakdown, period;
