-- As scope_unsure.sql, for what is known of the fees and ledgers of a merchant number.
with verdicts as (
    select kind, key, coalesce(sum(part) filter (where before), 0) as part_before, coalesce(sum(whole) filter (where before), 0) as whole_before,
           sum(part) as part, sum(whole) as whole
    from (select kind, key, part, whole, true as before from r_before union all select kind, key, part, whole, false from r_facts)
    where kind in ('fine', 'keeper', 'silent', 'off') group by kind, key
)
select 'fees' as reason from verdicts
where case kind
          when 'fine' then (part * 2 > whole) <> (part_before * 2 > whole_before)
          when 'keeper' then (part = 0 and whole >= 3) <> (part_before = 0 and whole_before >= 3)
          when 'silent' then (part = 0 and whole >= 20) <> (part_before = 0 and whole_before >= 20)
          else whole >= 20 and (split_part(key, chr(31), 1), split_part(key, chr(31), 2)) in (
              select channel, coalesce(merchant, '') from r_rated where is_new(file_id)
          )
      end
union all
-- of a refund whose fee rounds to nothing it depends on its sale whether it counts
select 'fees' from r_given_back where not is_new(file_id) and (expected = 0) <> (by_itself = 0)
union all
select 'ledgers' from r_facts where kind = 'ledger' and key not in (select key from r_before where kind = 'ledger')
union all
select 'ledgers' from r_before
where kind = 'ledger' and key in (select concat_ws(chr(31), channel, coalesce(merchant, '')) from r_booked where payment_id not in (select payment_id from r_attached))
  and key not in (select concat_ws(chr(31), channel, coalesce(merchant, '')) from r_ledgers_named)
