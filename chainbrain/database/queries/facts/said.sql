-- Rewrites what a word on single differences or rows can move at once: which differences of fees there are (what is due: due.sql).
delete from base.difference_charges where difference_id not in (select difference_id from base.differences);
