"""The benchmark (`make bench`): the real server over HTTP, beside an empty view and bare SQL."""
