insert into base.cash_freezes select $entry, $at, $who, $name, $known_to, $with_irregular, $digest
