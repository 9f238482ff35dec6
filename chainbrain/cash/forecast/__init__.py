"""The forecast of receipts: daily series in, daily estimates with ranges out."""
