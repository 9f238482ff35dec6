"""Files of acquirers and payment aggregators."""
