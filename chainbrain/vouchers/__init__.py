"""Journal lines (凭证分录) of a month: which facts of the business become which entries, in the user's accounts."""
