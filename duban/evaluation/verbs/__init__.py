"""What can be done about a completed matter: the verdict, the callback, closing it unrated."""
