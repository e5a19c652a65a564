-- A slice names its data set and a subject of it, no longer a base figure alone: in figures the subject is the base
-- figure. Numbers and rows stay as they are.

alter table slice rename to slice_of_figures;

-- Grain: one row per data set, subject, reporter and period ever covered.
create table slice (
    id integer not null,
    data_set varchar not null,
    subject varchar not null,
    reporter varchar not null,
    period integer not null
);

insert into slice
select id, 'figures', base_figure, reporter, period
from slice_of_figures
order by rowid;

drop table slice_of_figures;

-- Grain: one row per coverage of a slice of a list and entry, under its name. `fields` is {code: text or number}; a
-- field that was left empty is absent.
create table entry (
    coverage integer not null,
    name varchar not null,
    fields json not null,
    sheet varchar not null,
    cell varchar not null
);
