-- One row per entry of a bank account, as the statement has it (bank) and as the chain's own records have it (book). What belongs
-- together bears one number. The book knows payouts and withdrawals on the day they leave the channel, and takes from the
-- statement what only that tells: payments, counted cash, deposits that clear openings, receipts a person has settled. An opening
-- balance has what lies before its day in it.
create or replace temp table close_bank as
with opened as (
    select base.account_key(account_no) as account, min(day) as day from base.openings where kind = 'bank' and account_no is not null group by all
), known as (
    select b.bank_line_id, base.account_key(b.bank_account) as account, cast(b.posted_at as date) as day, b.amount
    from base.bank_lines b left join opened o on o.account = base.account_key(b.bank_account)
    where o.day is null or b.posted_at >= o.day
), lines as (
    from known where day < $after
), starts as (
    select k.account, coalesce(min(o.day), min(k.day)) as first_day from (
        select account, day from known
        union all
        select base.account_key(account_no), day from base.coverage where kind = 'bank'
    ) k left join opened o on o.account = k.account group by k.account
), members as (
    select m.match_id, i.side, i.record_type, i.record_id, cast(i.amount as decimal(18,2)) as amount
    from base.matches m join base.match_members i on i.match_id = m.match_id
    where m.kind = 'settlement_bank' and m.state = 'confirmed'
), accounts as (
    select m.match_id, min(k.account) as account, max(k.day) as day
    from members m join known k on k.bank_line_id = m.record_id where m.side = 'outer' group by m.match_id
), owners as (
    select channel, base.merchant_key(merchant_no) as merchant, min(base.account_key(bank_account)) as account
    from main.merchant_accounts where bank_account is not null group by all having count(distinct base.account_key(bank_account)) = 1
), due as (
    select 'wallet_line' as record_type, w.wallet_line_id as record_id, cast(w.occurred_at as date) as day, cast(-w.amount as decimal(18,2)) as amount, o.account
    from main.wallet_lines w left join owners o on o.channel = w.channel and o.merchant = base.merchant_key(w.merchant_no)
    where w.kind = 'withdrawal'
    union all
    select 'settlement', s.settlement_id, coalesce(s.expected_on, s.last_day), cast(s.net as decimal(18,2)), base.account_key(s.bank_account) from base.settlements s
), settled as (
    select distinct record_id from base.differences where record_type = 'bank_line' and state in ('explained', 'excluded')
)
select l.account, 'bank' as side, l.day, l.amount, coalesce(m.match_id, l.bank_line_id) as number, if(m.match_id is not null or l.amount > 0, 'receipts', 'payments') as flow,
       'bank_line' as record_type, l.bank_line_id as record_id
from lines l left join members m on m.side = 'outer' and m.record_id = l.bank_line_id
union all
select l.account, 'book', l.day, l.amount, l.bank_line_id, if(l.amount > 0, 'receipts', 'payments'), 'bank_line', l.bank_line_id
from lines l
join base.row_states s on s.record_type = 'bank_line' and s.record_id = l.bank_line_id and s.leg = 'bank'
where l.bank_line_id not in (select record_id from members where side = 'outer')
  and (s.state in ('matched', 'excluded') or s.reason = 'opening_in_transit' or l.bank_line_id in (from settled))
union all
select a.account, 'book', d.day, i.amount, i.match_id, 'receipts', i.record_type, i.record_id
from members i join accounts a on a.match_id = i.match_id join due d on d.record_type = i.record_type and d.record_id = i.record_id
where i.side = 'inner' and d.day < $after
union all
-- what came short and a person left out is no longer expected
select distinct a.account, 'book', a.day, cast(d.amount as decimal(18,2)), i.match_id, 'receipts', i.record_type, i.record_id
from members i join accounts a on a.match_id = i.match_id
join base.differences d on d.record_type = i.record_type and d.record_id = i.record_id and d.code in ('D08', 'D12') and d.state = 'excluded'
where i.side = 'inner' and a.day < $after
union all
select d.account, 'book', d.day, d.amount, d.record_id, 'receipts', d.record_type, d.record_id
from due d
join starts t on t.account = d.account and d.day >= t.first_day
left join base.row_states s on s.record_type = d.record_type and s.record_id = d.record_id and s.leg = 'bank'
where d.day < $after and d.amount > 0 and s.state is distinct from 'excluded'
  and d.record_id not in (select record_id from members where side = 'inner');
