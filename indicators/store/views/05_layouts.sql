-- Grain: one row per reporter and fingerprint, the layout that was confirmed last.
create or replace view known_layout as
with numbered as (
    select
        *,
        row_number() over (partition by reporter, fingerprint order by id desc) as back
    from layout_profile
)
select id, reporter, fingerprint, confirmed_at, confirmed_by, layout
from numbered
where back = 1;
