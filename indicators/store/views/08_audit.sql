-- Grain: one row per event, with the deliveries that were valid in its slices before it and are after it.
create or replace view event_effect as
with valid as (
    -- Grain: one row per delivery and stretch of events, in which it is not withdrawn.
    select delivery, id as since, lead(id) over (partition by delivery order by id) as until, kind
    from event
    qualify kind <> 'withdraw'
),
touched as (
    select event.id as event, coverage.slice
    from event
    join coverage using (delivery)
),
winners as (
    select
        touched.event,
        touched.slice,
        max(valid.delivery) filter (where since < event and (until is null or until >= event)) as earlier,
        max(valid.delivery) filter (where since <= event and (until is null or until > event)) as later
    from touched
    join coverage using (slice)
    join valid on valid.delivery = coverage.delivery
    group by touched.event, touched.slice
)
select
    event,
    array_to_string(list_sort(list(distinct earlier)), ', ') as earlier,
    array_to_string(list_sort(list(distinct later)), ', ') as later
from winners
group by event;

-- Grain: one value. What a consent to the ring of cities lets the others see.
create or replace macro ring_level(level) as case level
    when 'values' then 'Werte'
    when 'status' then 'Werte und Status'
    else 'nichts'
end;

-- Grain: one row per change of whatever kind. `earlier` and `later` are what held before and afterwards.
create or replace view audit_log as
with definitions as (
    select
        *,
        lag(hash) over by_number as hash_before,
        lag(files) over by_number as files_before
    from catalogue_version
    window by_number as (order by number)
),
roles as (
    select *, array_to_string(reporters, ', ') as codes
    from user_role
),
ledger as (
    select
        'event' as source,
        event.id as number,
        event.happened_at,
        event.who,
        event.kind as action,
        delivery.id || ' (' || delivery.reporter || ', ' || delivery.file_name || ')' as subject,
        coalesce(effect.earlier, '') as earlier,
        coalesce(effect.later, '') as later,
        event.reason
    from event
    join delivery on delivery.id = event.delivery
    left join event_effect as effect on effect.event = event.id
)
from ledger
union all
select 'upload', id, uploaded_at, uploaded_by, 'upload', file_name, '', outcome, 'SHA-256 ' || sha256
from upload
union all
select
    'catalogue_version',
    definitions.number,
    since,
    coalesce(decision.who, ''),
    'definitions',
    array_to_string(
        list_filter(json_keys(files), lambda name: (files ->> name) is distinct from (files_before ->> name)), ', '
    ),
    coalesce(hash_before, ''),
    hash,
    coalesce(decision.reason, '')
from definitions
left join catalogue_decision as decision on decision.version = definitions.number
union all
select 'catalogue_decision', id, happened_at, who, 'leave-definitions', '', '', folder, reason
from catalogue_decision
where version is null
union all
select
    'layout_profile',
    id,
    confirmed_at,
    confirmed_by,
    'layout',
    reporter || ' ' || fingerprint,
    coalesce(md5(lag(layout::varchar) over (partition by reporter, fingerprint order by id)), ''),
    md5(layout::varchar),
    ''
from layout_profile
union all
select
    'list_layout',
    id,
    happened_at,
    who,
    'layout',
    data_set,
    coalesce(md5(lag(decisions) over (partition by data_set order by id)), ''),
    md5(decisions),
    ''
from list_layout
union all
select
    'user_role',
    id,
    given_at,
    given_by,
    'role',
    name,
    coalesce(lag(roles || ' ' || codes) over (partition by name order by id), ''),
    roles || ' ' || codes,
    ''
from roles
union all
select
    'release',
    id,
    happened_at,
    who,
    if(moment is null, 'end-release', 'release'),
    indicator,
    coalesce(strftime(lag(moment) over (partition by indicator order by id), '%xT%X'), ''),
    coalesce(strftime(moment, '%xT%X'), ''),
    reason
from release
union all
select
    'meeting',
    id,
    happened_at,
    who,
    case when cancelled then 'cancel-meeting' when lag(id) over versions is null then 'meeting' else 'correct-meeting' end,
    subject,
    coalesce(lag(content) over versions, ''),
    if(cancelled, '', content),
    reason
from meeting_told
window versions as (partition by meeting order by id)
union all
select
    'body',
    id,
    happened_at,
    who,
    'body',
    name,
    coalesce(lag(name || ', ' || every_months || ' Monate') over (partition by body order by id), ''),
    if(ended, 'aufgelöst', name || ', ' || every_months || ' Monate'),
    reason
from body
where who <> ''
union all
select
    'meeting_plan',
    plan.id,
    plan.happened_at,
    plan.who,
    'slides',
    body.name || ', ' || strftime(current_meeting.held_on, '%d.%m.%Y'),
    coalesce(lag(json_array_length(slides) || ' Folien') over (partition by plan.meeting order by plan.id), ''),
    json_array_length(slides) || ' Folien',
    ''
from meeting_plan as plan
join current_meeting using (meeting)
join current_body as body using (body)
union all
select
    'minutes',
    minutes.id,
    minutes.happened_at,
    minutes.who,
    'minutes',
    body.name || ', ' || strftime(current_meeting.held_on, '%d.%m.%Y') || ': ' || slide,
    coalesce(lag(content) over (partition by minutes.meeting, slide order by minutes.id), ''),
    content,
    ''
from minutes
join current_meeting using (meeting)
join current_body as body using (body)
union all
select
    'decision',
    id,
    happened_at,
    who,
    'decision',
    wording,
    coalesce(lag(concat_ws('; ', state, addressee, strftime(due, '%d.%m.%Y'), nullif(note, ''))) over by_decision, ''),
    concat_ws('; ', state, addressee, strftime(due, '%d.%m.%Y'), nullif(note, '')),
    ''
from decision
window by_decision as (partition by decision order by id)
union all
select
    'report_text',
    id,
    happened_at,
    who,
    'report-text',
    place || ' ' || passage,
    coalesce(lag(markdown) over (partition by place, passage order by id), ''),
    markdown,
    ''
from report_text
union all
select 'report', number, happened_at, who, 'freeze-report', title, '', 'Nr. ' || number, 'SHA-256 ' || sha256
from report
union all
select
    'report_release',
    id,
    happened_at,
    who,
    if(released, 'release-report', 'end-report-release'),
    'Nr. ' || number,
    '',
    '',
    reason
from report_release
union all
select
    'agreed_target',
    id,
    happened_at,
    who,
    if(ended, 'end-target', 'agree-target'),
    concat_ws(' ', indicator, nullif(aim, '')) || ', ' || strftime(decided_on, '%d.%m.%Y') || ', ' || body_name || ', '
    || paper,
    '',
    if(
        ended,
        '',
        concat_ws(
            '; ',
            nullif(array_to_string(list_transform(list_zip(periods, goals), lambda goal: goal[1] || ': ' || goal[2]), '; '), ''),
            low || ' bis ' || high
        )
    ),
    if(ended, reason, remark)
from agreed_target
union all
select
    'comment',
    id,
    happened_at,
    who,
    if(withdrawn = '', 'comment', 'withdraw-comment'),
    concat_ws(' ', indicator, nullif(breakdown, '')) || ', Nr. ' || number,
    '',
    case
        when bool_or(withdrawn = 'everywhere') over (partition by number) then '(Text überall entfernt)'
        when withdrawn = '' then wording
        else ''
    end,
    reason
from comment
union all
select
    'erasure',
    id,
    happened_at,
    who,
    if(kind = 'personal', 'erase-file', 'erase-expired'),
    file_name,
    'SHA-256 ' || sha256,
    '',
    reason
from erasure_told
union all
select
    'handed_out', id, happened_at, who, 'hand-out', concat_ws(', ', nullif(reporter, ''), file_name), '', recipient, way
from handed_out
union all
select
    'mail',
    id,
    happened_at,
    who,
    'mail-' || state,
    concat_ws(': ', coalesce(nullif(reporter, ''), 'Stabsstelle'), subject),
    '',
    recipient,
    note
from mail
where state <> 'begun' or mail in (select mail from current_mail where state = 'begun')
union all
select
    'letter_wording',
    id,
    happened_at,
    who,
    'letter-wording',
    letter,
    coalesce(lag(concat_ws(': ', nullif(subject, ''), nullif(body, ''))) over (partition by letter order by id), ''),
    concat_ws(': ', nullif(subject, ''), nullif(body, '')),
    ''
from letter_wording
union all
select 'paper_draft', id, happened_at, who, 'paper', concat_ws(' ', nullif(number, ''), subject), '', '', ''
from paper_draft
union all
select
    'saved_selection',
    id,
    happened_at,
    who,
    if(removed, 'remove-selection', 'selection'),
    name,
    coalesce(lag(name) over (partition by selection order by id), ''),
    if(removed, '', name),
    ''
from saved_selection
where shared
union all
select
    'boundary',
    id,
    happened_at,
    who,
    'boundaries',
    dimension || ', ' || file_name,
    '',
    'ab ' || strftime(valid_from, '%d.%m.%Y') || coalesce(' bis ' || strftime(valid_to, '%d.%m.%Y'), '') || ', ' || source,
    'SHA-256 ' || sha256
from boundary
union all
select
    'boundary_withdrawal',
    gone.id,
    gone.happened_at,
    gone.who,
    'withdraw-boundaries',
    boundary.dimension || ', ' || boundary.file_name,
    boundary.source,
    '',
    gone.reason
from boundary_withdrawal as gone
join boundary on boundary.id = gone.boundary
union all
select
    'ring_member',
    id,
    happened_at,
    who,
    'ring-member',
    name,
    coalesce('Grenze ' || lag(threshold) over (partition by member order by id), ''),
    'Grenze ' || threshold,
    reason
from ring_member
union all
select 'ring_definitions', number, happened_at, who, 'ring-publish', 'Fassung ' || number, '', hash, reason
from ring_definitions
union all
select
    'ring_consent',
    id,
    happened_at,
    who,
    'ring-consent',
    indicator,
    coalesce(lag(ring_level(level)) over (partition by member, indicator order by id), ''),
    ring_level(level),
    reason
from ring_consent
union all
select
    'ring_contribution',
    id,
    happened_at,
    who,
    'ring-contribution',
    indicator,
    '',
    'Stand ' || strftime(known_at, '%d.%m.%Y') || ', Grenze ' || threshold,
    ''
from ring_contribution
union all
select 'audit', id, happened_at, who, action, subject, earlier, later, ''
from audit;
