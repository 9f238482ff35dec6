-- Files of which fewer rows are in the book, as fact or as sighting, than their import wrote or saw.
with lines as (
    select file_id, sheet, line from base.orders union select file_id, sheet, line from base.tenders
    union select file_id, sheet, line from base.payments union select file_id, sheet, line from base.wallet_lines
    union select file_id, sheet, line from base.split_lines union select file_id, sheet, line from base.settlement_rows
    union select file_id, sheet, line from base.bank_lines union select file_id, sheet, line from base.stores
    union select file_id, sheet, line from base.accounts union select file_id, sheet, line from base.openings
    union select file_id, sheet, line from base.cash_counts union select file_id, sheet, line from base.stored_value_lines
    union select file_id, sheet, line from base.split_rules union select file_id, sheet, line from base.ledger_lines
    union select file_id, sheet, line from base.payees union select file_id, sheet, line from base.store_costs
    union select file_id, sheet, line from base.cash_plans union select file_id, sheet, line from base.order_items
    union select file_id, sheet, line from base.candidates union select file_id, sheet, line from base.competitors
    union select file_id, sheet, line from base.demand_points union select file_id, sheet, line from base.customer_origins
    union select file_id, sheet, line from base.benchmarks
    union select file_id, sheet, line from base.sightings
)
select f.name, f.new_rows + f.seen_rows, count(l.line) + f.folded_rows
from base.source_files f left join lines l on l.file_id = f.file_id
group by f.file_id, f.name, f.new_rows, f.seen_rows, f.folded_rows having count(l.line) + f.folded_rows <> f.new_rows + f.seen_rows;
