"""What can be done: verbs with keyword-only arguments. Whoever calls has checked who asks."""
