-- Grain: one row per decision on what a person may do; the latest of a name counts, no roles means no access.
create table user_role (
    id integer not null,
    name varchar not null,
    roles varchar not null,
    reporters varchar[] not null,
    given_by varchar not null,
    given_at timestamp not null
);
