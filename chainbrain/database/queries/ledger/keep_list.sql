insert into base.payment_lists
values ($list, $entry, $at, $who, $month, $account, $file, $total, $pays_on);
