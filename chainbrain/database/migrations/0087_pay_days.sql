-- On which day a planned payment leaves whose own is a weekend or a holiday. A new book gets these rules with all the others; an
-- older one gets those that it has in no wording yet, so that what its owner has written stays.
insert into base.rules by name
select * from (values
    ('cash.pay_day.bill', 'after', 'day_off', date '2004-01-01', '票据业务公开资料', date '2026-11-23', '[S] 应付票据到期日逢休息日：之前、当天还是之后的工作日付'),
    ('cash.pay_day.goods', 'before', 'day_off', date '2004-01-01', '本软件设定', null::date, '[R] 货款逢休息日（没有规定）：之前、当天还是之后的工作日付'),
    ('cash.pay_day.loan', 'same', 'day_off', date '2004-01-01', '本软件设定', null::date, '[R] 贷款还款逢休息日（银行当天也扣）：之前、当天还是之后的工作日付'),
    ('cash.pay_day.other', 'before', 'day_off', date '2004-01-01', '本软件设定', null::date, '[R] 其他付款逢休息日（没有规定）：之前、当天还是之后的工作日付'),
    ('cash.pay_day.rent', 'before', 'day_off', date '2004-01-01', '本软件设定', null::date, '[R] 租金逢休息日（没有规定）：之前、当天还是之后的工作日付'),
    ('cash.pay_day.tax', 'before', 'day_off', date '2004-01-01', '本软件设定', null::date, '[R] 税款逢休息日（申报期限可以顺延）：之前、当天还是之后的工作日付'),
    ('cash.pay_day.wages', 'before', 'day_off', date '2004-01-01', '工资支付暂行规定第七条', null::date, '[R] 工资逢休息日：之前、当天还是之后的工作日付')
) shipped(key, value, unit, valid_from, source, checked_on, note)
where exists (select 1 from base.rules) and key not in (select key from base.rules);
