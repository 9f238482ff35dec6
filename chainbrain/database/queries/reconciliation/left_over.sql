-- Whether a key still has a row on both sides.
select exists (from r_l_open) and exists (from r_r_open)
