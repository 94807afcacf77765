"""Pure rules of the domain. Standard library only: no Django, no database, no clock of its own.

Every function takes the moment it is asked about; nothing here reads the wall clock.
"""
