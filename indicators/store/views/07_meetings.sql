-- Grain: one row per body that meets, as it is now.
create or replace view current_body as
select body.* exclude (happened_at, who, reason)
from body
qualify row_number() over (partition by body order by id desc) = 1;

-- Grain: one row per meeting, as it is now; those that were struck out are marked as cancelled.
create or replace view current_meeting as
with latest as (
    select *
    from meeting
    qualify row_number() over (partition by meeting order by id desc) = 1
)
select
    latest.meeting,
    latest.held_on,
    latest.title,
    latest.agenda,
    latest.moment,
    latest.compared_with,
    latest.cancelled,
    current_body.body,
    current_body.name,
    current_body.kind,
    current_body.every_months,
    current_body.ended
from latest
join current_body using (body);

-- Grain: one row per version of a meeting, in the words of the audit.
create or replace view meeting_told as
select
    meeting.id,
    meeting.meeting,
    meeting.happened_at,
    meeting.who,
    meeting.cancelled,
    meeting.moment is not null as settled,
    meeting.reason,
    body.name || ', ' || strftime(meeting.held_on, '%d.%m.%Y') || if(title = '', '', ': ' || title) as subject,
    concat_ws(
        '; ',
        strftime(meeting.held_on, '%d.%m.%Y'),
        body.name,
        nullif(title, ''),
        nullif(replace(agenda, chr(10), ' / '), ''),
        'Stand ' || strftime(moment, '%d.%m.%Y %H:%M') || ' UTC'
    ) as content
from meeting
join current_body as body using (body);
