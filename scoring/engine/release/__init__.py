"""What may be said of groups of firms: statistics, additive tallies, and the protection of dated releases (pure)."""
