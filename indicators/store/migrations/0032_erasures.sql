-- Erasing the content of a file is the one exception to „rows are only ever added“ (decision 0927). What was known of
-- the file stays: its attempts, its deliveries, its SHA-256; and who erased it when and why.

-- Grain: one row per erasure of a file's content: `expired` because it was never taken over, `personal` by a person.
create table erasure (
    id integer not null,
    sha256 varchar not null,
    kind varchar not null check (kind in ('expired', 'personal')),
    happened_at timestamp not null,
    who varchar not null,
    reason varchar not null
);

-- Grain: one row per writing anew of the database file, and the last erasure whose bytes it left behind.
create table rewriting (
    id integer not null,
    erasure integer not null,
    happened_at timestamp not null
);
