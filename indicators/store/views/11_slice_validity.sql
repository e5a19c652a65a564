-- Grain: one row per slice of figures and stretch of events in which one coverage of it was valid: from the event `since` on up to
-- but not including `until` (null: to this day). The latest delivery that is not withdrawn wins, as in valid_slice.
create or replace view slice_validity as
with standing as (
    -- Grain: one row per delivery and stretch of events in which it is not withdrawn.
    select delivery, id as since, lead(id) over (partition by delivery order by id) as until, kind
    from event
    qualify kind <> 'withdraw'
),
touched as (
    select distinct coverage.slice, event.id as event
    from event
    join coverage using (delivery)
),
winners as (
    select touched.slice, touched.event, max(coverage.id) as coverage
    from touched
    join coverage using (slice)
    join standing
        on standing.delivery = coverage.delivery
        and standing.since <= touched.event
        and (standing.until is null or standing.until > touched.event)
    group by touched.slice, touched.event
),
stretches as (
    select
        touched.slice,
        touched.event as since,
        winners.coverage,
        lead(touched.event) over (partition by touched.slice order by touched.event) as until
    from touched
    left join winners using (slice, event)
)
select slice.base_figure, slice.reporter, slice.period, stretches.coverage, stretches.since, stretches.until
from stretches
join figure_slice as slice on slice.id = stretches.slice
where stretches.coverage is not null;

-- Grain: one row per observation ever delivered.
create or replace view delivered_content as
select observation.coverage, series.breakdown, observation.value as number, observation.sign
from observation
join series on series.id = observation.series;

-- Grain: one row per stretch of time in which a version of the definitions was in force, oldest first.
create or replace view catalogue_since as
select hash, since
from catalogue_version
order by number;
