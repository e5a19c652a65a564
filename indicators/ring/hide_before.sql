-- Grain: one row per value of an earlier contribution that has become secret by a new one of the same member.
insert into ring_hidden
select distinct given.member, given.indicator, secret.breakdown, secret.period, $at
from ring_contribution as given
join ring_value as secret on secret.contribution = given.id
join ring_contribution as earlier on earlier.member = given.member and earlier.indicator = given.indicator
join ring_value as told
    on told.contribution = earlier.id and told.breakdown = secret.breakdown and told.period = secret.period
where given.id >= $first and earlier.id < given.id and secret.sign in ('*', '.') and told.value is not null
    and not exists (
        from ring_hidden as hidden
        where hidden.member = given.member and hidden.indicator = given.indicator
            and hidden.breakdown = secret.breakdown and hidden.period = secret.period
    );
