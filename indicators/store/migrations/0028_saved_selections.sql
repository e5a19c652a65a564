-- Grain: one row per version of a saved selection: the choices of a page (JSON, as its address names them) under a name.
-- The latest row of a `selection` counts; `shared` ones are everybody's, the others are their owner's alone. A removed
-- one stays as a row.
create table saved_selection (
    id integer not null,
    selection integer not null,
    page varchar not null,
    name varchar not null,
    choices json not null,
    owner varchar not null,
    shared boolean not null,
    removed boolean not null,
    happened_at timestamp not null,
    who varchar not null
);
