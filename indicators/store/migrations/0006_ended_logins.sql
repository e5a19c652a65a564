-- Grain: one row per login that somebody left; `login` is a digest of what the provider said when it began.
create table ended_login (
    login varchar not null,
    ended_at timestamp not null
);
