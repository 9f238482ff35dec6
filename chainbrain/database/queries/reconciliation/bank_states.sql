-- The bank leg, second half: matches, suggestions, cash deposits, what is late and what nobody expected.
create or replace temp table r_bank_records as
select distinct a.match_id, e.* from r_arrived a join r_expected e on e.record_id = a.record_id;
create or replace temp table r_bank_posted as
select distinct a.match_id, d.bank_line_id, d.amount, d.day as posted, d.file_id from r_arrived a join a_deposits d on d.bank_line_id = a.bank_line_id;
create or replace temp table r_bank_matches as
select a.*, e.expected, e.records, e.record_type, e.record_id, e.channel, e.expected_on, d.amount, d.lines, d.bank_line_id
from (select distinct match_id, stage, rivals, deposits, spread, max(days) over (partition by match_id) as days from r_arrived) a
join (
    select match_id, sum(amount) as expected, count(*) as records, first(record_type order by expected_on, record_id) as record_type,
           first(record_id order by expected_on, record_id) as record_id, first(channel order by expected_on, record_id) as channel, max(expected_on) as expected_on
    from r_bank_records group by match_id
) e on e.match_id = a.match_id
join (select match_id, sum(amount) as amount, count(*) as lines, min(bank_line_id) as bank_line_id from r_bank_posted group by match_id) d on d.match_id = a.match_id;

create or replace temp table r_matches_bank as
select match_id, 'settlement_bank' as kind, 'confirmed' as state, stage, 1 as solutions,
       case when stage in ('only_candidate', 'only_run')
            then json_object('key', stage, 'days', days, 'records', records, 'lines', lines, 'rivals', rivals, 'deposits', deposits, 'spread_fen', spread,
                             'chance', round(rivals * deposits / spread, 9))
            else json_object('key', stage, 'days', days, 'records', records, 'lines', lines) end as explanation
from r_bank_matches;
create or replace temp table r_members_bank as
select match_id, 'inner' as side, record_type, record_id, amount from r_bank_records
union all
select match_id, 'outer', 'bank_line', bank_line_id, amount from r_bank_posted;

-- Suggestions: every exact pair that is still open, with the number of ways the deposit can be explained.
create or replace temp table r_bank_suggested as
with claims as (
    select md5(concat_ws(chr(31), 'settlement_bank', p.record_id, p.bank_line_id))::uuid as match_id, 'amount_and_window' as stage, p.bank_line_id, p.record_id,
           p.by_merchant, p.by_payer, p.payer_unknown, p.posted - coalesce(p.expected_on, p.day) as days
    from r_bank_pairs p
    where p.exact and p.bank_line_id not in (select bank_line_id from r_arrived) and p.record_id not in (select record_id from r_arrived)
    union all
    select match_id, 'run_and_window', bank_line_id, unnest(records), named, by_payer, false, posted - expected_on from r_runs
    where first_turn < last_turn and bank_line_id not in (select bank_line_id from r_arrived)
    union all
    -- the nearest amount of what nothing names, or of another day than it names, is a hint and no reason to wait, unless
    -- something gives the gap to the cent
    select match_id, stage, bank_line_id, record_id, by_merchant, firm or match_id in (select match_id from r_explained where chance < 0.05), false, days from r_similar
    union all
    select match_id, stage, unnest(lines), record_id, by_merchant, true, false, days
    from (select match_id, stage, lines, unnest(records) as record_id, by_merchant, days from r_combined)
), lines as (
    select c.bank_line_id, c.match_id, greatest(count(*) over (partition by c.bank_line_id), coalesce(a.answers, 0)) as of_line
    from (select distinct match_id, bank_line_id, by_merchant, by_payer, days from claims) c
    left join (select distinct bank_line_id, answers from r_subset_answers) a on a.bank_line_id = c.bank_line_id
    qualify row_number() over (partition by c.bank_line_id order by by_merchant desc, by_payer desc, abs(days), match_id) <= 20
), records as (
    select record_id, count(distinct match_id) as of_record from claims group by record_id
)
select c.*, l.of_line, r.of_record
from claims c
join lines l on l.match_id = c.match_id and l.bank_line_id = c.bank_line_id
join records r on r.record_id = c.record_id;
insert into r_reasons
select distinct match_id, json_object('why', 'alike') from r_bank_suggested where stage = 'amount_and_window' and greatest(of_line, of_record) > 1;
insert into r_matches_bank
select s.match_id, 'settlement_bank', 'suggested', stage, max(greatest(of_line, of_record)),
       json_merge_patch(
           json_object('key', stage, 'days', max(days), 'solutions', max(greatest(of_line, of_record)), 'records', count(distinct s.record_id)),
           coalesce(any_value(w.facts), '{}'::json)
       )
from r_bank_suggested s left join r_reasons w on w.match_id = s.match_id
group by s.match_id, stage;
insert into r_members_bank
select distinct s.match_id, 'inner', e.record_type, e.record_id, e.amount from r_bank_suggested s join r_expected e on e.record_id = s.record_id
union all
select distinct s.match_id, 'outer', 'bank_line', d.bank_line_id, d.amount from r_bank_suggested s join a_deposits d on d.bank_line_id = s.bank_line_id;

-- The batch is known, the amount differs. Whoever put a group together with a gap said why.
create or replace temp table r_gaps as
select m.*, w.note, case when m.records = 1 and m.lines = 1 then md5(concat_ws(chr(31), 'difference', 'amount', m.record_id, m.bank_line_id))
                         else md5(concat_ws(chr(31), 'difference', 'amount', m.match_id)) end::uuid as difference_id
from r_bank_matches m
left join base.last_words w on m.stage = 'by_hand' and w.subject_type = 'match' and w.subject_id = m.match_id
where m.amount <> m.expected;
insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause, note)
select difference_id, case record_type when 'settlement' then 'D12' else 'D08' end, case when note is null then 'open' else 'explained' end,
       null, expected_on, null, amount - expected, record_type, record_id, channel, 'bank_amount', note
from r_gaps;
insert into r_flags
select g.difference_id, s.record_type, s.record_id, 'bank', 'difference'
from r_gaps g join r_members_bank s on s.match_id = g.match_id;

-- What has come together since the last deposit of a merchant that is paid several at a time (bank_carried.sql), or since the last one that
-- seems to have brought some: if it did, no more than that is waiting. Where nothing of a merchant is proven yet, deposits that seem to have
-- brought several tell as much.
create or replace temp table r_below_minimum as
with seeming as (
    select e.channel, e.merchant, g.match_id, sum(e.amount) as amount, max(e.turn) as last_turn, count(*) as payouts
    from (select distinct match_id, record_id from r_bank_suggested where by_payer and stage = 'run_and_window') g
    join r_expected e on e.record_id = g.record_id where e.turn is not null
    group by e.channel, e.merchant, g.match_id
), ends as (
    select channel, merchant, least, last_turn from r_brought_together
    union
    select c.channel, c.merchant, c.least, max(s.last_turn)
    from r_brought_together c join seeming s on s.channel = c.channel and s.merchant = c.merchant and s.last_turn > c.last_turn
    group by c.channel, c.merchant, c.least
    union
    select channel, merchant, min(amount), max(last_turn) from seeming
    where (channel, merchant) not in (
        select channel, merchant from r_expected where turn is not null and merchant is not null and record_id in (select record_id from r_arrived)
    )
    group by channel, merchant having min(payouts) > 1
)
select record_id
from (
    select e.record_id, c.least, sum(e.amount) over (partition by e.channel, e.merchant, c.last_turn order by e.turn) as so_far
    from r_expected e join ends c on c.channel = e.channel and c.merchant = e.merchant and e.turn > c.last_turn
)
where so_far < least
union
select e.record_id from r_expected e join r_paid_together c on c.channel = e.channel and c.merchant = e.merchant and c.least is null
where e.turn is not null and e.record_id not in (select record_id from r_arrived);
-- What is collected for a minimum is owed with the payout that reaches it; what a deposit seems to have brought is not.
create or replace temp table r_collected as
with held as (
    select e.channel, e.merchant, sum(greatest(o.owed, 0)) as owed, max(e.turn) as last_turn
    from r_below_minimum k join r_expected e on e.record_id = k.record_id join r_owed o on o.record_id = k.record_id
    where k.record_id not in (select record_id from r_bank_suggested where by_payer) group by all
)
select arg_min(e.record_id, e.turn) as record_id, any_value(h.owed) as owed
from held h
join r_expected e on e.channel = h.channel and e.merchant = h.merchant and e.turn > h.last_turn
join r_owed o on o.record_id = e.record_id and o.owed > 0
group by h.channel, h.merchant;

-- What a payout of which payments are not there really is nobody knows, and it may be less than nothing: what follows is held
-- until that is made up for. Nothing from such a day on is certainly owed before some of what follows it has arrived, or seems
-- to have: a deposit of its payer is just as much.
create or replace temp table r_owed_unknown as
with brought as (
    select e.channel, e.merchant, max(e.sold_on) as day
    from r_expected e
    where e.record_id in (select record_id from r_arrived)
       or e.record_id in (select record_id from r_bank_suggested where by_payer and stage in ('amount_and_window', 'run_and_window'))
    group by all
), lacking as (
    select channel, merchant, sold_on as day from r_expected where not whole
    union
    select channel, merchant, day from r_gap_days
), since as (
    select l.channel, l.merchant, min(l.day) as day
    from lacking l left join brought b on b.channel = l.channel and b.merchant = l.merchant where l.day > b.day or b.day is null group by all
)
select e.record_id from r_expected e left join since s on s.channel = e.channel and s.merchant = e.merchant
where e.turn is not null and (not e.whole or e.sold_on >= s.day);

-- Late: the statement is complete from the day until two working days after the expected one, and nothing came.
create or replace temp table r_missing as
select e.*, z.day as late_on, e.record_id in (select record_id from r_bank_suggested where by_payer or payer_unknown) as suggested,
       case when o.owed <= 0 then 'negative_carried' when k.record_id is not null then 'below_minimum' end as carried,
       coalesce(o.owed, e.amount) + coalesce(m.owed, 0) as owed,
       -- a day that only the contract tells: a deposit of which the payer is not known for the channel may have brought it
       b.stretch = c.stretch and (e.record_type <> 'settlement' or e.turn is not null or e.day is not distinct from e.expected_on
                                  or (e.bank_account, e.channel) in (select bank_account, unnest(payers) from a_deposits)) as stated,
       u.record_id is null and k.record_id is null and coalesce(o.owed > 0, true) as owed_now,
       f.first as first_statement
from r_expected e
left join a_days a on a.day = coalesce(e.expected_on, e.day)
left join a_days z on z.work_no = a.work_no + 2 and z.works
left join r_below_minimum k on k.record_id = e.record_id
left join r_owed o on o.record_id = e.record_id
left join r_collected m on m.record_id = e.record_id
left join r_owed_unknown u on u.record_id = e.record_id
left join r_bank_days b on b.bank_account = e.bank_account and b.day = e.day
left join r_bank_days c on c.bank_account = e.bank_account and c.day = z.day
left join (select bank_account, min(day) as first from r_bank_days group by bank_account) f on f.bank_account = e.bank_account
where e.amount > 0 and e.record_id not in (select record_id from r_arrived);

create or replace temp table r_store_of as
select channel, merchant, min(store) as store from r_contracts group by channel, merchant having count(distinct coalesce(store, '')) = 1;
insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause)
select md5(concat_ws(chr(31), 'difference', 'D08', m.record_id))::uuid, 'D08', 'open', k.store, m.day, m.expected_on, -m.owed, m.record_type, m.record_id,
       m.channel, 'not_arrived'
from r_missing m left join r_store_of k on k.channel = m.channel and k.merchant = m.merchant
where coalesce(m.stated and m.owed_now, false) and not m.suggested and m.expected_on is not null;

insert into r_flags
select md5(concat_ws(chr(31), 'difference', 'D08', record_id))::uuid, record_type, record_id, 'bank', 'difference'
from r_missing where coalesce(stated and owed_now, false) and not suggested and expected_on is not null;

create or replace temp view r_states_expected as
select record_type, record_id, 'bank' as leg, file_id, 'matched' as state, match_id, null::varchar as reason, null::date as due_on from r_bank_records
union all
select record_type, record_id, 'bank', file_id,
       case when coalesce(stated and owed_now, false) and not suggested and expected_on is not null then 'difference' else 'timing' end, null,
       case
           when suggested then 'suggested'
           when carried is not null then carried
           when coalesce(stated and owed_now, false) and expected_on is not null then null
           when bank_account is null then 'account_unknown'
           when first_statement is null or first_statement > day then 'before_statement'
           when stated and not owed_now then 'bill_incomplete'
           else 'in_transit'
       end,
       -- what is carried comes with a later one, nobody knows which before its bill
       case when suggested or carried is null and not (coalesce(stated and owed_now, false) and expected_on is not null) then expected_on end
from r_missing
union all
select 'wallet_line', wallet_line_id, 'bank', file_id, 'excluded', null, 'withdrawal_returned', null from r_lines where kind = 'withdrawal' and amount >= 0
union all
select 'settlement', settlement_id, 'bank', file_id, 'excluded', null, 'nothing_to_pay', null from base.settlements
where net <= 0 and settlement_id not in (select record_id from r_arrived);
