"""The map of 扩张: own stores and candidates, with what lies within a radius of one of them."""
