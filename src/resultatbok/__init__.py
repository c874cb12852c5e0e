"""The engine of a report book: statistics, exhibits, disclosure control, editions. It knows no report."""
