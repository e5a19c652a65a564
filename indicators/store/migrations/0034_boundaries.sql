-- Grain: one row per file of boundaries that was taken over. `shapes` is JSON: by member of the dimension its polygons, in
-- metres and simplified; `content` is the file as it came. They hold from `valid_from` up to `valid_to`, without one
-- until later ones do; of several that hold on a day the last row counts. `source` must stand under every map.
create table boundary (
    id integer not null,
    dimension varchar not null,
    valid_from date not null,
    valid_to date,
    shapes varchar not null,
    source varchar not null,
    projection varchar not null,
    file_name varchar not null,
    sha256 varchar not null,
    content blob not null,
    happened_at timestamp not null,
    who varchar not null
);

-- Grain: one row per withdrawal of boundaries.
create table boundary_withdrawal (
    id integer not null,
    boundary integer not null,
    happened_at timestamp not null,
    who varchar not null,
    reason varchar not null
);
