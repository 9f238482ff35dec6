-- One row per point where people are, with their weight.
select latitude, longitude, datum, cast(weight as double) from main.demand_points order by latitude, longitude, datum
