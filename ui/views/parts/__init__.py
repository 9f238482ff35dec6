"""What several screens share: the page that re-arranges itself, reading beside the window, period and store choice."""
