-- Coverage gets a number, later deliveries' above earlier ones', and observations carry it instead of delivery and
-- slice: which of them are valid is then a join on one dense integer, three times as fast (docs/decisions/0601).

alter table coverage rename to coverage_without_number;

-- Grain: one row per delivery and slice that it covers. Of two deliveries of a slice the later has the greater id.
create table coverage (
    id integer not null,
    delivery integer not null,
    slice integer not null
);

insert into coverage
select row_number() over (order by delivery, slice), delivery, slice
from coverage_without_number
order by all;

alter table observation rename to observation_without_number;

-- Grain: one row per delivery, series and period. Sorted by series within a delivery; no index:
-- uniqueness is checked at validation, and the file is five times smaller without one.
create table observation (
    coverage integer not null,
    series integer not null,
    period integer not null,
    value double,
    sign varchar,
    flags varchar not null,
    sheet varchar not null,
    cell varchar not null
);

insert into observation
select coverage.id, series, period, value, sign, flags, sheet, cell
from observation_without_number
join coverage using (delivery, slice)
order by coverage.delivery, series, period;

drop table observation_without_number;
drop table coverage_without_number;
