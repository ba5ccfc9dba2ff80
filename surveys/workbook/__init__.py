"""The assessment as an Excel workbook: handed out with drop-downs, read back with suspicion."""
