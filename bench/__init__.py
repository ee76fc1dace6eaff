"""What things cost, measured beside something comparable in the same run."""
