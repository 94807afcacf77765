"""The cockpit: the city for its leaders."""
