-- A remark can come with a delivery, beside a value of a base figure: then `base_figure` and `reporter` name the value,
-- `indicator` is empty, and it holds as long as its delivery is valid for the value.
alter table comment add column base_figure varchar default '';
alter table comment add column reporter varchar default '';

-- Grain: one row per template that somebody got: fetched, in the package for all, or by e-mail.
create table handed_out (
    id integer not null,
    reporter varchar not null,
    period integer not null,
    file_name varchar not null,
    way varchar not null check (way in ('download', 'zip', 'mail')),
    recipient varchar not null,
    happened_at timestamp not null,
    who varchar not null
);

-- Grain: one row per wording of a letter that the office has written; the latest of a `letter` counts.
create table letter_wording (
    id integer not null,
    letter varchar not null,
    subject varchar not null,
    body varchar not null,
    happened_at timestamp not null,
    who varchar not null
);

-- Grain: one row per state of an e-mail: it is begun before it goes out, then sent, failed or unclear; the latest row of a
-- `mail` counts. `about` are the reminders that it is for: what was begun, sent or is unclear goes to nobody again.
create table mail (
    id integer not null,
    mail integer not null,
    letter varchar not null,
    about varchar[] not null,
    reporter varchar not null,
    recipient varchar not null,
    subject varchar not null,
    state varchar not null check (state in ('begun', 'sent', 'failed', 'unclear')),
    note varchar not null,
    happened_at timestamp not null,
    who varchar not null
);
