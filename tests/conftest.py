"""Every test is asked on a day before any book ends, as if it were looked at on the evening of its last statement."""

import os

# Not the computer's day: what is said of a book would be another thing every day that the tests are run.
os.environ.setdefault("CHAINBRAIN_TODAY", "2000-01-01")
