-- Whether anything is split, was split before or is to be.
select exists (from main.split_rules) or exists (from base.split_lines) or exists (from base.split_parts) or exists (from base.split_shares)
