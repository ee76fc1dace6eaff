"""Keys and sealed fields; the trail of deeds and reads."""
