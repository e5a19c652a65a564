insert into ring_definitions values (1, 'bench', '{}', timestamp '2026-01-01', 'land', '');
insert into ring_indicator
select 1, 'K-' || number, 'K-' || number, 'm', number % 2 = 0 from range($indicators) as numbers (number);
insert into ring_member
select number, 'city-' || number, 'City ' || number, 5, false, '', timestamp '2026-01-02', 'x', ''
from range($cities) as numbers (number);
insert into ring_consent
select city * 1000 + number, 'city-' || city, 'K-' || number, 'status', timestamp '2026-01-02', 'x', ''
from range($cities) as cities (city), range($indicators) as numbers (number);
insert into ring_contribution
select
    city * 1000 + number, 'city-' || city, 'K-' || number, 'K-' || number, 'm', 5, timestamp '2026-01-03',
    timestamp '2026-01-03', 'x'
from range($cities) as cities (city), range($indicators) as numbers (number)
order by all;
insert into ring_value
select
    city * 1000 + number,
    if(part = 0, '', 'gruppe=g' || part),
    part = 0,
    ((2016 + quarter // 4) * 100000 + [331, 630, 930, 1231][1 + quarter % 4] * 10 + 3)::integer,
    if(hash(city, number, part, quarter) % 50 = 0, null, 20 + hash(city, number, part, quarter) % 4000 / 100 + quarter / 10),
    if(hash(city, number, part, quarter) % 50 = 0, '*', null)
from
    range($cities) as cities (city),
    range($indicators) as numbers (number),
    range($breakdowns) as parts (part),
    range($quarters) as quarters (quarter)
order by 1, 2, 4;
insert into ring_rule
select
    city * 1000 + number, '', 'linear_path', 1, 2016.0, 20, [2030.0], [60], false, false, null, null, null, [], false,
    false, false, false
from range($cities) as cities (city), range($indicators) as numbers (number);
insert into ring_hidden
select 'city-' || city, 'K-' || number, 'gruppe=g1', 202512313, timestamp '2026-01-03'
from range($cities) as cities (city), range($indicators) as numbers (number)
where (city + number) % 9 = 0
