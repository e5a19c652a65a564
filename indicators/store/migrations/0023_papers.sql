-- Grain: one row per version of a paper for committees; the latest of an origin counts. `origin` is the decision of a
-- meeting or the frozen report that it is made of („beschluss:7“, „bericht:2“); `stations` and `shown` are JSON lists.
create table paper_draft (
    id integer not null,
    origin varchar not null,
    form varchar not null,
    subject varchar not null,
    number varchar not null,
    stations varchar not null,
    proposal varchar not null,
    effects varchar not null,
    shown varchar not null,
    happened_at timestamp not null,
    who varchar not null
);
