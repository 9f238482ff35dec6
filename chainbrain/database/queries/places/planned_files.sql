-- One row per planned file whose rows name no shop, whose name has no known merchant number, and that no word places already.
with planned as (
    select distinct p.channel, p.file_id, n.name
    from classified_payments p join planned_names n on cast(n.file_id as uuid) = p.file_id
    where p.state = 'new' and p.merchant_no is null
      and (p.store_hint is null or p.store_hint not in (select store_id from main.stores where registered))
), named as (
    select f.file_id, f.channel
    from (select file_id, channel, unnest(regexp_extract_all(name, '[0-9]{8,}')) as number from planned) f
    join base.accounts a on a.channel = f.channel and base.merchant_key(a.merchant_no) = base.merchant_key(f.number)
    group by all having count(distinct base.merchant_key(a.merchant_no)) = 1
)
select p.channel, p.name from planned p
where (p.file_id, p.channel) not in (select (file_id, channel) from named)
  and not exists (
      select 1 from base.standing_placements w where w.kind = 'file' and w.channel = p.channel and (w.file_id is null or w.file_id = p.file_id)
  )
order by 1, 2
