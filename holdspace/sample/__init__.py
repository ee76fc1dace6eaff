"""The sample practice: invented people, their work and what they said. Content, and nothing that runs."""
