-- Grain: one row per confirmation of a table's layout by a reporter; the latest of a fingerprint holds.
create table layout_profile (
    id integer not null,
    reporter varchar not null,
    fingerprint varchar not null,
    confirmed_at timestamp not null,
    confirmed_by varchar not null,
    layout json not null
);
