-- Grain: one row per state of what was confirmed about own tables that are lists of a data set: which column is which
-- field, which word means which. All rows of a data set count together, what is younger before what is older.
create table list_layout (
    id integer not null,
    data_set varchar not null,
    decisions varchar not null,
    happened_at timestamp not null,
    who varchar not null
);
