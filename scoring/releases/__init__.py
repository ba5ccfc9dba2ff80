"""Releases in the database: what is counted, the parts that workers count, and the protected figures made of them."""
