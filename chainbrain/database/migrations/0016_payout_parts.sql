-- Which record of a bill a settlement row is, where a platform prints no bills and the orders say what is paid out with
-- them; a printed bill has none.
alter table base.settlement_rows add column part varchar;
