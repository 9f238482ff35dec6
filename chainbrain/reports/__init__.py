"""What the reports say, and how they become Excel, CSV, JSON and PDF files."""
