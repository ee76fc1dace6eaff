"""The words templates of the house may use."""
