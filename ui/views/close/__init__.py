"""The screen 月结: the guided board of a month's close."""
