-- Payouts that do not come by themselves, of merchants whose payouts are learned from their deposits: that of a day with more given back
-- than taken, those that make up for it, and those below what is paid out at once. goes_with: the payout with which what is left of them
-- comes; empty while no bill tells of it, or where the next one has come without them.
create view base.carried_payouts as
with runs as (
    select s.settlement_id as record_id, s.channel, base.merchant_key(s.merchant_no) as merchant, s.last_day,
           if(r.reason in ('negative_carried', 'below_minimum') or (r.reason = 'nothing_to_pay' and s.net < 0), null,
              {'record_id': s.settlement_id, 'waits': r.match_id is null}) as next
    from base.settlements s
    join base.payout_habits h on h.channel = s.channel and h.merchant = base.merchant_key(s.merchant_no)
    join base.row_states r on r.record_id = s.settlement_id and r.record_type = 'settlement' and r.leg = 'bank'
), followed as (
    select record_id, next is null as carried,
           first_value(next ignore nulls) over (partition by channel, merchant order by last_day, record_id rows between 1 following and unbounded following) as after
    from runs
)
select record_id, if(after.waits, after.record_id, null) as goes_with from followed where carried;

-- As 0060; what is carried is late when that is with which it comes, and not before.
create or replace view base.payout_terms as
with known as (
    select greatest((select max(cast(posted_at as date)) from base.bank_lines), (select max(day) from base.coverage where kind = 'bank')) as bank_to
), known_of as (
    select account, max(day) as bank_to
    from (
        select base.account_key(bank_account) as account, cast(posted_at as date) as day from base.bank_lines
        union all select base.account_key(account_no), day from base.coverage where kind = 'bank'
    )
    where account is not null group by account
), receiving as (
    select channel, base.merchant_key(merchant_no) as merchant,
           case when count(distinct base.account_key(bank_account)) = 1 then min(base.account_key(bank_account)) end as account
    from main.merchant_accounts where merchant_no is not null group by all
), due as (
    select record_type, record_id, max(due_on) as due_on from base.row_states where leg = 'bank' and record_type in ('settlement', 'wallet_line') group by all
), payouts as (
    select s.settlement_id as record_id, s.last_day as paid_out,
           case when coalesce(s.expected_on, d.due_on) <= coalesce(o.bank_to, k.bank_to) then coalesce(s.expected_on, d.due_on) + 1 end as late_from
    from base.settlements s cross join known k
    left join due d on d.record_type = 'settlement' and d.record_id = s.settlement_id
    left join receiving r on r.channel = s.channel and r.merchant = base.merchant_key(s.merchant_no)
    left join known_of o on o.account = coalesce(base.account_key(s.bank_account), r.account)
)
select record_type, record_id, least(paid_out, late_from) as paid_out, late_from
from (
    select 'settlement' as record_type, p.record_id, p.paid_out, if(c.record_id is null, p.late_from, g.late_from) as late_from
    from payouts p
    left join base.carried_payouts c on c.record_id = p.record_id
    left join payouts g on g.record_id = c.goes_with
    union all
    select d.record_type, d.record_id, null, case when d.due_on <= coalesce(o.bank_to, k.bank_to) then d.due_on + 1 end
    from due d cross join known k
    join base.wallet_lines w on w.wallet_line_id = d.record_id
    left join receiving r on r.channel = w.channel and r.merchant = base.merchant_key(w.merchant_no)
    left join known_of o on o.account = r.account
    where d.record_type = 'wallet_line'
);
