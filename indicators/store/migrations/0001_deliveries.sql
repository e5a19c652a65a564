-- The append-only core. Nothing in these tables is ever updated or deleted by the product.

-- Grain: one row per content, kept for every attempt, whatever became of it.
create table file (
    sha256 varchar not null,
    content blob not null
);

-- Grain: one row per attempt to deliver a workbook.
create table upload (
    id integer not null,
    sha256 varchar not null,
    file_name varchar not null,
    uploaded_by varchar not null,
    uploaded_at timestamp not null,
    outcome varchar not null
);

-- Grain: one row per version of the definitions that a delivery was checked against.
create table catalogue_version (
    number integer not null,
    hash varchar not null,
    since timestamp not null,
    files json not null
);

-- Grain: one row per committed delivery; its number is its order.
create table delivery (
    id integer not null,
    data_set varchar not null,
    reporter varchar not null,
    period integer,
    sha256 varchar not null,
    file_name varchar not null,
    committed_by varchar not null,
    committed_at timestamp not null,
    catalogue integer not null,
    rows integer not null
);

-- Grain: one row per commit, withdrawal or restoration of a delivery.
create table event (
    id integer not null,
    delivery integer not null,
    kind varchar not null check (kind in ('commit', 'withdraw', 'restore')),
    happened_at timestamp not null,
    who varchar not null,
    reason varchar not null
);

-- Grain: one row per finding that a delivery was committed with, and the reason given for it.
create table accepted_finding (
    delivery integer not null,
    rule varchar not null,
    severity varchar not null,
    sheet varchar not null,
    cell varchar not null,
    found varchar not null,
    message varchar not null,
    reason varchar not null
);

-- Grain: one row per base figure, reporter and period ever covered.
create table slice (
    id integer not null,
    base_figure varchar not null,
    reporter varchar not null,
    period integer not null
);

-- Grain: one row per delivery and slice that it covers.
create table coverage (
    delivery integer not null,
    slice integer not null
);

-- Grain: one row per base figure, reporter and breakdown ever delivered.
create table series (
    id integer not null,
    base_figure varchar not null,
    reporter varchar not null,
    breakdown varchar not null
);

-- Grain: one row per delivery, series and period. Sorted by series within a delivery; no index:
-- uniqueness is checked at validation, and the file is five times smaller without one.
create table observation (
    delivery integer not null,
    slice integer not null,
    series integer not null,
    period integer not null,
    value double,
    sign varchar,
    flags varchar not null,
    sheet varchar not null,
    cell varchar not null
);
