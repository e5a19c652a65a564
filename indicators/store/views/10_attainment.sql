-- The status of all series at once. indicators/attainment is the reference for every formula here, and a test
-- compares both on 10,000 random series.
--
-- values_table names a relation (series, period, value, sign) with one row a series and period, where period is
-- Period.key; rules_table one (see SCHEMA in ring/rules.py) with one row a rule, as `rule_rows` makes it.

-- Grain: one value. Equal within a billionth of the largest number involved, as EPSILON in course.py says.
create or replace macro at_least(a, b, scale) as a >= b - 1e-9 * greatest(abs(a), abs(b), abs(scale));

-- Grain: one value.
create or replace macro nearly_equal(a, b) as abs(a - b) <= 1e-9 * greatest(abs(a), abs(b));

-- Grain: one value. Why a cell without a value cannot be judged.
create or replace macro reason_of_sign(sign) as case sign
    when '*' then 'secret'
    when '.' then 'unknown'
    when '/' then 'unreliable'
    when '-' then 'no_number'
    when 'x' then 'no_number'
    when '()' then 'no_number'
    else 'not_delivered'
end;

-- Grain: one value. The end of the period in years, as Period.time has it.
create or replace macro period_time(period) as
    period // 100000 + (
        period // 1000 % 100 - 1
        + (period // 10 % 100) / day(last_day(make_date(period // 100000, period // 1000 % 100, 1)))
    ) / 12;

-- Grain: one data point of the latest one's day of the year, so many years before it. Only integers are compared: a year
-- is 100,000 in a period's key, and a day's difference (29 February) at most 17.
create or replace macro same_day(measured_table, latest_table) as table
select
    latest.series,
    latest.period,
    measured.period as measured_in,
    (latest.period - measured.period + 17) // 100000 as years,
    measured.value,
    measured.sign
from query_table(measured_table) as measured
join query_table(latest_table) as latest using (series)
where (latest.period - measured.period + 17) % 100000 <= 34
    and (measured.period = latest.period or measured.period < latest.period - 17);

-- Grain: one row per series: its latest period, value and sign, and its last six data points of the same day of the
-- year, newest first. Most series have them within five years: `bound` lets that reading skip older row groups and
-- throws other days of the year away before the join, which costs most. Only those with holes are read on.
create or replace macro last_points(values_table) as table
with latest as materialized (
    select series, max(period) as period
    from query_table(values_table)
    group by series
),
bound as (
    select
        min(period) - 500017 as since,
        min(period % 100000) - 17 as first_day,
        max(period % 100000) + 17 as last_day
    from latest
),
recent as (
    select measured.series, measured.period, measured.value, measured.sign
    from query_table(values_table) as measured
    cross join bound
    where measured.period >= bound.since and measured.period % 100000 between bound.first_day and bound.last_day
),
five_years as materialized (
    select * from same_day('recent', 'latest') where measured_in >= period - 500017
),
with_holes as (
    select series, any_value(period) as period
    from five_years
    group by series
    having count(*) < 6
),
points as (
    from five_years
    union all by name
    select * from same_day(values_table, 'with_holes') where measured_in < period - 500017
)
select
    series,
    max(period) as period,
    max(value) filter (where years = 0) as x,
    max(sign) filter (where years = 0) as sign,
    arg_max({'years': years, 'value': value, 'sign': sign}, measured_in, 6) as points
from points
group by series;

-- Grain: one row per rule, with the numbers that its method compares. `points` are the last data points since the last
-- break, `held` those that hold a value.
create or replace macro attainment_case(values_table, rules_table) as table
with placed as (
    select
        rule.*,
        recent.* exclude (series),
        goals[-1] as z,
        coalesce(rule.direction, 0) as wanted,
        case
            when not rule.chained and len(rule.breaks) > 0
                then list_max(list_filter(rule.breaks, lambda moment: moment < recent.time - 1e-6))
        end as last_break
    from query_table(rules_table) as rule
    left join (select *, period_time(period) as time from last_points(values_table)) as recent using (series)
),
routed as (
    select
        *,
        case
            when method = 'gap' and baseline_value is null then 'threshold'
            when method in ('gap', 'linear_path') and nearly_equal(z, baseline_value) then 'maintain'
            when method = 'gap' then 'linear_path'
            else method
        end as way,
        list_filter(points, lambda point: last_break is null or last_break < time - point.years - 1e-6) as since_break,
        list_filter(since_break, lambda point: point.value is not null) as held,
        case when not at_least(x, low, 0) then 1 when not at_least(high, x, 0) then -1 else 0 end as outside
    from placed
),
windowed as (
    select
        *,
        case when way = 'band' then outside else wanted end as better,
        coalesce(len(held), 0) as measured,
        held[-1] as oldest,
        list_filter(since_break, lambda point: point.value is null)[1] as newest_hole,
        case
            when way = 'dns_trend'
                then coalesce(list_filter(times, lambda moment: moment >= time - 0.005)[1], times[-1])
        end as due
    from routed
),
aimed as (
    select
        *,
        case
            when way = 'maintain' then coalesce(z, baseline_value)
            when way = 'band' then case outside when 1 then low when -1 then high end
            when way = 'dns_trend' and wanted > 0 and low is not null then low
            when way = 'dns_trend' and wanted < 0 and high is not null then high
            when way = 'dns_trend' then
                wanted * list_min(list_transform(
                    list_filter(goals, lambda goal, place: abs(times[place] - due) < 0.005),
                    lambda goal: wanted * goal
                ))
            else z
        end as goal,
        case
            when measured < 2 then null
            when nearly_equal(x, oldest.value) then 0
            else (x - oldest.value) / oldest.years
        end as mean_change,
        case when nearly_equal(x, held[2].value) then 0 else x - held[2].value end as last_change
    from windowed
)
select
    *,
    coalesce(
        tolerance,
        0.05 * coalesce(case when way = 'band' then high - low else abs(z - baseline_value) end, 0)
    ) as slack,
    way = 'band' and better <> 0 and baseline_value is not null and len(times) > 0
        and not at_least(better * baseline_value, better * goal, 0) as band_path,
    at_least(better * x, better * goal, 0) as met,
    yearly or due is null or at_least(better * x, better * goal, 0) as every_year
from aimed;

-- Grain: one row per rule, with why it cannot be judged (null where it can) and the value that was to be expected.
-- The path lies in pieces between baseline, milestones and target; that of a band leads straight to the bound.
create or replace macro attainment_expected(values_table, rules_table) as table
with passed as (
    select
        *,
        case when band_path then 0 else len(list_filter(times, lambda moment: moment < time)) end as milestones_passed
    from attainment_case(values_table, rules_table)
),
knots as (
    select
        *,
        case milestones_passed when 0 then baseline_time else times[milestones_passed] end as time_before,
        case milestones_passed when 0 then baseline_value else goals[milestones_passed] end as value_before,
        case when band_path then times[-1] else times[milestones_passed + 1] end as time_after,
        case when band_path then goal else goals[milestones_passed + 1] end as value_after,
        case when band_path then times[-1] - baseline_time < 1e-6 else disordered end as no_path,
        -- What has no growth rate stays null.
        case when way = 'eurostat_cagr' and x >= 0 and baseline_value > 0 and time - baseline_time >= 1e-6
            then (x / baseline_value) ** (1 / (time - baseline_time)) - 1 end as actual,
        case when way = 'eurostat_cagr' and goal > 0 and baseline_value > 0 and times[-1] - baseline_time >= 1e-6
            then (goal / baseline_value) ** (1 / (times[-1] - baseline_time)) - 1 end as required
    from passed
)
select
    *,
    case
        when x is null and time is null then 'not_delivered'
        when x is null then reason_of_sign(sign)
        when widens_gap then 'undefined'
        when way = 'band' and low is null and high is null then 'no_target'
        when way = 'band' and low > high then 'undefined'
        when way = 'eurostat_cagr' and percentage then 'undefined'
        when way <> 'band' and wanted = 0 then 'no_direction'
        when way in ('linear_path', 'eurostat_cagr', 'threshold') and coalesce(len(times), 0) = 0 then 'no_target'
        when way = 'maintain' and goal is null then 'no_target'
        when way in ('linear_path', 'eurostat_cagr') and baseline_value is null then 'no_baseline'
        when way in ('linear_path', 'eurostat_cagr', 'maintain', 'band') and time < baseline_time then 'before_baseline'
        when way in ('linear_path', 'eurostat_cagr', 'maintain', 'band') and last_break >= baseline_time - 1e-6 then 'break'
        when (way = 'linear_path' or band_path) and no_path then 'undefined'
        when way = 'linear_path' and not at_least(better * z, better * baseline_value, 0) then 'undefined'
        when (way in ('linear_path', 'maintain') or (way = 'band' and better <> 0)) and slack < 0 then 'undefined'
        when way = 'eurostat_cagr' and not nearly_equal(goal, baseline_value) and (
            actual is null or required is null or isinf(actual) or isinf(required)
        ) then 'undefined'
        when way in ('direction', 'dns_trend') and measured < 4 then
            case
                when len(since_break) < len(points) then 'break'
                when measured = len(since_break) then 'too_few'
                when newest_hole.sign is null then 'gap'
                else reason_of_sign(newest_hole.sign)
            end
        when way = 'dns_trend' and not direction_only and goal is null then 'no_target'
        when not (
            way = 'linear_path' or way = 'maintain' or way = 'band' or way = 'threshold' or way = 'direction'
            or way = 'dns_trend' or way = 'eurostat_cagr'
        ) then 'undefined'
    end as reason,
    case
        when way = 'linear_path' or band_path then
            case
                when time >= times[-1] then case when band_path then goal else z end
                when time <= baseline_time then baseline_value
                else value_before + (value_after - value_before) * (time - time_before) / (time_after - time_before)
            end
        when way = 'band' and better = 0 then x
        when way in ('maintain', 'band', 'threshold') then goal
        when way = 'dns_trend' and direction_only then null
        when way = 'dns_trend' and every_year then goal
        when way = 'dns_trend' then x + mean_change * greatest(due - time, 0)
        when way = 'eurostat_cagr' and nearly_equal(goal, baseline_value) then goal
        when way = 'eurostat_cagr' then
            baseline_value * (goal / baseline_value)
                ** ((least(time, times[-1]) - baseline_time) / (times[-1] - baseline_time))
    end as expected
from knots;

-- Grain: one row per rule: latest period, its value or sign, expected value, deviation (positive is better, in the
-- indicator's unit), attainment (share of the way from baseline to target), status, reason, value of the year before.
create or replace macro attainment(values_table, rules_table) as table
with compared as (
    select
        *,
        case
            when way = 'band' and better = 0 then 0
            when way <> 'dns_trend' then better * (x - expected)
            when every_year then better * (x - goal)
            else better * (expected - goal)
        end as distance,
        abs(goal - expected) / abs(goal - x) as miss,
        better * actual / abs(required) as ratio
    from attainment_expected(values_table, rules_table)
),
judged as (
    select
        *,
        case
            when reason is not null then 'not_judged'
            when way = 'threshold' then case when met then 'met' else 'not_met' end
            when way = 'maintain' then
                case
                    when at_least(distance, -slack, greatest(abs(x), abs(goal))) then 'reached'
                    when at_least(distance, -3 * slack, greatest(abs(x), abs(goal))) then 'slightly_behind'
                    else 'wrong_direction'
                end
            when way = 'band' and better = 0 then 'reached'
            when way in ('linear_path', 'band') then
                case
                    when met and at_least(distance, 0, greatest(abs(x), abs(expected), abs(goal))) then 'reached'
                    when at_least(distance, -slack, greatest(abs(x), abs(expected), abs(goal))) then 'on_track'
                    when not at_least(better * x, better * baseline_value, 0) then 'wrong_direction'
                    when at_least(distance, -3 * slack, greatest(abs(x), abs(expected), abs(goal))) then 'slightly_behind'
                    else 'clearly_behind'
                end
            when way = 'direction' then
                case
                    when better * mean_change > 0 and better * last_change > 0 then 'improving'
                    when better * mean_change > 0 then 'faltering'
                    when better * last_change > 0 then 'turning'
                    else 'wrong_direction'
                end
            when way = 'dns_trend' and direction_only then
                case
                    when better * mean_change > 0 and better * last_change > 0 then 'sun'
                    when better * mean_change > 0 then 'partly_cloudy'
                    when better * last_change > 0 then 'cloud'
                    else 'thunderstorm'
                end
            when way = 'dns_trend' and every_year then
                case
                    when met and better * mean_change >= 0 then 'sun'
                    when met then 'partly_cloudy'
                    when better * mean_change > 0 then 'cloud'
                    else 'thunderstorm'
                end
            when way = 'dns_trend' then
                case
                    when better * mean_change <= 0 then 'thunderstorm'
                    when at_least(better * expected, better * goal, x) or miss < 0.05 - 1e-9 then 'sun'
                    when miss <= 0.20 + 1e-9 then 'partly_cloudy'
                    else 'cloud'
                end
            when way = 'eurostat_cagr' then
                case
                    when met or ratio >= 0.95 - 1e-9 then 'significant'
                    when ratio >= 0.60 - 1e-9 then 'moderate'
                    when ratio >= -1e-9 then 'insufficient'
                    else 'away'
                end
        end as status
    from compared
)
select
    series,
    method,
    period,
    x as value,
    sign,
    case when reason is null then expected end as expected,
    case when reason is null then distance end as deviation,
    case
        when reason is null and method <> 'band' and not nearly_equal(z, baseline_value)
            then (x - baseline_value) / (z - baseline_value)
    end as attainment,
    status,
    reason,
    case when x is not null then list_filter(held, lambda point: point.years = 1)[1].value end as previous_year
from judged;
