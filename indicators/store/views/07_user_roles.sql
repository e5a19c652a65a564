-- Grain: one row per person who was ever given a role, with what counts now.
create or replace view current_user_role as
with latest as (
    select name, max(id) as id
    from user_role
    group by name
)
select user_role.*
from user_role
join latest using (id);
