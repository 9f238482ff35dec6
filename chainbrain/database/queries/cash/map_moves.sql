-- Every movement of the money map: one row per day, channel, merchant number, bank account, store, legal entity and part. "holds" marks the
-- parts that are places where money lies; the others are what came in, what went out and what moved from place to place.
with told as (
    select channel, merchant, min(store) as store, case when count(distinct entity) = 1 and count(*) = count(entity) then min(entity) end as entity
    from map_flows where merchant <> '-' group by all
), purses as materialized (
    select distinct channel, merchant from map_flows where part = 'open' and standing = 'in_wallet'
), lying as materialized (
    -- Joined by the record alone: a further condition would compare every row with every other.
    select f.channel, f.merchant, f.store, f.entity, f.day, f.amount, f.record_type, f.record_id, f.standing,
           if(f.standing = 'expected', t.paid_out, null) as paid_out, if(f.standing = 'expected', t.late_from, null) as late_from,
           case
               when f.standing = 'in_wallet' or (f.standing = 'opening' and p.merchant is not null) then 'wallet'
               when f.standing = 'unbilled' then 'platform'
               when f.standing = 'short' or (f.standing = 'expected' and f.day >= t.late_from) then 'late'
               when f.standing = 'expected' and f.day < t.paid_out then 'platform'
               else 'transit'
           end as state
    from map_flows f
    left join purses p on p.channel = f.channel and p.merchant = f.merchant
    left join base.payout_terms t on t.record_type = f.record_type and t.record_id = f.record_id
    where f.part = 'open'
), shifted as (
    -- what passes from place to place by the day alone
    select channel, merchant, store, entity, paid_out as day, sum(amount) as amount, 'platform' as away, 'transit' as onto
    from lying where day < paid_out group by channel, merchant, store, entity, paid_out, record_id having sum(amount) <> 0
    union all
    select channel, merchant, store, entity, late_from, sum(amount), 'transit', 'late'
    from lying where day < late_from group by channel, merchant, store, entity, late_from, record_id having sum(amount) <> 0
), waiting as materialized (
    -- what is late, and what an opening has on its way less the deposits that no payout of the book names
    select channel, merchant, store, entity, day, cast(sum(late) as decimal(18,5)) as late, cast(sum(opened) as decimal(18,5)) as opened
    from (
        select channel, merchant, store, entity, day, if(state = 'late', amount, 0) as late, if(state = 'transit' and standing = 'opening', amount, 0) as opened from lying
        union all
        select channel, merchant, store, entity, day, amount, 0 from shifted where onto = 'late'
    )
    where late <> 0 or opened <> 0 group by all
), taken_of_number as materialized (
    -- Such deposits beyond the opening are of what is late: of their number, and of the whole channel where they name none.
    select channel, merchant, store, entity, day, taken - lag(taken, 1, 0) over (partition by channel, merchant order by day) as amount
    from (
        select channel, merchant, day, least(greatest(-sum(opened) over days, 0), greatest(sum(late) over days, 0)) as taken
        from (select channel, merchant, day, sum(late) as late, sum(opened) as opened from waiting where merchant <> '-' group by all)
        window days as (partition by channel, merchant order by day)
    )
    join told using (channel, merchant)
), pool as materialized (
    select channel, entity, day, sum(late) as late, sum(opened) as opened
    from (
        select channel, entity, day, late, if(merchant = '-', opened, 0) as opened from waiting
        union all
        select channel, entity, day, -amount, 0 from taken_of_number
    )
    group by all
), reached as (
    -- of every entity, and of nobody, on every day on which the channel moves
    select d.channel, e.entity, d.day, coalesce(sum(p.late) over days, 0) as late, coalesce(sum(p.opened) over days, 0) as opened
    from (select distinct channel, day from pool) d
    join (select channel, entity from pool union select channel, null from pool) e on e.channel = d.channel
    left join pool p on p.channel = d.channel and p.day = d.day and coalesce(p.entity, '') = coalesce(e.entity, '')
    where d.channel in (select channel from pool where opened <> 0)
    window days as (partition by d.channel, e.entity order by d.day)
), shared as (
    -- An entity's own deposits are of its own late money, unless of the whole channel there is less to take: then nobody can tell whose.
    select channel, entity, day, least(greatest(-sum(opened) over of_day, 0), greatest(sum(late) over of_day, 0)) as taken,
           if(entity is null, 0, least(greatest(-opened, 0), greatest(late, 0))) as share, sum(share) over of_day as shares
    from reached window of_day as (partition by channel, day)
), taken_of_channel as (
    select channel, entity, day, taken - lag(taken, 1, 0) over (partition by channel, entity order by day) as amount
    from (select channel, entity, day, if(entity is null, taken - if(shares <= taken, shares, 0), if(shares <= taken, share, 0)) as taken from shared)
), taken as (
    select channel, merchant, store, entity, day, amount from taken_of_number where amount <> 0
    union all
    select channel, '-', null, entity, day, amount from taken_of_channel where amount <> 0
), parts as materialized (
    select channel, merchant, store, entity, day, part, amount, record_id, case part when 'opening' then 1 when 'gross' then 1 when 'other' then 1 else -1 end as sign
    from map_flows where part <> 'open'
), channels as materialized (
    select day, channel, merchant, null as account, store, entity, part, false as holds, amount from parts where part <> 'received'
    union all
    select p.day, p.channel, p.merchant, base.account_key(b.bank_account), p.store, p.entity, p.part, false, p.amount
    from parts p left join base.bank_lines b on b.bank_line_id = p.record_id where p.part = 'received'
    union all
    select day, channel, merchant, null, store, entity, state, true, amount from lying
    union all
    select day, channel, merchant, null, store, entity, away, true, -amount from shifted
    union all
    select day, channel, merchant, null, store, entity, onto, true, amount from shifted
    union all
    select day, channel, merchant, null, store, entity, 'transit', true, amount from taken
    union all
    select day, channel, merchant, null, store, entity, 'late', true, -amount from taken
    union all
    -- What bills say and neither a ledger nor a payout does: it has come in, and nothing tells where it lies.
    select day, channel, merchant, null, store, entity, 'untold', true, sign * amount from parts
    union all
    select day, channel, merchant, null, store, entity, 'untold', true, -amount from lying
), counts as materialized (
    select store_code as store, business_day as day, sum(opening_float) as begins, min(opening_float) as one_float, count(*) as sheets,
           sum(coalesce(sales, 0)) as sales, sum(coalesce(refunds, 0)) as refunds, sum(coalesce(paid_out, 0)) as paid_out, sum(coalesce(banked, 0)) as banked,
           sum(coalesce(counted, opening_float + sales - coalesce(refunds, 0) - coalesce(paid_out, 0) - coalesce(banked, 0))) as ends
    from base.placed_cash_counts
    where store_code is not null and opening_float is not null and coalesce(counted, sales) is not null
    group by all
), drawers as (
    -- Several shifts of a day hand the drawer on: only the first float is new. Between days of one sheet the float may have been changed.
    select *, lag(sheets) over days as sheets_before, lag(ends) over days as ended
    from counts window days as (partition by store order by day)
), tills as materialized (
    select day, store, unnest(['till_opening', 'till_adjusted', 'till_sales', 'till_refunds', 'till_paid', 'banked', 'till_over']) as part,
           unnest([
               if(sheets_before is null, if(sheets = 1, begins, one_float), 0),
               if(sheets = 1 and sheets_before = 1, begins - ended, 0),
               sales, refunds, paid_out, banked, ends - (begins + sales - refunds - paid_out - banked)
           ]) as amount
    from drawers
), deposits as materialized (
    -- Whose it is follows from all stores first: "S12" is no "S1". Cash on its way from a drawer to the bank is known of stores that count.
    select o.* from (
        select cast(b.posted_at as date) as day, base.account_key(b.bank_account) as account, b.bank_line_id, min(s.store_id) as store, b.amount
        from base.row_states r
        join base.bank_lines b on b.bank_line_id = r.record_id
        join main.stores s
          on regexp_matches(b.memo, '(^|[^0-9A-Za-z])' || regexp_escape(s.store_id) || '([^0-9A-Za-z]|$)') or contains(b.memo, s.name) or contains(b.counterparty, s.name)
        where r.record_type = 'bank_line' and r.leg = 'bank' and r.reason = 'cash_deposit'
        group by all having count(*) = 1
    ) o
    join (select store, min(day) as day from counts group by all) c on c.store = o.store and c.day <= o.day
), drawer_moves as (
    select day, 'cash' as channel, store, null as account, part, false as holds, amount from tills
    union all
    select day, 'cash', store, account, 'deposited', false, amount from deposits
    union all
    select day, 'cash', store, null, 'till', true, case when part in ('till_refunds', 'till_paid', 'banked') then -amount else amount end from tills
    union all
    select day, 'cash', store, null, 'cash_way', true, amount from tills where part = 'banked'
    union all
    select day, 'cash', store, null, 'cash_way', true, -amount from deposits
), way as (
    select file_id, sheet, arg_max(posted_at, line) >= arg_min(posted_at, line) as ascending from base.bank_lines group by all
), statement_lines as materialized (
    -- An opening balance is that at the beginning of its day.
    select base.account_key(b.bank_account) as account, b.posted_at, 1 as rank, cast(b.file_id as varchar) as file, b.sheet, if(w.ascending, b.line, -b.line) as place,
           b.amount, b.balance, b.bank_line_id
    from base.bank_lines b join way w on w.file_id = b.file_id and w.sheet is not distinct from b.sheet
    union all
    select base.account_key(account_no), cast(day as timestamp), 0, '', null, 0, 0, balance, null from base.openings where kind = 'bank' and account_no is not null
), summed as (
    select *, sum(amount) over lines as so_far, balance - sum(amount) over lines as beginning
    from statement_lines window lines as (partition by account order by posted_at, rank, file, sheet, place rows unbounded preceding)
), held as (
    select *, so_far + coalesce(last_value(beginning ignore nulls) over (partition by account order by posted_at, rank, file, sheet, place rows unbounded preceding),
                                first_value(beginning ignore nulls) over (partition by account order by posted_at, rank, file, sheet, place rows between unbounded preceding and unbounded following)) as balance_then
    from summed
), account_days as materialized (
    select account, cast(posted_at as date) as day, sum(amount) as moved, arg_max(balance_then, (posted_at, rank, file, coalesce(sheet, ''), place)) as balance
    from held group by all
), account_steps as (
    select *, lag(balance) over (partition by account order by day) as balance_before from account_days
), of_channels as (
    select distinct x.record_id as bank_line_id
    from base.matches m join base.match_members x on x.match_id = m.match_id and x.side = 'outer' and x.record_type = 'bank_line'
    where m.kind = 'settlement_bank' and m.state = 'confirmed'
    union
    select bank_line_id from base.earlier_deposits
), statement_kinds as (
    select l.account, cast(l.posted_at as date) as day, l.amount, c.bank_line_id is not null as of_channel, d.bank_line_id is not null as deposit
    from statement_lines l
    left join of_channels c on c.bank_line_id = l.bank_line_id
    left join deposits d on d.bank_line_id = l.bank_line_id
    where l.bank_line_id is not null
), bank_moves as (
    select day, account, 'bank_in' as part, false as holds, amount from statement_kinds where not deposit and (of_channel or amount > 0)
    union all
    -- what the channels' own movements bring is theirs; the rest of a deposit stays with the bank's
    select day, account, 'bank_in', false, -amount from channels where part = 'received' and account is not null
    union all
    -- what an account has from channels and drawers, whosever they are
    select day, account, 'bank_from', false, amount from channels where part = 'received' and account is not null
    union all
    select day, account, 'bank_from', false, amount from deposits
    union all
    select day, account, 'bank_out', false, -amount from statement_kinds where not deposit and not of_channel and amount < 0
    union all
    select day, account, 'bank_opening', false, balance - moved from account_steps where balance_before is null and balance is not null
    union all
    -- a statement that lacks lines: its printed balance moved by more than its lines
    select day, account, 'bank_gap', false, balance - balance_before - moved from account_steps where balance_before is not null
    union all
    select day, account, 'bank', true, balance - coalesce(balance_before, 0) from account_steps where balance is not null
    union all
    select day, account, 'bank_moved', true, moved from account_steps where balance is null
), begun as (
    select store_code, max(day) as day from base.openings where kind = 'stored_value' group by store_code
), cards as (
    -- A balance that was entered has the rows of before in it (queries/closing/stored_value.sql).
    select cast(l.occurred_at as date) as day, l.store_code as store, if(l.kind in ('use', 'refund'), -l.amount, l.amount) as amount
    from base.placed_stored_value_lines l
    where not exists (from begun b where coalesce(b.store_code, l.store_code) is not distinct from l.store_code and l.occurred_at < b.day)
    union all
    select o.day, o.store_code, o.balance
    from base.openings o join begun b on b.store_code is not distinct from o.store_code and b.day = o.day
    where o.kind = 'stored_value'
), sole as (
    select min(legal_entity) as entity from main.merchant_accounts having count(distinct legal_entity) = 1
), accounts as (
    select base.account_key(bank_account) as account, case when count(distinct legal_entity) = 1 then min(legal_entity) else '' end as entity
    from main.merchant_accounts where bank_account is not null and legal_entity is not null group by all
), owners as (
    select store_id as store, case when count(distinct legal_entity) = 1 then min(legal_entity) end as entity
    from main.merchant_accounts where store_id is not null group by all
), placed as (
    select day, channel, merchant, account, store, entity, part, holds, cast(amount as decimal(18,5)) as amount from channels
    union all
    select d.day, d.channel, null, d.account, d.store, coalesce(w.entity, o.entity), d.part, d.holds, cast(d.amount as decimal(18,5))
    from drawer_moves d left join owners w on w.store = d.store left join sole o on true
    union all
    select b.day, 'bank', null, b.account, null, coalesce(nullif(a.entity, ''), o.entity), b.part, b.holds, cast(b.amount as decimal(18,5))
    from bank_moves b left join accounts a on a.account = b.account left join sole o on true
    union all
    select c.day, 'stored_value', null, null, c.store, coalesce(w.entity, o.entity), 'stored', true, cast(c.amount as decimal(18,5))
    from cards c left join owners w on w.store = c.store left join sole o on true
)
select day, channel, merchant, account, store, entity, part, holds, cast(sum(amount) as decimal(18,5)) as amount
from placed group by all having sum(amount) <> 0 order by all
