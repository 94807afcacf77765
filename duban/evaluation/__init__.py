"""What judges a matter: the petitioner's verdict, and what the office does about silence."""
