-- Grain: one row per slice with the delivery that is valid for it, as known at the moment, and its coverage.
-- The latest delivery that is not withdrawn wins; withdrawing it brings the earlier one back.
create or replace macro valid_slice(moment) as table
with states as (
    select delivery, arg_max(kind, id) as kind
    from event
    where happened_at <= moment
    group by delivery
)
select slice, max(delivery) as delivery, max(coverage.id) as coverage
from coverage
join states using (delivery)
where kind <> 'withdraw'
group by slice;

-- Grain: one row per series and period, as known at the moment.
create or replace macro valid_observation(moment) as table
select observation.*, valid.delivery, valid.slice
from observation
join valid_slice(moment) as valid using (coverage);
