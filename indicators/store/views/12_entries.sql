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
