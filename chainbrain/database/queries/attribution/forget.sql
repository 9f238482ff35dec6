-- The working tables of the attribution.
drop table if exists a_rows;
drop table if exists a_bills;
drop table if exists a_paid;
drop table if exists a_combos;
drop table if exists a_accounts;
drop table if exists a_words;
drop table if exists a_votes;
drop table if exists a_file_words;
drop table if exists a_places;
