"""The look of whoever a report is made for: its own cover, logo, texts and colour. Data, never code or templates."""
