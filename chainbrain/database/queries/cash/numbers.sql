-- One row per merchant number: the legal entity and the bank account that its money goes to (an entity of no name and no
-- account where tables disagree), and the rule by which it arrives as its contract says, or as a person or the deposits themselves say.
select a.channel, base.merchant_key(a.merchant_no) as merchant,
       case when count(distinct a.legal_entity) > 1 then '' else min(a.legal_entity) end as entity,
       case when count(distinct base.account_key(a.bank_account)) = 1 then min(base.account_key(a.bank_account)) end as account,
       coalesce(min(h.rule), mode(a.settlement_rule)) as rule
from main.merchant_accounts a
left join base.payout_habits h on h.channel = a.channel and h.merchant = base.merchant_key(a.merchant_no)
where a.merchant_no is not null
group by all order by all
