-- Grain: one row per change that no other append-only table tells of: backups, restored backups, releases.
create table audit (
    id integer not null,
    happened_at timestamp not null,
    who varchar not null,
    action varchar not null,
    subject varchar not null,
    earlier varchar not null,
    later varchar not null
);
