-- A ring of cities is a store of its own with these tables; what a city did there stands in its own store as well, with
-- the person's name and the reason, but for the values.

-- Grain: one row per change of a member; the latest of a `member` counts. `threshold` is the smallest number of people that
-- it lets anybody see, `seal` the hash of a word that only its own installation has.
create table ring_member (
    id integer not null,
    member varchar not null,
    name varchar not null,
    threshold integer not null,
    leads boolean not null,
    seal varchar not null,
    happened_at timestamp not null,
    who varchar not null,
    reason varchar not null
);

-- Grain: one row per version of the shared definitions; `files` is JSON: text by name.
create table ring_definitions (
    number integer not null,
    hash varchar not null,
    files varchar not null,
    happened_at timestamp not null,
    who varchar not null,
    reason varchar not null
);

-- Grain: one row per shared indicator, version of the definitions and code that it has or had. Contributions of another
-- `meaning` are not comparable; of `additive` ones the cities add up to the state.
create table ring_indicator (
    definitions integer not null,
    code varchar not null,
    indicator varchar not null,
    meaning varchar not null,
    additive boolean not null
);

-- Grain: one row per consent given, changed or withdrawn; the latest of a member and indicator counts, whatever moment is
-- looked at. `level` is 'none', 'values' or 'status' (values and status).
create table ring_consent (
    id integer not null,
    member varchar not null,
    indicator varchar not null,
    level varchar not null,
    happened_at timestamp not null,
    who varchar not null,
    reason varchar not null
);

-- Grain: one row per contribution: all that a member shows of an indicator as it was known to it at `known_at`, protected
-- with `threshold`. `own_code` is the member's own code of the indicator.
create table ring_contribution (
    id integer not null,
    member varchar not null,
    indicator varchar not null,
    own_code varchar not null,
    meaning varchar not null,
    threshold integer not null,
    known_at timestamp not null,
    happened_at timestamp not null,
    who varchar not null
);

-- Grain: one row per contribution, breakdown (in the shared words) and period: a value, or the sign in its place.
-- `main_group` are those that overviews of a whole ring read: of the shared headline, and of the group that the member's own
-- target judges.
create table ring_value (
    contribution integer not null,
    breakdown varchar not null,
    main_group boolean not null,
    period integer not null,
    value double,
    sign varchar
);

-- Grain: at most one row per contribution: the member's own target, as the macro `attainment` takes it.
create table ring_rule (
    contribution integer not null,
    breakdown varchar not null,
    method varchar not null,
    direction integer not null,
    baseline_time double,
    baseline_value double,
    times double[],
    goals double[],
    disordered boolean not null,
    widens_gap boolean not null,
    tolerance double,
    low double,
    high double,
    breaks double[],
    chained boolean not null,
    percentage boolean not null,
    yearly boolean not null,
    direction_only boolean not null
);

-- Grain: one row per value that is kept from everybody since then, also in contributions of before: it became secret, or
-- another city's secret number could be computed from it.
create table ring_hidden (
    member varchar not null,
    indicator varchar not null,
    breakdown varchar not null,
    period integer not null,
    happened_at timestamp not null
);

-- Grain: the word that says which installation this is; at most one row, in the city's own store.
create table ring_seal (
    word varchar not null
);
