-- Grain: one row per version of what a meeting is shown; the latest of a meeting counts. `slides` is a JSON list.
create table meeting_plan (
    id integer not null,
    meeting integer not null,
    slides varchar not null,
    happened_at timestamp not null,
    who varchar not null
);
-- Grain: one row per version of the minutes of a slide; the latest counts.
create table minutes (
    id integer not null,
    meeting integer not null,
    slide varchar not null,
    content varchar not null,
    happened_at timestamp not null,
    who varchar not null
);
-- Grain: one row per version of a decision; the latest counts. `meeting` is where it was put to the vote.
create table decision (
    id integer not null,
    decision integer not null,
    meeting integer not null,
    slide varchar not null,
    wording varchar not null,
    addressee varchar not null,
    due date,
    state varchar not null,
    note varchar not null,
    happened_at timestamp not null,
    who varchar not null
);
