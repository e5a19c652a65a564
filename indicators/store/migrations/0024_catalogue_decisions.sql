-- Grain: one row per decision of a person on the definitions. `version` is the number in catalogue_version that it made;
-- null where a changed folder was left as it was. `folder` is the content hash of the folder that was taken over or
-- left, empty where the decision was about something else. A version without a row here came from the folder by itself.
create table catalogue_decision (
    id integer not null,
    version integer,
    act varchar not null,
    folder varchar not null,
    happened_at timestamp not null,
    who varchar not null,
    reason varchar not null
);
