-- Which contract, store, business day and payout each payment belongs to.
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

delete from base.payment_links;
insert into base.payment_links (payment_id, account_id, store_id, business_day, settlement_id)
select p.payment_id, a.account_id, a.store_id,
       cast(p.occurred_at - to_seconds(epoch(coalesce(s.day_cutoff, time '00:00:00'))) as date), coalesce(paid.settlement_id, run.settlement_id)
from base.payments p
left join base.wallet_file_accounts f on f.file_id = p.file_id and f.channel = p.channel
join a_places a on a.channel = p.channel and a.merchant is not distinct from base.merchant_key(coalesce(p.merchant_no, f.merchant_no))
 and a.terminal_no is not distinct from p.terminal_no and a.store_hint is not distinct from p.store_hint
 and a.day = cast(p.occurred_at as date) and a.unnamed_file is not distinct from case when p.merchant_no is null then p.file_id end
left join main.stores s on s.store_id = a.store_id
left join a_paid paid on paid.payment_id = p.payment_id
left join a_run_paid run on run.payment_id = p.payment_id;

-- Where the payments of a day belong: whose mark is what it was has no payment that went to another store or business day.
delete from base.place_marks;
insert into base.place_marks
select a.day, sum(hash(a.channel, a.merchant, a.terminal_no, a.store_hint, a.unnamed_file, a.store_id, s.day_cutoff)) as mark
from a_places a left join main.stores s on s.store_id = a.store_id
group by a.day;
