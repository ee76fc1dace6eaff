"""The sample practice: invented people some months into their work, and what fills a house with them."""
