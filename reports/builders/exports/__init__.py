"""What analysts take away, as tables with a codebook: values only, no files, no framework."""
