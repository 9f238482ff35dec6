-- A person's word on whose a file is that names no shop: kind file, with the file (its id follows from its bytes, so it is the
-- same after an undo), or without one for every file of the channel that names no shop.
alter table base.placements add column file_id uuid;
create or replace view base.standing_placements as
select p.*, base.merchant_key(p.merchant_no) as merchant from base.placements p join base.history h on h.entry_id = p.entry_id
where h.undone_by is null;

-- A file has one owner per channel, and may hold lines of several.
create or replace view main.wallet_lines as
select w.wallet_line_id, w.channel, coalesce(w.merchant_no, a.merchant_no) as merchant_no, w.external_id, w.occurred_at, w.kind, w.amount,
       w.balance, w.reference, w.file_id, w.line, w.sheet, w.business_id, w.kind_text
from base.wallet_lines w left join base.wallet_file_accounts a on a.file_id = w.file_id and a.channel = w.channel;

create or replace view main.source_files as
select f.file_id, f.sha256, f.name, f.format, f.layout, a.account_id, f.first_day, f.last_day, f.row_count, f.control_total, f.imported_at,
       coalesce(f.account_no, w.merchant_no) as account_no, f.encoding, f.new_rows, f.seen_rows, f.suspect_rows, f.broken_rows, f.format_confirmed, f.entry_id
from base.source_files f
left join (
    select file_id, min(merchant_no) as merchant_no from base.wallet_file_accounts group by file_id having count(*) = 1
) w on w.file_id = f.file_id
left join (
    select merchant_no, min(account_id) as account_id from main.merchant_accounts group by merchant_no having count(distinct account_id) = 1
) a on a.merchant_no = coalesce(f.account_no, w.merchant_no);

-- What the files vouch for, under the store or the account that it belongs to; a file without an owner vouches for itself alone.
create or replace view base.placed_coverage as
select c.* replace (
    case when c.kind = 'till' then coalesce(a.store_id, c.account_no)
         when c.account_no = cast(c.file_id as varchar) then coalesce(w.merchant_no, c.account_no)
         else c.account_no end as account_no
), c.account_no as printed_account
from base.coverage c
left join base.store_aliases a on c.kind = 'till' and a.code = c.account_no and c.day >= a.valid_from and c.day < a.valid_to
left join base.wallet_file_accounts w on c.kind <> 'till' and w.file_id = c.file_id and w.channel = c.channel;

create or replace macro base.source_days(from_day, to_day) as table
with store_days as (select * from base.store_days(from_day, to_day)),
accounts as (
    select distinct store_id, channel, base.merchant_key(merchant_no) as account_no,
           coalesce(valid_from, date '2000-01-01') as since, valid_to as until
    from main.merchant_accounts
    where store_id is not null and channel not in ('bank', 'cash', 'stored_value', 'coupon', 'other')
),
covered as (
    select channel, base.merchant_key(account_no) as account_no, day, bool_or(whole) as whole
    from base.placed_coverage where kind in ('wallet', 'platform') and day >= from_day and day < to_day group by all
)
select store_id, day, 'till' as source, store_id as account_no, state from store_days
union all
select d.store_id, d.day, a.channel, a.account_no,
       case when c.day is not null then if(c.whole, 'full', 'part') when d.state = 'closed' then 'closed' else 'missing' end
from store_days d
join accounts a on a.store_id = d.store_id and d.day >= a.since and (a.until is null or d.day < a.until)
left join covered c on c.channel = a.channel and c.account_no = a.account_no and c.day = d.day;

-- Until now the only account on record with a platform took such files by itself, which was a guess. Their rows wait for a
-- person's word, and a book that held some waits to be matched again.
update base.meta set value = '0' where key = 'reconciled_entry' and exists (select 1 from base.wallet_file_accounts where how = 'only_one');
update base.payment_links set account_id = null, store_id = null, business_day = cast(p.occurred_at as date)
from base.payments p join base.wallet_file_accounts a on a.file_id = p.file_id and a.channel = p.channel
where p.payment_id = payment_links.payment_id and p.merchant_no is null and a.how = 'only_one';
delete from base.wallet_file_accounts where how = 'only_one';
