-- Grain: one row per meeting that somebody has composed, with what it is shown now.
create or replace view current_plan as
select meeting, slides
from meeting_plan
qualify row_number() over (partition by meeting order by id desc) = 1;

-- Grain: one row per slide with minutes, as they are now.
create or replace view current_minutes as
select meeting, slide, content, happened_at, who
from minutes
qualify row_number() over (partition by meeting, slide order by id desc) = 1;

-- Grain: one row per decision, as it is now.
create or replace view current_decision as
select decision, meeting, slide, wording, addressee, due, state, note, happened_at, who
from decision
qualify row_number() over (partition by decision order by id desc) = 1;
