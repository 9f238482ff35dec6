-- Sets the pairs of a stage aside: the next one looks at what is left.
insert into r_lately select tender_id, payment_id from r_pairs;
insert into r_done from r_pairs;
delete from r_pairs;
