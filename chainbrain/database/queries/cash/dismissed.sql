-- One row per steady payment of which it was said that it will not come again.
select account, payee, cycle, amount from base.dismissed_cash_proposals order by word_id
