-- Grain: one row per version of a body that meets; the latest of a body counts. `every_months` is its rhythm, 0 for none.
create table body (
    id integer not null,
    body integer not null,
    name varchar not null,
    kind varchar not null,
    every_months integer not null,
    ended boolean not null,
    happened_at timestamp not null,
    who varchar not null,
    reason varchar not null
);
-- Grain: one row per version of a meeting; the latest of a meeting counts. `moment` is the knowledge that it looks at,
-- null for the end of its day; `compared_with` is the knowledge that it is compared with, null until both are settled.
-- `taken_from` is the day in city.yaml that it was taken over from.
create table meeting (
    id integer not null,
    meeting integer not null,
    body integer not null,
    held_on date not null,
    title varchar not null,
    agenda varchar not null,
    moment timestamp,
    compared_with timestamp,
    cancelled boolean not null,
    taken_from date,
    happened_at timestamp not null,
    who varchar not null,
    reason varchar not null
);
insert into body values (1, 1, 'Steuerungsgruppe', 'steering', 4, false, timestamp '2000-01-01', '', '');
