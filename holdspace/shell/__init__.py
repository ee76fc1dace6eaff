"""How every page of the house looks and answers."""
