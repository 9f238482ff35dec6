-- One row per holiday and worked weekend, and its kind.
select day, kind from base.holidays
