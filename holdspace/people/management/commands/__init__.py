"""Commands of the room of people."""
