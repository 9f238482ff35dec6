-- One payout in several deposits (r_parts), when together they are the amount to the cent and none is part of another.
insert into r_arrived
with complete as (
    select record_id, list(bank_line_id order by bank_line_id) as lines, max(days) as days,
           md5(concat_ws(chr(31), 'settlement_bank', record_id, string_agg(bank_line_id, chr(31) order by bank_line_id)))::uuid as match_id
    from r_parts group by record_id, expected having count(*) > 1 and sum(amount) = expected
)
select match_id, unnest(lines), record_id, 'parts_of_payout', null, null, null, days from complete
where match_id not in (select match_id from r_rejected) and not exists (
    select 1 from complete o where o.record_id <> complete.record_id and list_has_any(o.lines, complete.lines)
)
