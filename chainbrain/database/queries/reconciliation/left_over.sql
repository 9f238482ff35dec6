-- Whether any key is left that both sides know and that still has a row on each.
select exists (from r_l where tender_id not in (select tender_id from r_pairs)) and exists (from r_r where payment_id not in (select payment_id from r_pairs))
