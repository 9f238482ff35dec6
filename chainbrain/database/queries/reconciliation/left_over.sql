-- Whether a key still has a row on both sides.
select exists (from r_l anti join r_pairs using (tender_id)) and exists (from r_r anti join r_pairs using (payment_id))
