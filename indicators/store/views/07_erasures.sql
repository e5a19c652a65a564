-- Grain: one row per content that is stored: who brought it last, and what of it was taken over.
create or replace view stored_file as
with attempts as (
    select
        sha256,
        arg_max(file_name, id) as file_name,
        arg_max(uploaded_by, id) as uploaded_by,
        max(uploaded_at) as uploaded_at
    from upload
    group by sha256
),
taken_over as (
    select
        sha256,
        arg_max(file_name, id) as file_name,
        arg_max(committed_by, id) as committed_by,
        max(committed_at) as committed_at,
        list(id order by id) as deliveries
    from delivery
    group by sha256
)
select
    file.sha256,
    coalesce(taken_over.file_name, attempts.file_name, '') as file_name,
    coalesce(taken_over.committed_by, attempts.uploaded_by, '') as brought_by,
    greatest(attempts.uploaded_at, taken_over.committed_at) as brought_at,
    coalesce(deliveries, []) as deliveries
from file
left join attempts using (sha256)
left join taken_over using (sha256);

-- Grain: one row per erasure, with the last name that the file came by. `cleared`: the database file was written anew
-- since, and so holds none of the bytes.
create or replace view erasure_told as
with names as (
    select sha256, file_name, uploaded_at as brought_at from upload
    union all
    select sha256, file_name, committed_at from delivery
),
latest as (
    select sha256, arg_max(file_name, brought_at) as file_name
    from names
    group by sha256
)
select
    erasure.*,
    coalesce(latest.file_name, '') as file_name,
    erasure.id <= coalesce((select max(erasure) from rewriting), 0) as cleared
from erasure
left join latest using (sha256);
