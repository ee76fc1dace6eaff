"""What the tests of a release ask for, and why."""

BOTH = ["notes", "transcript"]
WHY = "How do I ask less and listen more here?"
