"""What the supervision office and the joint meeting do."""
