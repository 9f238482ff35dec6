-- No numbers of rows out of scope.
delete from r_kept_numbers;
