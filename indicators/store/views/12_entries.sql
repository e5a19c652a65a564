-- Grain: one row per valid entry of the wanted slices at the moment.
create or replace macro valid_entry(moment, wanted_table) as table
select
    valid.data_set,
    valid.subject,
    valid.reporter,
    valid.period,
    entry.name,
    entry.fields,
    valid.delivery,
    entry.sheet,
    entry.cell
from valid_delivery(moment, wanted_table) as valid
join entry using (coverage);

-- Grain: one row per slice of the data set and delivery that covers it and is not withdrawn at the moment, with its
-- entry; null where the delivery left the slice empty. A list that is delivered whole has a row for each entry.
create or replace macro entry_state(moment, of_set) as table
select
    slice.subject,
    slice.reporter,
    slice.period,
    state.id as delivery,
    state.committed_at,
    state.committed_by,
    entry.name,
    entry.fields,
    entry.sheet,
    entry.cell
from delivery_state(moment) as state
join coverage on coverage.delivery = state.id
join slice on slice.id = coverage.slice
left join entry on entry.coverage = coverage.id
where slice.data_set = of_set and not state.withdrawn;
