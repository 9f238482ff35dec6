-- Scenarios that a person kept under a name, to come back to, to compare, and to hold against what came: what was given, what the own stores
-- said then, with which program and seed, and every figure of the answer. Append-only; the last word on a scenario counts (a new name is a word
-- as well), one that is removed takes it back. kind is 'one' (a store) or 'programme'.
create table base.scenario_words (
    word_id bigint not null, entry_id bigint not null, "at" timestamp not null, who varchar not null, scenario_id uuid not null,
    removed boolean not null, name varchar not null, kind varchar not null, given varchar not null, template varchar not null,
    seed bigint not null, version varchar not null, figures varchar not null
);
create sequence base.scenario_word_seq;
create view base.standing_scenarios as
with said as (
    select w.* from base.scenario_words w join base.history h on h.entry_id = w.entry_id where h.undone_by is null
),
latest as (
    select s.*, min(s."at") over (partition by s.scenario_id) as kept_at from said s
    qualify row_number() over (partition by s.scenario_id order by s.word_id desc) = 1
)
select * from latest where not removed;

-- Which store came of which scenario, and in which month it opened: the last word on a scenario (for a programme: on one of its stores,
-- by the name it has there) counts; a link without a store takes it back.
create table base.scenario_links (
    word_id bigint not null, entry_id bigint not null, "at" timestamp not null, who varchar not null, scenario_id uuid not null,
    candidate varchar not null, store_id varchar, opened date
);
create view base.standing_scenario_links as
with latest as (
    select l.* from base.scenario_links l join base.history h on h.entry_id = l.entry_id where h.undone_by is null
    qualify row_number() over (partition by l.scenario_id, l.candidate order by l.word_id desc) = 1
)
select * from latest where store_id is not null;
