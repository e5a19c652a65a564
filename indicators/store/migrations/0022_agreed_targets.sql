-- Grain: one row per version of a target that a body has decided; the latest of a `number` counts, and `ended` takes it
-- away from then on. `aim` is the title of the indicator's further target, empty for its own. `periods` and `goals` are
-- its milestones and the target, in order of time; `body_name` is what the body was called then.
create table agreed_target (
    id integer not null,
    number integer not null,
    indicator varchar not null,
    aim varchar not null,
    method varchar not null,
    baseline_period varchar,
    baseline_value double,
    periods varchar[] not null,
    goals double[] not null,
    low double,
    high double,
    decided_on date not null,
    body integer not null,
    body_name varchar not null,
    paper varchar not null,
    remark varchar not null,
    ended boolean not null,
    happened_at timestamp not null,
    who varchar not null,
    reason varchar not null
);
