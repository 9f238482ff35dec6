-- The tenders and payments that no stage has paired yet.
create or replace temp table r_rest_due as from r_due anti join r_pairs using (tender_id);
create or replace temp table r_rest_claims as from r_claims anti join r_pairs using (payment_id);
