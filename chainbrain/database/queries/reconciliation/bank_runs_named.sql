-- One round of deposits whose memo names the merchant: each brings the one run of its payouts that gives the amount, when no
-- other such deposit claims any of them and the memo does not name a day outside of them. A single payout is no run: it comes
-- within days, as one that is known by its amount alone (bank_keyed.sql); later that may as well be the sum of another day
-- whose bill lacks a row.
insert into r_arrived
with counted as (
    select *, count(*) over (partition by bank_line_id) as of_line from r_runs where named
), claimed as (
    select channel, merchant, turn from (select channel, merchant, unnest(range(first_turn, last_turn + 1)) as turn from counted)
    group by all having count(*) > 1
)
select match_id, bank_line_id, unnest(records), 'merchant_and_run', null, null, null, posted - expected_on
from counted c
where of_line = 1 and match_id in (from r_runs_sound) and (
    first_turn < last_turn
    or posted <= expected_on + 2 and records[1] not in (from r_doubtful) and (records[1], bank_line_id) not in (from r_maybe_on_time)
       and not exists (from r_alike a where a.record_id = c.records[1] and a.due between c.posted - 7 and c.posted)
) and exists (
    select 1 from (select unnest(c.records) as record_id) o where (o.record_id, c.bank_line_id) not in (from r_spoken_against)
) and not exists (
    select 1 from claimed t where t.channel = c.channel and t.merchant = c.merchant and t.turn between c.first_turn and c.last_turn
)
