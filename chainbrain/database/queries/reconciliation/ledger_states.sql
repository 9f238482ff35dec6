-- Verdicts of the ledger leg: amounts, fees, lines that are missing or that no payment explains.
create or replace temp table r_ledger_cover as
with wanted as (
    select payment_id as record_id, channel, merchant, unnest(list_distinct([cast(occurred_at as date), cast(occurred_at + interval 10 minute as date)])) as day
    from r_booking where payment_id not in (select payment_id from r_ledger_matches)
)
select record_id, bool_and(d.day is not null) as complete
from wanted w left join r_ledger_days d on d.channel = w.channel and d.merchant = w.merchant and d.day = w.day
group by record_id;

create or replace temp table r_ledger_verdicts as
select b.payment_id, b.file_id, b.store, b.day, b.channel, m.match_id, 'difference' as state,
       unnest(list_filter([
           case when m.match_id is null and c.complete and b.expected_net <> 0 then {'code': 'D08', 'cause': 'ledger', 'amount': -b.expected_net::decimal(18,5)} end,
           case when m.match_id is not null and b.main_lines = 0 and b.amount <> 0 then {'code': 'D08', 'cause': 'ledger', 'amount': -b.amount::decimal(18,5)} end,
           case when m.match_id is not null and not b.agrees and b.main_lines > 0 and b.gross <> b.amount
                then {'code': 'D03', 'cause': 'ledger', 'amount': (b.gross - b.amount)::decimal(18,5)} end,
           case when m.match_id is not null and not b.agrees and abs(b.charged + b.fee) >= 0.01
                then {'code': 'D07', 'cause': 'ledger', 'amount': (b.charged + b.fee)::decimal(18,5)} end
       ], lambda verdict: verdict is not null)) as verdict
from r_booking b
left join r_ledger_matches m on m.payment_id = b.payment_id
left join r_ledger_cover c on c.record_id = b.payment_id
where m.match_id is null or not b.agrees;

insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause)
select md5(concat_ws(chr(31), 'difference', verdict.code, payment_id, verdict.cause))::uuid, verdict.code, 'open', store, day, null,
       verdict.amount, 'payment', payment_id, channel, verdict.cause
from r_ledger_verdicts;
insert into r_flags
select md5(concat_ws(chr(31), 'difference', verdict.code, payment_id, verdict.cause))::uuid, 'payment', payment_id, 'ledger', 'difference'
from r_ledger_verdicts;
insert into r_flags
select md5(concat_ws(chr(31), 'difference', v.verdict.code, v.payment_id, v.verdict.cause))::uuid, 'wallet_line', a.wallet_line_id, 'ledger', 'difference'
from r_ledger_verdicts v join r_attached a on a.payment_id = v.payment_id and a.charge = (v.verdict.code = 'D07')
where v.match_id is not null;

create or replace temp view r_states_booked as
select 'payment' as record_type, b.payment_id as record_id, 'ledger' as leg, b.file_id,
       case when m.match_id is not null or b.expected_net = 0 then 'matched' when c.complete then 'difference' else 'timing' end as state,
       m.match_id,
       case when m.match_id is not null then null when b.expected_net = 0 then 'nothing_moved' when not coalesce(c.complete, false) then 'waiting_for_ledger' end as reason,
       case when m.match_id is null and b.expected_net <> 0 and not coalesce(c.complete, false) then cast(b.occurred_at as date) + 1 end as due_on
from r_booking b
left join r_ledger_matches m on m.payment_id = b.payment_id
left join r_ledger_cover c on c.record_id = b.payment_id
union all
select 'payment', p.payment_id, 'ledger', p.file_id, 'excluded', null, 'cancelled', null
from r_payments p join r_ledgers k on k.channel = p.channel and k.merchant is not distinct from p.merchant
where p.cancelled and p.channel not in (select channel from r_platforms);

-- Fees against the contract stand at the ledger, or at the till for a wallet whose ledger is not kept in the book;
-- commissions and the fees of acquirers at the payout.
insert into r_flags
select md5(concat_ws(chr(31), 'difference', o.code, o.payment_id, split_part(o.cause, '_', 1)))::uuid, 'payment', o.payment_id,
       case when o.channel in (select channel from r_platforms) then 'payout' when b.payment_id is not null then 'ledger' else 'till' end, 'difference'
from r_overcharged o left join r_booking b on b.payment_id = o.payment_id;

-- Ledger lines: those of a payment follow it; sales without a bill row wait for the bill, or came unexplained (D09). Sales
-- that are read from the ledger itself say nothing about its other lines.
create or replace temp table r_line_cover as
with loose as (
    select wallet_line_id, channel, merchant, occurred_at from r_lines
    where of_payment and amount <> 0 and wallet_line_id not in (select wallet_line_id from r_attached)
), wanted as (
    select wallet_line_id, channel, merchant, unnest(list_distinct([cast(occurred_at as date), cast(occurred_at - interval 10 minute as date)])) as day from loose
)
select w.wallet_line_id, bool_and(d.day is not null) as complete
from wanted w left join r_trade_days d on d.channel = w.channel and d.merchant = w.merchant and d.day = w.day and d.printed
group by w.wallet_line_id;

insert into r_differences (difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, channel, cause)
select md5(concat_ws(chr(31), 'difference', 'D09', l.wallet_line_id))::uuid, 'D09', 'open', k.store, cast(l.occurred_at as date), null, l.amount,
       'wallet_line', l.wallet_line_id, l.channel, 'ledger'
from r_lines l join r_line_cover c on c.wallet_line_id = l.wallet_line_id and c.complete
left join (
    select channel, merchant, min(store) as store from r_contracts group by channel, merchant having count(distinct coalesce(store, '')) = 1
) k on k.channel = l.channel and k.merchant = l.merchant;

insert into r_flags
select md5(concat_ws(chr(31), 'difference', 'D09', wallet_line_id))::uuid, 'wallet_line', wallet_line_id, 'ledger', 'difference'
from r_line_cover where complete;

create or replace temp view r_states_lines as
select 'wallet_line' as record_type, l.wallet_line_id as record_id, 'ledger' as leg, l.file_id,
       case
           when m.match_id is not null then 'matched'
           when not l.of_payment or l.amount = 0 then 'excluded'
           when a.payment_id is null and c.complete then 'difference'
           else 'timing'
       end as state,
       m.match_id,
       case
           when m.match_id is not null then null
           when l.kind = 'withdrawal' then 'withdrawal'
           when l.kind in ('split', 'split_return') then 'split'
           when l.kind = 'closed' then 'nothing_moved'
           when not l.of_payment then 'not_a_sale'
           when l.amount = 0 then 'zero_amount'
           when a.payment_id is null and c.complete then null
           else 'waiting_for_bill'
       end as reason,
       case when m.match_id is null and l.of_payment and l.amount <> 0 and not (a.payment_id is null and coalesce(c.complete, false))
            then cast(l.occurred_at as date) + 1 end as due_on
from r_lines l
left join r_attached a on a.wallet_line_id = l.wallet_line_id
left join r_ledger_matches m on m.payment_id = a.payment_id
left join r_line_cover c on c.wallet_line_id = l.wallet_line_id;
