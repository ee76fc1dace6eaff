"""What we hold, whose it is, showing it, handing it over, erasing and expiring it."""
