-- One match: both rows with their file and line. A match of several rows shows the first of each side and how many there are.
with sides as (
    select match_id, side, count(*) as rows, cast(sum(amount) as decimal(18,2)) as amount,
           arg_min(record_type, record_id) as record_type, min(record_id) as record_id
    from main.match_members group by match_id, side
),
places as (
    select tender_id as id, method as channel, store_code as store_id, reference as no, file_id, sheet, line from base.placed_tenders
    union all
    select p.payment_id, p.channel, l.store_id, coalesce(p.refund_id, p.external_id), p.file_id, p.sheet, p.line
    from base.payments p left join base.payment_links l on l.payment_id = p.payment_id
    union all select wallet_line_id, channel, null, external_id, file_id, sheet, line from base.wallet_lines
    union all select settlement_id, channel, null, external_id, file_id, null, null from base.settlements
    union all select bank_line_id, 'bank', null, external_id, file_id, sheet, line from base.bank_lines
    union all select split_line_id, channel, null, external_id, file_id, sheet, line from base.split_lines
)
select m.kind, m.state, m.stage, m.solutions, json_extract_string(m.explanation, '$.why') as why, coalesce(nullif(o.channel, 'bank'), i.channel) as channel, coalesce(o.store_id, i.store_id) as store_id,
       i.no as inner_no, a.amount as inner_amount, a.rows as inner_rows, fi.name as inner_file, i.line as inner_line,
       o.no as outer_no, b.amount as outer_amount, b.rows as outer_rows, fo.name as outer_file, o.line as outer_line, m.match_id
from main.matches m
left join sides a on a.match_id = m.match_id and a.side = 'inner'
left join sides b on b.match_id = m.match_id and b.side = 'outer'
left join places i on i.id = a.record_id
left join places o on o.id = b.record_id
left join base.source_files fi on fi.file_id = i.file_id
left join base.source_files fo on fo.file_id = o.file_id
where ($state is null or m.state = $state) and ($kind is null or m.kind = $kind)
  and ($channel is null or coalesce(nullif(o.channel, 'bank'), i.channel) = $channel)
  and ($stores is null or list_contains($stores::varchar[], coalesce(o.store_id, i.store_id)))
order by m.kind, m.state, inner_file, inner_line, m.match_id
