-- Which contract and store the payments of each day belong to, and on which days that, or their payouts, is not what it was.
create or replace temp table a_combos as
select row_number() over () as combo, *
from (
    select distinct p.channel, base.merchant_key(coalesce(p.merchant_no, f.merchant_no)) as merchant, terminal_no, store_hint,
           cast(occurred_at as date) as day, case when p.merchant_no is null then p.file_id end as unnamed_file
    from base.payments p left join base.wallet_file_accounts f on f.file_id = p.file_id and f.channel = p.channel
);

-- The most specific contract valid on the day: the terminal's own, the one of the named store, the merchant's general
-- one; a contract of another terminal serves only when the merchant has no other.
create or replace temp table a_accounts as
with hits as (
    select c.combo, a.account_id, a.store_id, a.valid_from,
           case
               when a.terminal_no = c.terminal_no then 1
               when a.store_id = c.store_hint or a.store_id = c.terminal_no then 2
               when a.terminal_no is null then 3
               else 4
           end as distance,
           count(*) over (partition by c.combo) as contracts
    from a_combos c
    join main.merchant_accounts a on a.channel = c.channel and base.merchant_key(a.merchant_no) = c.merchant
     and c.day >= coalesce(a.valid_from, date '1900-01-01') and c.day < coalesce(a.valid_to, date '9999-12-31')
), best as (
    select *, min(distance) over (partition by combo) as nearest from hits
)
select combo,
       case when count(distinct coalesce(store_id, '')) = 1
            then first(account_id order by valid_from desc nulls last, account_id) end as account_id,
       case when count(distinct store_id) = 1 then min(store_id) end as store_id
from best
where distance = nearest and (distance < 4 or contracts = 1)
group by combo;

-- A person's word comes first: the one that names most, of those valid on the day the latest. What was said of files
-- whose rows name no merchant holds for them, whatever is said of the merchant number that was found for them.
create or replace temp table a_words as
with words as (
    select c.combo, p.placement_id, p.store_code as store_id, p.valid_from, 2 as nearness,
           cast(p.terminal_no is not null as integer) + cast(p.store_hint is not null as integer) as named
    from a_combos c
    join base.standing_placements p on p.kind = 'account' and p.channel = c.channel and p.merchant = c.merchant
     and (p.terminal_no is null or p.terminal_no = c.terminal_no) and (p.store_hint is null or p.store_hint = c.store_hint)
     and c.day >= coalesce(p.valid_from, date '1900-01-01') and c.day < coalesce(p.valid_to, date '9999-12-31')
    union all
    select c.combo, w.placement_id, w.store_id, w.valid_from, 1, w.named
    from a_combos c
    join a_file_words w on w.file_id = c.unnamed_file and w.channel = c.channel and w.day = c.day
     and w.terminal_no is not distinct from c.terminal_no and w.store_hint is not distinct from c.store_hint
    where w.store_id is not null
)
select combo, store_id from words
qualify row_number() over (partition by combo order by nearness, named desc, valid_from desc nulls last, placement_id desc) = 1;

create or replace temp table a_places as
select c.channel, c.merchant, c.terminal_no, c.store_hint, c.day, c.unnamed_file, a.account_id, coalesce(s.store_id, f.store_id) as store_id
from a_combos c
left join a_accounts a on a.combo = c.combo
left join a_words w on w.combo = c.combo
left join main.stores h on h.store_id = c.store_hint
left join main.stores t on t.store_id = c.terminal_no
cross join lateral (select coalesce(w.store_id, a.store_id, h.store_id, t.store_id) as store_id) f
left join base.store_aliases s on s.code = f.store_id and c.day >= s.valid_from and c.day < s.valid_to;

-- Where the payments of a day belong: whose mark is what it was has no payment that went to another store or business day.
delete from base.place_marks;
insert into base.place_marks
select a.day, sum(hash(a.channel, a.merchant, a.terminal_no, a.store_hint, a.unnamed_file, a.store_id, s.day_cutoff)) as mark
from a_places a left join main.stores s on s.store_id = a.store_id
group by a.day;

-- By what the links of each day are as they are: its payments with their payouts, where they belong, and this program's statements.
create or replace temp table a_links_now as
select day, sum(mark) as mark
from (
    select cast(p.occurred_at as date) as day,
           sum(hash(p.payment_id, p.channel, p.merchant_no, p.terminal_no, p.store_hint, p.occurred_at, if(p.merchant_no is null, p.file_id, null),
                    coalesce(paid.settlement_id, run.settlement_id), $program)) as mark
    from base.payments p
    left join a_paid paid on paid.payment_id = p.payment_id
    left join a_run_paid run on run.payment_id = p.payment_id
    group by all
    union all
    select a.day, sum(hash(a.channel, a.merchant, a.terminal_no, a.store_hint, a.unnamed_file, a.account_id, a.store_id, s.day_cutoff))
    from a_places a left join main.stores s on s.store_id = a.store_id group by all
)
group by day;

-- The business days whose links are written anew: a payment belongs to the day on which it was made or, before the store's
-- cut-off, to the day before.
create or replace temp table a_link_days as
with moved as (
    select coalesce(n.day, k.day) as day from a_links_now n full join base.link_marks k on k.day = n.day where n.mark is distinct from k.mark
)
select day from moved union select day - 1 from moved
-- A book of before has links that no mark tells of.
union select business_day from base.payment_links where not exists (from base.link_marks);
