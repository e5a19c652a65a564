-- Grain: one row per version of a text that the office wrote for reports. `place` is „bericht“, „feld:B“ or
-- „kennzahl:B-01“; an empty text takes the one before away. `spoke_of` is JSON: what was shown when it was written.
create table report_text (
    id integer not null,
    place varchar not null,
    passage varchar not null,
    markdown varchar not null,
    spoke_of varchar not null,
    happened_at timestamp not null,
    who varchar not null
);

-- Grain: one row per frozen report. `content` is the whole report as gzipped JSON, so that it can be built again to
-- the byte whatever is delivered, defined or hidden later; `moment` is as of when its figures are known.
create table report (
    number integer not null,
    title varchar not null,
    moment timestamp not null,
    data_version integer not null,
    catalogue varchar not null,
    content blob not null,
    sha256 varchar not null,
    happened_at timestamp not null,
    who varchar not null
);

-- Grain: one row per release of a frozen report to all readers, or its end.
create table report_release (
    id integer not null,
    number integer not null,
    released boolean not null,
    happened_at timestamp not null,
    who varchar not null,
    reason varchar not null
);
