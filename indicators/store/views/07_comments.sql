-- Grain: one row per version of a remark that could be known at the moment: of those that came with a delivery only where
-- that delivery is valid for their value.
create or replace macro comment_version(moment) as table
with valid as (
    select slice.subject, slice.reporter, slice.period, found.delivery
    from valid_slice(moment) as found
    join slice on slice.id = found.slice
    where slice.data_set = 'figures'
)
select comment.*
from comment
left join valid
    on valid.delivery = comment.delivery
    and valid.subject = comment.base_figure
    and valid.reporter = comment.reporter
    and valid.period = comment.period
where comment.base_figure = '' or valid.delivery is not null;
