-- Whose a file is that carries no merchant number of its own: a fund flow, a platform's ledger and the orders read from it.
delete from base.wallet_file_accounts;

-- First the rows themselves: the trade numbers in the file belong to payments of one merchant. A file whose numbers
-- point to several merchants (less than nine in ten to one) is left without an owner.
create or replace temp table a_votes as
with known as (
    select channel, external_id as id, merchant_no from base.payments where kind = 'payment' and external_id is not null and merchant_no is not null
    union all
    select channel, refund_id, merchant_no from base.payments where kind <> 'payment' and refund_id is not null and merchant_no is not null
)
select w.file_id, w.channel, base.merchant_key(k.merchant_no) as merchant, min(k.merchant_no) as merchant_no, count(*) as votes
from base.wallet_lines w join known k on k.channel = w.channel and k.id = w.business_id
where w.merchant_no is null
group by w.file_id, w.channel, merchant;

insert into base.wallet_file_accounts (file_id, channel, merchant_no, how)
with ranked as (
    select *, sum(votes) over (partition by file_id) as cast_votes,
           row_number() over (partition by file_id order by votes desc, merchant) as rank
    from a_votes
)
select file_id, channel, merchant_no, 'payments' from ranked where rank = 1 and votes * 10 >= cast_votes * 9;

-- Else a known merchant number in the name of the file, when there is exactly one.
insert into base.wallet_file_accounts (file_id, channel, merchant_no, how)
with files as (
    select distinct w.file_id, w.channel from base.wallet_lines w
    where w.merchant_no is null and w.file_id not in (select file_id from base.wallet_file_accounts)
      and not exists (
          select 1 from base.payments p where p.channel = w.channel and p.external_id = w.business_id and p.merchant_no is not null
      )
    union
    select distinct file_id, channel from base.payments
    where merchant_no is null and file_id not in (select file_id from base.wallet_file_accounts)
), numbers as (
    select f.file_id, f.channel, unnest(regexp_extract_all(s.name, '[0-9]{8,}')) as number
    from files f join base.source_files s on s.file_id = f.file_id
)
select n.file_id, n.channel, min(a.merchant_no), 'file_name'
from numbers n
join base.accounts a on a.channel = n.channel and base.merchant_key(a.merchant_no) = base.merchant_key(n.number)
group by n.file_id, n.channel
having count(distinct base.merchant_key(a.merchant_no)) = 1;
