"""Charts that read the theme's tokens: trend, fan, bars, waterfall, heat map, small multiples.

Import the charts from their own modules: only those that plot over an axis need the plotting library.
"""
