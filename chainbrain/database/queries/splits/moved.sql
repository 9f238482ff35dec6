-- Lines of WeChat's split bills held against the movements of the fund flow of whoever splits, [$first, $after) by their own day.
-- What went out is above 0 on both sides. A movement is joined by its business number, else its voucher, with the line of that number
-- (分账明细单号), else with all that is left of the split or return of that number; a number that several bear joins nothing.
-- One row per finding, and per month and merchant number one for those that agree, cannot be told apart (unclear), or lie on days that
-- the two files do not both cover (uncovered).
with lines as (
    select l.split_line_id as id, base.merchant_key(l.merchant_no) as merchant, l.external_id as detail, l.split_no, l.payment_external_id as order_no,
           l.amount, l.amount < 0 as back, cast(l.occurred_at as date) as day, coalesce(l.status, 'success') as status,
           coalesce(base.merchant_key(l.receiver) = base.merchant_key(l.merchant_no), false) as to_itself
    from base.split_lines l
    where l.channel = 'wechat' and l.merchant_no is not null and l.occurred_at is not null and l.amount <> 0
), moves as (
    select w.wallet_line_id as id, base.merchant_key(coalesce(w.merchant_no, a.merchant_no)) as merchant, w.business_id, w.reference,
           -w.amount as amount, w.amount > 0 as back, cast(w.occurred_at as date) as day, w.kind
    from base.wallet_lines w left join base.wallet_file_accounts a on a.file_id = w.file_id and a.channel = w.channel
    where w.channel = 'wechat' and w.kind in ('split', 'split_return') and w.amount <> 0 and coalesce(w.merchant_no, a.merchant_no) is not null
), told as (
    -- of the numbers that a movement bears the first counts that says something
    select id, merchant, back, amount, day, number, place
    from (
        select id, merchant, back, amount, day, unnest([business_id, reference]) as number, unnest([1, 2]) as place from moves
    )
    where number is not null
), by_detail as (
    select l.id as line_id, t.id as move_id from lines l
    join told t on t.merchant = l.merchant and t.number = l.detail and t.back = l.back
    qualify row_number() over (partition by l.id, t.id order by t.place) = 1
), of_lines as (
    select line_id, count(*) as bearers from by_detail group by line_id
), of_moves as (
    select move_id, count(*) as bearers from by_detail group by move_id
), single as (
    select d.line_id, d.move_id from by_detail d join of_lines l on l.line_id = d.line_id join of_moves m on m.move_id = d.move_id
    where l.bearers = 1 and m.bearers = 1
), left_lines as (
    from lines where id not in (select line_id from by_detail)
), left_told as (
    from told where id not in (select move_id from by_detail)
    and exists (select 1 from left_lines l where l.merchant = told.merchant and l.split_no = told.number and l.back = told.back)
    qualify row_number() over (partition by id order by place) = 1
), split_sums as (
    select merchant, split_no, back, sum(amount) as due from left_lines where split_no is not null and status <> 'failed' and not to_itself group by all
), move_sums as (
    select merchant, number, back, sum(amount) as moved, count(*) as bearers, min(id) as move_id, min(day) as first_day, max(day) as last_day from left_told group by all
), groups as (
    -- the sum tells; one movement of another sum is that split's money all the same
    select s.merchant, s.split_no, s.back, s.due, m.moved, m.bearers,
           case when s.due = m.moved then 'agreed' when m.bearers = 1 then 'moved_amount' else 'unclear' end as code
    from split_sums s join move_sums m on m.merchant = s.merchant and m.number = s.split_no and m.back = s.back
), bill_days as (
    select base.merchant_key(account_no) as merchant, day from base.placed_coverage where kind = 'split' and channel = 'wechat' and whole group by all
), flow_days as (
    -- an account that no sale goes into (运营账户, 手续费账户) splits nothing, and its file vouches for nothing
    select base.merchant_key(account_no) as merchant, day from base.placed_coverage
    where kind = 'ledger' and channel = 'wechat' and whole and file_id in (select file_id from base.wallet_lines where channel = 'wechat' and kind = 'payment')
    group by all
), held as (
    select l.*, b.day is not null and f.day is not null and n.day is not null as covered,
           case when s.line_id is not null then if(l.amount = m.amount, 'agreed', 'moved_amount') when d.line_id is not null then 'unclear' else g.code end as joined,
           m.amount as moved, g.due as group_due, g.moved as group_moved, s.line_id is null and g.code = 'moved_amount' as as_group
    from lines l
    left join bill_days b on b.merchant = l.merchant and b.day = l.day
    left join flow_days f on f.merchant = l.merchant and f.day = l.day
    left join flow_days n on n.merchant = l.merchant and n.day = l.day + 1
    left join single s on s.line_id = l.id
    left join moves m on m.id = s.move_id
    left join of_lines d on d.line_id = l.id
    left join groups g on d.line_id is null and g.merchant = l.merchant and g.split_no = l.split_no and g.back = l.back and l.status <> 'failed' and not l.to_itself
), line_rows as (
    select case when status = 'failed' then if(joined in ('agreed', 'moved_amount'), if(covered, 'moved_not_split', 'uncovered'), null)
                when joined = 'agreed' then 'agreed'
                when joined = 'unclear' then 'unclear'
                when to_itself and joined is null or status <> 'success' then null
                when not covered then 'uncovered'
                else coalesce(joined, 'split_not_moved') end as code,
           id, merchant, back, day, order_no, if(as_group, split_no, detail) as number, if(as_group, group_due, amount) as due,
           if(as_group, group_moved, moved) as moved, as_group, status, amount
    from held
), strangers as (
    -- movements that no line bears; what came in under 分账 is somebody else's split, not this number's own
    select m.* from moves m
    where m.id not in (select move_id from by_detail) and (m.merchant, coalesce(m.business_id, ''), m.back) not in (select merchant, split_no, back from groups)
      and (m.merchant, coalesce(m.reference, ''), m.back) not in (select merchant, split_no, back from groups)
      and (m.kind = 'split' and not m.back or m.kind = 'split_return' and m.back)
      and not exists (select 1 from lines l where l.merchant <> m.merchant and l.detail = m.business_id)
), move_rows as (
    select if(f.day is not null and b.day is not null and p.day is not null and n.day is not null, 'moved_not_split', 'uncovered') as code,
           s.merchant, s.day, cast(null as varchar) as order_no, coalesce(s.business_id, s.reference) as number, s.amount as moved
    from strangers s
    left join flow_days f on f.merchant = s.merchant and f.day = s.day
    left join bill_days b on b.merchant = s.merchant and b.day = s.day
    left join bill_days p on p.merchant = s.merchant and p.day = s.day - 1
    left join bill_days n on n.merchant = s.merchant and n.day = s.day + 1
), numbers as (
    select channel, external_id, any_value(store_id) as store from main.payments where kind = 'payment' and channel = 'wechat' group by all having count(*) = 1
), homes as (
    select base.merchant_key(merchant_no) as merchant, if(count(distinct store_id) = 1, min(store_id), null) as store
    from main.merchant_accounts where channel = 'wechat' group by all
), months as (
    -- Where not one line of a month finds its movement, the numbers stand elsewhere: nothing is said of any one of them.
    select merchant, date_trunc('month', day) as month, count(*) filter (where code in ('agreed', 'moved_amount')) > 0 as comparable
    from line_rows group by all
), all_rows as (
    select r.code, r.merchant, r.day, coalesce(n.store, h.store) as store, r.order_no, r.number, if(r.status = 'failed', null, r.due) as due, r.moved, 1 as items
    from line_rows r
    left join numbers n on n.external_id = r.order_no
    left join homes h on h.merchant = r.merchant
    where r.code is not null
    qualify not r.as_group or r.code <> 'moved_amount' or row_number() over (partition by r.merchant, r.number, r.back, r.code order by r.day, r.id) = 1
    union all
    select r.code, r.merchant, r.day, h.store, r.order_no, r.number, null, r.moved, 1 from move_rows r left join homes h on h.merchant = r.merchant
), judged as (
    select case when coalesce(m.comparable, false) or a.code not in ('split_not_moved', 'moved_not_split') then a.code
                when a.code = 'split_not_moved' then 'not_comparable' end as code,
           cast(date_trunc('month', a.day) as date) as month, a.* exclude (code)
    from all_rows a left join months m on m.merchant = a.merchant and m.month = date_trunc('month', a.day)
    where ($first is null or a.day >= $first) and ($after is null or a.day < $after) and ($store is null or a.store = $store)
)
select code, day, month, 'wechat' as channel, merchant, store, order_no, number, cast(due as decimal(18,2)) as due, cast(moved as decimal(18,2)) as moved,
       cast(coalesce(moved, 0) - coalesce(due, 0) as decimal(18,2)) as difference, items
from judged where code in ('split_not_moved', 'moved_not_split', 'moved_amount')
union all
select code, month, month, 'wechat', merchant, if(count(distinct store) = 1 and count(store) = count(*), min(store), null), null, null,
       cast(sum(due) as decimal(18,2)), cast(sum(moved) as decimal(18,2)), null, sum(items)
from judged where code in ('agreed', 'unclear', 'uncovered', 'not_comparable')
group by code, month, merchant
order by day, merchant, code, number nulls first
