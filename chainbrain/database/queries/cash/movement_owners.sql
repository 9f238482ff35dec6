-- Whose a movement is of which the merchant number tells no legal entity (none is printed, or the tables do not know it): one row per such
-- record. It is told by the payout: by the numbers and stores of all receipts that its deposit holds, and where those are several entities'
-- or nobody's by the bank account. Openings and deposits that clear them have a day and what they add to what is open, as those
-- movements name no record; they are told of a number only where all of them are. A wallet of no entity stays nobody's.
create or replace temp table movement_owners as
with numbers as (
    select channel, base.merchant_key(merchant_no) as merchant, min(legal_entity) as entity
    from main.merchant_accounts where merchant_no is not null group by all having count(distinct legal_entity) = 1
), accounts as (
    select base.account_key(bank_account) as account, min(legal_entity) as entity
    from main.merchant_accounts where bank_account is not null group by all having count(distinct legal_entity) = 1
), shops as (
    select store_id as store, min(legal_entity) as entity
    from main.merchant_accounts where store_id is not null group by all having count(distinct legal_entity) = 1
), receiving as (
    -- where the money of a store's channel goes, by which its opening is told as the deposits are
    select m.channel, m.store_id as store, min(a.entity) as entity
    from main.merchant_accounts m left join accounts a on a.account = base.account_key(m.bank_account)
    where m.store_id is not null group by all having count(distinct a.entity) = 1 and count(*) = count(a.entity)
), unknown as materialized (
    select f.*
    from (
        select channel, merchant, day, part, standing, record_type, record_id, amount from cash_movements
        union all
        select channel, merchant, day, 'written_off', null, record_type, record_id, amount from base.written_off_flows
    ) f
    anti join numbers n on n.channel = f.channel and n.merchant = f.merchant
    anti join (select channel, merchant from cash_movements where part = 'open' and standing = 'in_wallet') w on w.channel = f.channel and w.merchant = f.merchant
    where (select count(distinct legal_entity) from main.merchant_accounts) > 1
), sold as materialized (
    select distinct u.channel, u.merchant, u.record_id as payment_id, l.settlement_id, l.store_id
    from unknown u join base.payment_links l on l.payment_id = u.record_id where u.record_type = 'payment'
), deposits as materialized (
    -- the deposit of a payout as the movements name it (base.arrival_movements)
    select i.record_id as settlement_id, min(x.record_id) as bank_line_id
    from base.matches m
    join base.match_members i on i.match_id = m.match_id and i.side = 'inner' and i.record_type = 'settlement'
    join base.match_members x on x.match_id = m.match_id and x.side = 'outer' and x.record_type = 'bank_line'
    where m.kind = 'settlement_bank' and m.state = 'confirmed' group by all
), asked as (
    select record_id as settlement_id from unknown where record_type = 'settlement'
    union
    select settlement_id from sold where settlement_id is not null
    union
    select d.settlement_id from deposits d join unknown u on u.record_id = d.bank_line_id where u.record_type = 'bank_line'
), bundles as materialized (
    -- payouts that one deposit pays are told together: it is one record
    select distinct coalesce(d.bank_line_id, a.settlement_id) as bundle, d.bank_line_id, coalesce(o.settlement_id, a.settlement_id) as settlement_id
    from asked a
    left join deposits d on d.settlement_id = a.settlement_id
    left join deposits o on o.bank_line_id = d.bank_line_id
), held as (
    select b.bundle, coalesce(n.entity, s.entity) as entity
    from bundles b
    join base.payment_links l on l.settlement_id = b.settlement_id
    join base.payments p on p.payment_id = l.payment_id
    left join base.wallet_file_accounts a on a.file_id = p.file_id and a.channel = p.channel
    left join numbers n on n.channel = p.channel and n.merchant = base.merchant_key(coalesce(p.merchant_no, a.merchant_no))
    left join shops s on s.store = l.store_id
    union
    select b.bundle, n.entity
    from bundles b
    join base.settlements t on t.settlement_id = b.settlement_id
    join numbers n on n.channel = t.channel and n.merchant = base.merchant_key(t.merchant_no)
), paid_to as (
    select b.bundle, min(a.entity) as entity
    from bundles b
    join base.settlements t on t.settlement_id = b.settlement_id
    left join base.bank_lines l on l.bank_line_id = b.bank_line_id
    join accounts a on a.account = base.account_key(coalesce(l.bank_account, t.bank_account))
    group by all having count(distinct a.entity) = 1
), told as (
    select b.bundle, case count(distinct h.entity) when 1 then min(h.entity) when 0 then min(p.entity) else min(p.entity) filter (where p.entity = h.entity) end as entity
    from (select distinct bundle from bundles) b
    left join held h on h.bundle = b.bundle
    left join paid_to p on p.bundle = b.bundle
    group by all
), cleared as (
    select u.channel, u.merchant, u.record_type, u.record_id, coalesce(c.entity, a.entity) as entity, u.day, u.amount
    from unknown u
    join base.openings o on o.opening_id = u.record_id
    left join receiving c on c.channel = u.channel and c.store = o.store_code
    left join accounts a on a.account = base.account_key(o.account_no)
    where u.record_type = 'opening'
    union all
    select u.channel, u.merchant, u.record_type, u.record_id, a.entity, u.day, -u.amount
    from unknown u
    join base.earlier_deposits e on e.bank_line_id = u.record_id
    join base.bank_lines b on b.bank_line_id = u.record_id
    left join accounts a on a.account = base.account_key(b.bank_account)
    where u.part = 'received'
), compared as (
    select channel, merchant, bool_and(whole) as whole, bool_and(told) as told
    from (
        select channel, merchant, sum(amount) = 0 as whole, bool_and(told) as told
        from (
            select channel, merchant, day, amount, entity is not null as told from cleared
            union all
            select channel, merchant, day, -amount, true from unknown where part = 'open' and standing = 'opening'
        )
        group by channel, merchant, day
    )
    group by all
)
select c.channel, c.merchant, c.record_type, c.record_id, c.entity, c.day as opened_on, c.amount as opened
from cleared c join compared v on v.channel = c.channel and v.merchant = c.merchant where v.whole and v.told
union all
select o.*, null, null
from (
    select u.channel, u.merchant, u.record_type, u.record_id, t.entity
    from (select distinct channel, merchant, record_type, record_id from unknown where record_type in ('settlement', 'bank_line')) u
    join (select bundle, 'settlement' as record_type, settlement_id as record_id from bundles
          union select bundle, 'bank_line', bank_line_id from bundles where bank_line_id is not null) b
      on b.record_type = u.record_type and b.record_id = u.record_id
    join told t on t.bundle = b.bundle
    union all
    -- a receipt in no payout is its store's
    select s.channel, s.merchant, 'payment', s.payment_id, if(s.settlement_id is null, h.entity, t.entity)
    from sold s
    left join bundles b on b.settlement_id = s.settlement_id
    left join told t on t.bundle = b.bundle
    left join shops h on h.store = s.store_id
) o
left join compared v on v.channel = o.channel and v.merchant = o.merchant
where o.entity is not null and coalesce(v.whole, true)
