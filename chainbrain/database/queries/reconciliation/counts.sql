-- One row per leg and state: how many rows stand there.
select leg, state, cast(sum(rows_there) as bigint) as rows_there from r_standing group by leg, state order by leg, state
