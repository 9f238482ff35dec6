-- One row per payout or withdrawal that bills or rules tell a term of: until when it lies with the platform (a payout until its last day
-- of sales is over), and from which day it is late: the day after the one on which it is due. Beyond the end of the statements of the
-- account it goes to nobody knows what is late. The money map and the rows behind it read the same terms.
create view base.payout_terms as
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
)
select record_type, record_id, least(paid_out, late_from) as paid_out, late_from
from (
    select 'settlement' as record_type, s.settlement_id as record_id, s.last_day as paid_out,
           case when coalesce(s.expected_on, d.due_on) <= coalesce(o.bank_to, k.bank_to) then coalesce(s.expected_on, d.due_on) + 1 end as late_from
    from base.settlements s cross join known k
    left join due d on d.record_type = 'settlement' and d.record_id = s.settlement_id
    left join receiving r on r.channel = s.channel and r.merchant = base.merchant_key(s.merchant_no)
    left join known_of o on o.account = coalesce(base.account_key(s.bank_account), r.account)
    union all
    select d.record_type, d.record_id, null, case when d.due_on <= coalesce(o.bank_to, k.bank_to) then d.due_on + 1 end
    from due d cross join known k
    join base.wallet_lines w on w.wallet_line_id = d.record_id
    left join receiving r on r.channel = w.channel and r.merchant = base.merchant_key(w.merchant_no)
    left join known_of o on o.account = r.account
    where d.record_type = 'wallet_line'
);
