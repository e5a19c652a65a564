-- Grain: one row per saved selection that is still there, as it is now.
create or replace view current_selection as
select selection, page, name, choices, owner, shared
from saved_selection
qualify row_number() over (partition by selection order by id desc) = 1 and not removed;
