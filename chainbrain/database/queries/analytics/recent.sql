-- One row per store that is expected on $last: its receipts of the days up to it, oldest first, null where its till file is missing.
select line, list(if(present = 0, null, amount) order by day) from {lines} group by line having max(day) = $last
