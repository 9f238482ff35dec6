-- One row per leg and state: how many rows stand there.
select leg, state, count(*) as rows_there from base.row_states group by leg, state order by leg, state
