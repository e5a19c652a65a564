-- Grain: one row per state of what a person has decided about an own workbook that is not taken over yet. The latest row
-- of a person and a file counts, as long as no delivery of that file is younger.
create table decision_draft (
    id integer not null,
    sha256 varchar not null,
    who varchar not null,
    happened_at timestamp not null,
    decisions varchar not null
);
