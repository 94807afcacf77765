"""The JSON API: the same verbs and queries as the pages, for programs (`/api/v1`)."""
