"""The screen 资金: what will be in the accounts, what is known to be paid, what is on its way."""
