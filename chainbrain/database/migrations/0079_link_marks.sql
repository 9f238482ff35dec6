-- By what the links of payments (base.payment_links) were written, so that only those of days that moved are written anew: one mark per
-- day on which payments were made (queries/attribution/links.sql). A mark is a sum of hashes. Without any, all links are written.
create table base.link_marks (day date not null, mark hugeint not null);
