-- What kind of merchant a number is with its channel: ordinary, or platform (收付通); empty where nobody said. Of both at once the stricter
-- one counts.
alter table base.accounts add column merchant_kind varchar;

create view base.merchant_kinds as
with latest as (
    select channel, base.merchant_key(merchant_no) as merchant, merchant_kind, coalesce(valid_from, date '0001-01-01') as since,
           coalesce(valid_to, date '9999-12-31') as until
    from base.accounts
    qualify row_number() over (partition by account_id order by entry_id desc, line desc, coalesce(sheet, '') desc, row_id desc) = 1
)
select channel, merchant, min(merchant_kind) as merchant_kind, since, until from latest l
where merchant_kind is not null
  and not (merchant_kind = 'platform' and exists (
      from latest o where o.channel = l.channel and o.merchant = l.merchant and o.merchant_kind = 'ordinary' and o.since < l.until and l.since < o.until
  ))
group by channel, merchant, since, until;
