-- Lines of a store's ledger with this number and kind.
select ledger_entry_id from main.ledger_entries where store_id = $store and kind = $kind and reference = $reference
