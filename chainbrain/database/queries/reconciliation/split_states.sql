-- Verdicts of the split leg, and the caps: what the contract demands or was executed may be more than may be split.
create or replace temp table r_split_payers as
select channel, base.merchant_key(merchant_no) as merchant from r_split_spellings
union select distinct channel, base.merchant_key(account_no) from base.coverage where kind = 'split';

-- Is the file there that would show the split: the bill of the day and of the next; where splits stand in the trade bill
-- itself, that bill.
create or replace temp table r_split_bills as
select distinct channel from base.coverage where kind = 'split';
create or replace temp table r_split_billed as
select distinct channel, base.merchant_key(account_no) as merchant, day from base.coverage where kind = 'split' and whole
union
select d.channel, d.merchant, d.day from r_trade_days d
where (d.channel, d.merchant) in (select channel, merchant from r_split_payers) and d.channel not in (from r_split_bills);

create or replace temp table r_split_verdicts as
with failed as (
    select distinct sale_id, receiver from r_split_done where status = 'failed'
), based as (
    select g.*, s.channel, s.merchant, s.store, s.day as sold_on, coalesce(g.day, g.done_on) as on_day,
           (g.sale_id, g.receiver) in (select (sale_id, receiver) from r_split_unknown) or g.receiver = '' and g.sale_id in (select sale_id from r_split_unknown) as unknown,
           coalesce(g.match_id in (select match_id from r_rejected), false) as rejected
    from r_split_sales s join r_split_groups g on g.sale_id = s.sale_id
), judged as (
    -- only of those that do not agree it matters why
    select g.*, exists (from r_split_payers y where y.channel = g.channel and y.merchant is not distinct from g.merchant) as splits,
           exists (from r_split_billed b where b.channel = g.channel and b.merchant is not distinct from g.merchant and b.day = g.day)
           and (g.channel not in (from r_split_bills)
                or exists (from r_split_billed b where b.channel = g.channel and b.merchant is not distinct from g.merchant and b.day = g.day + 1)) as complete,
           exists (from failed d where d.sale_id = g.sale_id and (d.receiver = g.receiver or g.receiver = '')) as failed
    from based g
    where not (parts > 0 and lines > 0 and due = done and under_way = 0 and not rejected and not unknown)
), told as (
    select *,
           case
               when unknown then 'timing'
               when lines = 0 and under_way = 0 and due = 0 then 'excluded'
               when parts = 0 and due = done and under_way = 0 then 'excluded'
               when parts > 0 and lines = 0 and under_way = 0 and not splits then 'excluded'
               when under_way <> 0 and (due = done + under_way or parts = 0) then 'timing'
               when parts > 0 and not failed and not complete and abs(done) < abs(due) and sign(done) in (0, sign(due)) then 'timing'
               else 'difference'
           end as state,
           case
               when unknown then (select min(u.why) from r_split_unknown u where u.sale_id = judged.sale_id and judged.receiver in (u.receiver, ''))
               when lines = 0 and under_way = 0 and due = 0 then 'split_refunded_before'
               when parts = 0 and due = done and under_way = 0 then 'split_put_right'
               when parts > 0 and lines = 0 and under_way = 0 and not splits then 'not_split_here'
               when under_way <> 0 and (due = done + under_way or parts = 0) then 'split_under_way'
               when parts > 0 and lines = 0 and failed then 'split_failed'
               when parts > 0 and not complete and abs(done) < abs(due) and sign(done) in (0, sign(due)) then 'waiting_for_file'
               when parts > 0 and lines = 0 and back then 'split_not_returned'
               when parts > 0 and lines = 0 then 'split_missing'
               when parts = 0 and (only_back or done < 0) then 'split_returned_too_much'
               when parts = 0 then 'split_unexpected'
               else 'amount'
           end as cause
    from judged
), strangers as (
    -- the same amount went to somebody else: one mistake, told once, on both
    select m.sale_id, m.back, m.receiver as missing, x.receiver as got
    from told m join told x on x.sale_id = m.sale_id and x.back = m.back and x.done = m.due and x.cause in ('split_unexpected', 'split_returned_too_much')
    where m.cause in ('split_missing', 'split_not_returned') or m.cause = 'waiting_for_file' and m.lines = 0
    qualify count(*) over (partition by m.sale_id, m.back, m.receiver) = 1 and count(*) over (partition by x.sale_id, x.back, x.receiver) = 1
)
select t.* replace (
           case when a.sale_id is not null or b.sale_id is not null then 'difference' else t.state end as state,
           case when a.sale_id is not null or b.sale_id is not null then 'split_receiver' else t.cause end as cause
       ),
       b.sale_id is not null as told_elsewhere, b.missing, t.parts > 0 and t.lines > 0 and not t.rejected and not t.unknown as paired
from told t
left join strangers a on a.sale_id = t.sale_id and a.back = t.back and a.missing = t.receiver
left join strangers b on b.sale_id = t.sale_id and b.back = t.back and b.got = t.receiver
union all by name
select *, 'matched' as state, false as told_elsewhere, true as paired from based
where parts > 0 and lines > 0 and due = done and under_way = 0 and not rejected and not unknown;

insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause)
select md5(concat_ws(chr(31), 'difference', 'D13', v.cause, v.match_id))::uuid, 'D13', 'open', v.store, v.on_day,
       -- of a merchant of which the book does not know the kind the shorter time counts
       case when v.lines = 0 and not v.back then v.sold_on + coalesce(if(exists (
           from base.merchant_kinds k
           where k.channel = v.channel and k.merchant = v.merchant and k.merchant_kind = 'platform' and v.sold_on >= k.since and v.sold_on < k.until
       ), x.days, null), f.days, 30) end,
       v.due - v.done, if(v.part_id is null, 'split_line', 'split_part'), coalesce(v.part_id, v.line_id), v.channel, v.cause
from r_split_verdicts v
left join r_split_limits f on f.channel = v.channel and v.sold_on >= f.valid_from and v.sold_on < f.valid_to and f.kind = 'freeze'
left join r_split_limits x on x.channel = v.channel and v.sold_on >= x.valid_from and v.sold_on < x.valid_to and x.kind = 'freeze_platform'
where v.state = 'difference' and not v.told_elsewhere;
insert into r_flags
select md5(concat_ws(chr(31), 'difference', 'D13', v.cause, v.match_id))::uuid, if(s.expected, 'split_part', 'split_line'), s.id, 'split', 'difference'
from r_split_verdicts v
join r_split_sides s on s.sale_id = v.sale_id and s.back = v.back and (s.receiver = v.receiver or v.cause = 'split_receiver' and s.receiver in (
    select x.receiver from r_split_verdicts x where x.sale_id = v.sale_id and x.back = v.back and x.missing = v.receiver
))
where v.state = 'difference' and not v.told_elsewhere;

-- Over the cap of the contract or, where it states none, of the channel; and never more than is left after the fee.
-- Nearly every sale is below the lowest cap there is: what the rules give of it can be no more than their shares.
create or replace temp table r_split_near as
with places as materialized (
    select store, channel, day, cast(coalesce(sum(rate) filter (where way = 'ratio'), 0) as decimal(12,6)) as rate,
           cast(coalesce(sum(fixed) filter (where way = 'fixed'), 0) as decimal(18,2)) as fixed,
           bool_or(category is not null) as grouped, least(1, (select min(cap) from r_split_choice), (select min(value) from r_split_limits where kind = 'max_ratio')) as cap
    from r_split_choice group by store, channel, day
)
select s.sale_id
from r_split_sales s join places p on p.channel = s.channel and p.day = s.day and p.store is not distinct from s.store
where p.grouped or s.fee < 0 or s.commission < 0 or s.amount < 0 or s.amount * p.rate + p.fixed > least(s.amount * p.cap, s.amount - s.fee)
union
select sale_id from r_split_groups where not back;
create or replace temp table r_split_over as
with sums as (
    -- what went out in all, and what is to remain split: a refund before the split, or a mistake put right, is not both
    select sale_id, sum(due) as due, sum(done) as done
    from (
        select sale_id, due, done + under_way as done from r_split_groups where not back
        union all
        select sale_id, amount, amount from r_split_pairs semi join r_split_near using (sale_id) where amount > 0
    )
    group by sale_id
), capped as (
    select u.sale_id, u.due, u.done, s.channel, s.store, s.day, s.amount, s.fee,
           coalesce((select min(c.cap) from r_split_choice c where c.store is not distinct from s.store and c.channel = s.channel and c.day = s.day), l.value) as cap
    from sums u join r_split_sales s on s.sale_id = u.sale_id
    left join r_split_limits l on l.channel = s.channel and s.day >= l.valid_from and s.day < l.valid_to and l.kind = 'max_ratio'
    where exists (from r_split_payers y where y.channel = s.channel and y.merchant is not distinct from s.merchant)
), wrong as (
    select sale_id, sum(due - done) as amount from r_split_verdicts
    where state = 'difference' and not told_elsewhere and not back and due < done group by sale_id
), limited as (
    -- What is over, less what a wrong amount of the same sale says already: a yuan too much is told once.
    select c.*, greatest(c.due, c.done + coalesce(t.amount, 0)) as split, floor(c.amount * coalesce(c.cap, 1) * 100) * cast(0.01 as decimal(2,2)) as most,
           floor((c.amount - c.fee) * 100) * cast(0.01 as decimal(2,2)) as left_after_fee
    from capped c left join wrong t on t.sale_id = c.sale_id
)
from limited where split > least(most, left_after_fee);
insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause)
select md5(concat_ws(chr(31), 'difference', 'D13', 'over_cap', o.sale_id))::uuid, 'D13', 'open', o.store, o.day, null,
       least(o.most, o.left_after_fee) - o.split, 'payment', o.sale_id, o.channel, if(o.most <= o.left_after_fee, 'split_over_cap', 'split_over_net')
from r_split_over o;
insert into r_flags
select md5(concat_ws(chr(31), 'difference', 'D13', 'over_cap', o.sale_id))::uuid, if(s.expected, 'split_part', 'split_line'), s.id, 'split', 'difference'
from r_split_over o join r_split_sides s on s.sale_id = o.sale_id and not s.back;
insert into r_flags
select md5(concat_ws(chr(31), 'difference', 'D13', 'over_cap', s.sale_id))::uuid, r.record_type, r.record_id, 'split', 'difference'
from r_split_pairs s semi join r_split_over o on o.sale_id = s.sale_id,
     lateral (values ('split_part', s.part_id), ('split_line', s.line_id)) r (record_type, record_id)
where s.amount > 0;

create or replace temp view r_states_splits as
select if(s.expected, 'split_part', 'split_line') as record_type, s.id as record_id, 'split' as leg, s.file_id,
       case when not s.expected and s.status <> 'success' then 'timing' else v.state end as state,
       case when v.paired then v.match_id end as match_id,
       case when not s.expected and s.status <> 'success' then 'split_under_way' when v.state in ('timing', 'excluded') then v.cause end as reason,
       case when v.state = 'timing' or not s.expected and s.status <> 'success' then v.on_day + 1 end as due_on
from r_split_sides s
join r_split_verdicts v on v.sale_id = s.sale_id and v.receiver = s.receiver and v.back = s.back
union all
select 'split_part', part_id, 'split', sale_file, 'matched', match_id, null, null from r_split_pairs
union all
select 'split_line', line_id, 'split', file_id, 'matched', match_id, null, null from r_split_pairs
union all
-- lines that are held against nothing
select 'split_line', split_line_id, 'split', file_id,
       case when why = 'waiting_for_bill' then 'timing' else 'excluded' end, null, why, case when why = 'waiting_for_bill' then cast(occurred_at as date) + 1 end
from (
    select *, case
               when amount = 0 then 'zero_amount'
               when status = 'failed' then 'split_failed'
               when to_itself then 'split_to_itself'
               when advance then 'split_on_account'
               when sale_id is not null or not exists (from r_split_rules) then 'no_rules'
               else 'waiting_for_bill'
           end as why
    from r_split_done where split_line_id not in (select id from r_split_sides)
);

create or replace temp view r_matches_splits as
select match_id, 'split' as kind, 'confirmed' as state, 'payment_and_receiver' as stage, 1 as solutions,
       json_object('key', 'payment_and_receiver', 'days', done_on - sold_on) as explanation
from (select match_id, done_on, sold_on from r_split_verdicts where paired union all select match_id, done_on, day from r_split_pairs);
create or replace temp view r_members_splits as
select v.match_id, if(s.expected, 'inner', 'outer') as side, if(s.expected, 'split_part', 'split_line') as record_type, s.id as record_id, s.amount
from r_split_verdicts v join r_split_sides s on s.sale_id = v.sale_id and s.receiver = v.receiver and s.back = v.back
where v.paired and (s.expected or s.status = 'success')
union all
select match_id, 'inner', 'split_part', part_id, amount from r_split_pairs
union all
select match_id, 'outer', 'split_line', line_id, amount from r_split_pairs;
