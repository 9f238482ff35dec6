-- One row per leg and state: how many rows of the book stand there.
select leg, state, count(*) as rows_there from base.row_states group by leg, state
