-- Grain: one row per release of an indicator to all readers, or its end. `moment` is the knowledge that is released,
-- null where the release ends.
create table release (
    id integer not null,
    indicator varchar not null,
    moment timestamp,
    happened_at timestamp not null,
    who varchar not null,
    reason varchar not null
);
