-- One row per threshold below which a small taxpayer pays no VAT on what it sold, in yuan without VAT, as it holds on $day;
-- nothing where the rule that holds cannot be read.
select key, try_cast(value as decimal(18,2)) as yuan
from base.standing_rules
where key in ('vat.small_scale.exempt_month', 'vat.small_scale.exempt_quarter') and valid_from <= $day and (valid_to is null or $day < valid_to)
qualify row_number() over (partition by key order by valid_from desc, entry_id desc nulls last) = 1
order by key
