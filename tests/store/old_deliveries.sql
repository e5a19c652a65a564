-- Grain: 200 deliveries of 50 rows each in the tables of the first migration, each covering two slices.
insert into file
select sha256(n::varchar::blob), n::varchar::blob
from range(1, 201) as numbers(n);

insert into delivery
select
    n::integer, 'figures', 'FB 51', null, sha256(n::varchar::blob), n || '.xlsx', 'Test',
    timestamp '2026-01-01', 1, 50
from range(1, 201) as numbers(n);

insert into event
select n::integer, n::integer, 'commit', timestamp '2026-01-01', 'Test', ''
from range(1, 201) as numbers(n);

insert into slice
select n::integer, 'kinder', 'FB 51', n::integer
from range(1, 401) as numbers(n);

insert into coverage
select ((n + 1) // 2)::integer, n::integer
from range(1, 401) as numbers(n);

insert into series
select n::integer, 'kinder', 'FB 51', 'herkunft=h' || n
from range(1, 26) as numbers(n);

insert into observation
select ((slice.id + 1) // 2)::integer, slice.id, series.id, slice.period, 1.0, null, '', 'Blatt', 'B7'
from slice
cross join series
order by all;
