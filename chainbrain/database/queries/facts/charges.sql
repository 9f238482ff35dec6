-- Rewrites what was charged on the payments whose fees differ.
delete from base.difference_charges;
insert into base.difference_charges from base.difference_charges_of_rows;
