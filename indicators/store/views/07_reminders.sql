-- Grain: one row per e-mail with its latest state.
create or replace view current_mail as
select *
from mail
qualify row_number() over (partition by mail order by id desc) = 1;

-- Grain: one row per letter with the wording that counts.
create or replace view current_wording as
select *
from letter_wording
qualify row_number() over (partition by letter order by id desc) = 1;
