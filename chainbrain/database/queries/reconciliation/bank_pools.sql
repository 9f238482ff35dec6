-- One row per deposit and payout that it may bring along, the deposits one after the other.
select cast(bank_line_id as varchar), cast(record_id as varchar), total, fen, named, names_one from r_pools order by bank_line_id, record_id
