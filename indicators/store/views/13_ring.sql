-- Grain: one row per member of the ring as it is now.
create or replace view ring_current_member as
select member, name, threshold, leads, seal
from ring_member
qualify row_number() over (partition by member order by id desc) = 1;

-- Grain: one row per code that a shared indicator had at the moment or has now, and the one that it goes by: today's, and
-- of what is shared no more the last.
create or replace macro ring_codes(moment) as table
with latest as (
    select
        (select max(number) from ring_definitions) as latest_number,
        (select max(number) from ring_definitions where happened_at <= moment) as number_then
),
today as (
    select code, indicator from ring_indicator where definitions = (select latest_number from latest)
),
shared as (
    select code, indicator, meaning, additive from ring_indicator where definitions = (select number_then from latest)
)
select
    coalesce(shared.code, today.code) as code,
    coalesce(today.indicator, renamed.indicator, shared.indicator) as indicator,
    shared.meaning,
    coalesce(shared.additive, false) as additive
from shared
full join today on today.code = shared.code
left join today as renamed on renamed.code = shared.indicator;

-- Grain: one row per member and indicator with the consent that holds now, whatever moment is looked at.
create or replace macro ring_consents(moment) as table
select
    given.member,
    coalesce(known.indicator, given.indicator) as indicator,
    given.level,
    given.happened_at
from ring_consent as given
left join ring_codes(moment) as known on known.code = given.indicator
qualify row_number() over (partition by given.member, coalesce(known.indicator, given.indicator) order by given.id desc) = 1;

-- Grain: one row per member and indicator: its latest contribution until the moment, and what keeps it from being shown:
-- '' (nothing), 'consent', 'definition' (it means something else than was shared then) or 'threshold' (some member lets
-- nobody see numbers as small as it may hold). Consent and thresholds are those of today.
create or replace macro ring_contributions(moment) as table
with latest as (
    select
        made.id as contribution,
        made.member,
        known.indicator,
        made.own_code,
        made.threshold,
        made.known_at,
        made.happened_at,
        made.meaning = known.meaning as same_meaning,
        known.additive
    from ring_contribution as made
    join ring_codes(moment) as known on known.code = made.indicator
    where made.happened_at <= moment
    qualify row_number() over (partition by made.member, known.indicator order by made.id desc) = 1
)
select
    latest.*,
    coalesce(consented.level, 'none') as level,
    case
        when coalesce(consented.level, 'none') = 'none' then 'consent'
        when not coalesce(latest.same_meaning, false) then 'definition'
        when latest.threshold < (select max(threshold) from ring_current_member) then 'threshold'
        else ''
    end as withheld
from latest
left join ring_consents(moment) as consented using (member, indicator);

-- Grain: one row per member, indicator, breakdown and period that is shown of the moment; what is hidden by now holds '*'.
create or replace macro ring_cells(moment) as table
with shown as (
    select contribution, member, indicator, level from ring_contributions(moment) where withheld = ''
),
gone as (
    select distinct hidden.member, known.indicator, hidden.breakdown, hidden.period
    from ring_hidden as hidden
    join ring_codes(moment) as known on known.code = hidden.indicator
)
select
    shown.contribution,
    shown.member,
    shown.indicator,
    held.breakdown,
    held.main_group,
    held.period,
    case when gone.member is null then held.value end as value,
    case when gone.member is null then held.sign else '*' end as sign
from ring_value as held
join shown using (contribution)
left join gone
    on gone.member = shown.member and gone.indicator = shown.indicator
    and gone.breakdown = held.breakdown and gone.period = held.period;

-- Grain: one row per member and indicator (the wanted one, null for all) whose status is shown too: how it stands against
-- the member's own target.
create or replace macro ring_statuses(moment, wanted) as table
with consented as (
    select contribution, member, indicator
    from ring_contributions(moment)
    where withheld = '' and level = 'status' and (wanted is null or indicator = wanted)
),
ring_rules as (
    select rule.* exclude (breakdown) rename (contribution as series)
    from ring_rule as rule
    join consented using (contribution)
),
ring_series as (
    select cell.contribution as series, cell.period, cell.value, cell.sign
    from ring_cells(moment) as cell
    join ring_rule as rule on rule.contribution = cell.contribution and rule.breakdown = cell.breakdown
    where cell.main_group and (wanted is null or cell.indicator = wanted)
)
select consented.member, consented.indicator, judged.status, judged.reason, judged.period, judged.value, judged.expected
from attainment('ring_series', 'ring_rules') as judged
join consented on consented.contribution = judged.series;
