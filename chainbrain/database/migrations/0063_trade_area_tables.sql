-- What people know about the places around their stores: competitors, where people are, and where customers come from.
-- Coordinates in degrees of their datum; ``attraction`` is an area in m2 or any other measure, one for all points.
create table base.competitors (
    name varchar not null, brand varchar, kind varchar, latitude double not null, longitude double not null, datum varchar not null,
    attraction decimal(18,2), row_id uuid not null, file_id uuid not null, sheet varchar, line bigint not null, entry_id bigint not null
);
create table base.demand_points (
    name varchar, latitude double not null, longitude double not null, datum varchar not null, weight decimal(18,2) not null,
    row_id uuid not null, file_id uuid not null, sheet varchar, line bigint not null, entry_id bigint not null
);
create table base.customer_origins (
    store_code varchar not null, latitude double not null, longitude double not null, datum varchar not null, customers bigint not null,
    row_id uuid not null, file_id uuid not null, sheet varchar, line bigint not null, entry_id bigint not null
);
-- Of a place that was imported again the later table counts.
create view main.competitors as
select row_id as competitor_id, name, brand, kind, latitude, longitude, datum, attraction, file_id, line
from base.competitors
qualify row_number() over (
    partition by name, latitude, longitude, datum order by entry_id desc, line desc, coalesce(sheet, '') desc, row_id desc) = 1;
create view main.demand_points as
select row_id as demand_point_id, name, latitude, longitude, datum, weight, file_id, line
from base.demand_points
qualify row_number() over (
    partition by latitude, longitude, datum order by entry_id desc, line desc, coalesce(sheet, '') desc, row_id desc) = 1;
create view main.customer_origins as
select row_id as customer_origin_id, store_code, latitude, longitude, datum, customers, file_id, line
from base.customer_origins
qualify row_number() over (
    partition by store_code, latitude, longitude, datum
    order by entry_id desc, line desc, coalesce(sheet, '') desc, row_id desc) = 1;
