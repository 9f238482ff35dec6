-- One row: what the daily sales rest on beside single rows. When it is another than it was, all days are reckoned anew.
select md5(concat_ws(chr(31),
    (select string_agg(concat_ws(' ', store_id, day_cutoff), chr(30) order by store_id) from main.stores where day_cutoff <> time '00:00:00'),
    (select string_agg(concat_ws(' ', code, store_id, valid_from, valid_to), chr(30) order by code, valid_from) from base.store_aliases),
    $more))
