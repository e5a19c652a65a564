-- Grain: one row per delivery committed until the moment, with its state then.
create or replace macro delivery_state(moment) as table
with states as (
    select delivery, arg_max(kind, id) as kind, arg_max(reason, id) as reason
    from event
    where happened_at <= moment
    group by delivery
)
select delivery.*, states.kind = 'withdraw' as withdrawn, states.reason
from delivery
join states on states.delivery = delivery.id;

-- Grain: one row per event.
create or replace view event_log as
select
    event.id as event,
    event.delivery,
    event.kind,
    event.happened_at,
    event.who,
    event.reason,
    delivery.data_set,
    delivery.reporter,
    delivery.period,
    delivery.file_name,
    delivery.sha256,
    delivery.rows
from event
join delivery on delivery.id = event.delivery;

-- Grain: one row per wanted slice that has a valid delivery at the moment.
create or replace macro valid_delivery(moment, wanted_table) as table
select wanted.data_set, wanted.subject, wanted.reporter, wanted.period, valid.delivery, valid.coverage
from query_table(wanted_table) as wanted
join slice using (data_set, subject, reporter, period)
join valid_slice(moment) as valid on valid.slice = slice.id;

-- Grain: one row per valid observation of the wanted slices at the moment.
create or replace macro valid_content(moment, wanted_table) as table
select
    series.base_figure,
    series.reporter,
    series.breakdown,
    observation.period,
    observation.value,
    observation.sign,
    observation.flags,
    valid.delivery,
    observation.sheet,
    observation.cell
from valid_delivery(moment, wanted_table) as valid
join observation using (coverage)
join series on series.id = observation.series;

-- Grain: one row per slice ever covered until the moment: its valid delivery, or its last one where all are
-- withdrawn; and when the first that still counts came in (a correction does not make a delivery late).
create or replace macro slice_state(moment) as table
with covered as (
    select coverage.slice, state.id as delivery, state.withdrawn, state.committed_at
    from coverage
    join delivery_state(moment) as state on state.id = coverage.delivery
),
decided as (
    select
        slice,
        coalesce(max(delivery) filter (where not withdrawn), max(delivery)) as delivery,
        bool_and(withdrawn) as withdrawn,
        min(committed_at) filter (where not withdrawn) as first_at
    from covered
    group by slice
)
select slice.data_set, slice.subject, slice.reporter, slice.period, decided.delivery, decided.withdrawn, decided.first_at
from decided
join slice on slice.id = decided.slice;

-- Grain: one row per delivery of the same bytes that is not withdrawn and slice that it covers, with whether it is the
-- valid one of that slice at the moment.
create or replace macro same_bytes(moment, sha) as table
select
    state.id as delivery,
    state.committed_at,
    state.committed_by,
    slice.data_set,
    slice.subject,
    slice.reporter,
    slice.period,
    coalesce(valid.delivery = state.id, false) as is_valid
from delivery_state(moment) as state
join coverage on coverage.delivery = state.id
join slice on slice.id = coverage.slice
left join valid_slice(moment) as valid on valid.slice = slice.id
where state.sha256 = sha and not state.withdrawn;
