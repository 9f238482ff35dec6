-- Files of the book with another list of the same money: one row per file of this format and layout that tells a day of this
-- account. A file that vouches for nothing tells the days of its rows; one that names no account is of any
-- account of its channel.
select f.name, coalesce(min(c.day), max(f.first_day)), coalesce(max(c.day), max(f.last_day))
from base.source_files f left join base.coverage c on c.file_id = f.file_id
where f.format = $format and f.layout = $layout
  and coalesce(c.channel, $channel) is not distinct from $channel
  and ($account = coalesce(c.account_no, f.account_no) or $channel in ($account, coalesce(c.account_no, f.account_no, $channel)))
  and coalesce(c.day, f.last_day) >= $first and coalesce(c.day, f.first_day) <= $last
group by f.file_id, f.name
order by 2, 1
limit 1
