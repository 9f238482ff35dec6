-- What a person said of the files that name no shop: nothing is concluded from a chain having only one shop on a platform,
-- since another may be there that nobody has written down.

-- The word on each day of such a file, with the account of the channel that its store has on that day when it has just one.
-- A word on the file itself comes first; one on every file of the channel says nothing of a file whose rows or name do.
create or replace temp table a_file_words as
with days as (
    select distinct file_id, channel, terminal_no, store_hint, cast(occurred_at as date) as day from base.payments where merchant_no is null
    union
    select distinct file_id, channel, null, null, cast(occurred_at as date) from base.wallet_lines where merchant_no is null
), told as (
    select file_id, channel from base.wallet_file_accounts union select file_id, channel from a_votes
), words as (
    select d.*, p.placement_id, p.store_code as store_id, p.merchant_no, p.valid_from, p.file_id is not null as own,
           cast(p.terminal_no is not null as integer) + cast(p.store_hint is not null as integer) as named
    from days d
    join base.standing_placements p on p.kind = 'file' and p.channel = d.channel and (p.file_id is null or p.file_id = d.file_id)
     and (p.terminal_no is null or p.terminal_no = d.terminal_no) and (p.store_hint is null or p.store_hint = d.store_hint)
     and d.day >= coalesce(p.valid_from, date '1900-01-01') and d.day < coalesce(p.valid_to, date '9999-12-31')
    where p.file_id is not null or (d.file_id, d.channel) not in (select (file_id, channel) from told)
    qualify row_number() over (
        partition by d.file_id, d.channel, d.terminal_no, d.store_hint, d.day
        order by own desc, named desc, p.valid_from desc nulls last, p.placement_id desc
    ) = 1
), accounts as (
    select w.channel, w.store_id, w.day, min(a.merchant_no) as merchant_no
    from (select distinct channel, store_id, day from words) w
    join main.merchant_accounts a on a.channel = w.channel and a.store_id = w.store_id
     and w.day >= coalesce(a.valid_from, date '1900-01-01') and w.day < coalesce(a.valid_to, date '9999-12-31')
    group by all having count(distinct base.merchant_key(a.merchant_no)) = 1
)
select d.*, w.placement_id, w.store_id, coalesce(w.own, false) as own, w.named, w.valid_from, coalesce(w.merchant_no, a.merchant_no) as merchant_no
from days d
left join words w on w.file_id = d.file_id and w.channel = d.channel and w.day = d.day
 and w.terminal_no is not distinct from d.terminal_no and w.store_hint is not distinct from d.store_hint
left join accounts a on a.channel = w.channel and a.store_id = w.store_id and a.day = w.day;

-- The file has an owner when the words on all its days lead to one account.
delete from base.wallet_file_accounts
where (file_id, channel) in (select (file_id, channel) from a_file_words group by file_id, channel having bool_and(own));
insert into base.wallet_file_accounts (file_id, channel, merchant_no, how)
select file_id, channel, min(merchant_no), 'word' from a_file_words
where (file_id, channel) not in (select (file_id, channel) from base.wallet_file_accounts)
group by file_id, channel
having count(*) = count(merchant_no) and count(distinct base.merchant_key(merchant_no)) = 1;
