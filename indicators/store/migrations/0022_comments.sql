-- Grain: one row per version of a remark of a person; the latest of a `number` counts. `about` is what it is on: a value,
-- the course at a point, a revision, or the indicator, which has no breakdown, period and delivery. `delivery` is the one
-- that the value came with when the remark was written. `withdrawn` is empty, „now“ (earlier states still show it) or
-- „everywhere“, for a text that should never have been written.
create table comment (
    id integer not null,
    number integer not null,
    about varchar not null,
    indicator varchar not null,
    breakdown varchar not null,
    period integer,
    delivery integer,
    wording varchar not null,
    withdrawn varchar not null,
    happened_at timestamp not null,
    who varchar not null,
    reason varchar not null
);
