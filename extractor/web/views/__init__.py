"""Questions to the dataset, answered as named records: no HTML here."""
