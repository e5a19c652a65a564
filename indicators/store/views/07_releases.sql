-- Grain: one row per indicator that is released now, with the knowledge that is.
create or replace view current_release as
with latest as (
    select indicator, max(id) as id
    from release
    group by indicator
)
select release.*
from release
join latest using (id)
where moment is not null;
